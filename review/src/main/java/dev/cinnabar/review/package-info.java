/**
 * Reviews text against a feature library held in memory: whole or as a stream, with every reason tied to a feature, its version, a risk of GB/T 45654-2025 and a
 * span of the original text. No I/O and no clock: the same library and text always give the same verdict.
 */
@NullMarked
package dev.cinnabar.review;

import org.jspecify.annotations.NullMarked;
