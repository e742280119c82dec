/**
 * Writers: for each format a pure function from a file's structure to an {@link dev.cinnabar.label.write.EditPlan}, and the one executor that runs plans. Shares nothing with
 * {@code dev.cinnabar.label.read} but the values of {@code dev.cinnabar.label} and the outlines.
 */
@NullMarked
package dev.cinnabar.label.write;

import org.jspecify.annotations.NullMarked;
