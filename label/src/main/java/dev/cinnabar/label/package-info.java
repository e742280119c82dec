/**
 * Labels of synthetic content: the public face of the library. {@link dev.cinnabar.label.Labels} reads every label of a file, with a verdict, and writes labels by edit
 * plan; everything else here is a value. Carries the Deep Synthesis Provisions' Articles 16 and 17 through GB 45438-2025 chapters 5, 6 and Annex E.
 */
@NullMarked
package dev.cinnabar.label;

import org.jspecify.annotations.NullMarked;
