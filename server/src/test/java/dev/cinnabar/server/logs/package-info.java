/** Crashes the logs between any two of their steps, and counts what is there afterwards. */
@NullMarked
package dev.cinnabar.server.logs;

import org.jspecify.annotations.NullMarked;
