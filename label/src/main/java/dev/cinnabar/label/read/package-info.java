/**
 * Readers: one for each format, and what they share. Nothing here is shared with {@code dev.cinnabar.label.write} but the values of {@code dev.cinnabar.label} and the
 * outlines, so that a file read back well was not merely read by the code that wrote it; a test holds this.
 */
@NullMarked
package dev.cinnabar.label.read;

import org.jspecify.annotations.NullMarked;
