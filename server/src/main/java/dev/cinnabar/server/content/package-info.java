/**
 * What was asked and what was made, encrypted, with its own retention (Articles 10 and 16).
 */
@NullMarked
package dev.cinnabar.server.content;

import org.jspecify.annotations.NullMarked;
