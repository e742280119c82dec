/** Tries to lose, tear, change or read what the content store keeps. */
@NullMarked
package dev.cinnabar.server.content;

import org.jspecify.annotations.NullMarked;
