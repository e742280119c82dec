/**
 * Reviews text against a feature library held in memory: whole or as a stream, with every reason tied to a feature, its version, a risk of GB/T 45654-2025 and a
 * span of the original text. No I/O and no clock: the same library and text always give the same verdict.
 *
 * <p>How a keyword matches:
 *
 * <ul>
 *   <li>Text and pattern are folded code point by code point, as the feature's {@link dev.cinnabar.review.Folds} say; offsets lead back to the original. The tables
 *       are committed data, so that a verdict does not change with the JDK.
 *   <li>What a fold passes over may stand between the letters of a match: up to 8 separators and emoji, up to 256 zero-width characters and marks. A match spans
 *       at most 4,096 UTF-16 units.
 *   <li>A pattern that begins (ends) with a letter of a spaced script, or a digit, does not match behind (before) another of the same kind, unless {@link
 *       dev.cinnabar.review.Fold#INSIDE_WORDS} is asked for.
 *   <li>Under {@link dev.cinnabar.review.Fold#REPEATED} a letter may stand more often than in the pattern: Chinese ones as often as you like up to 64, letters of
 *       spaced scripts three times and more or all of them twice (so that {@code god} is not in {@code good}), digits never.
 * </ul>
 *
 * <p>A stream holds back what could still become a match, the letter a word's edge depends on, and half a surrogate pair; the rest goes out at once.
 */
@NullMarked
package dev.cinnabar.review;

import org.jspecify.annotations.NullMarked;
