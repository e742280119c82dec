/** The outlines of the characters that explicit labels need: data that readers and writers both look at, each drawing it in its own way. */
@NullMarked
package dev.cinnabar.label.glyphs;

import org.jspecify.annotations.NullMarked;
