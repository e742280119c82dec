/**
 * The propagator's side of labels (Labeling Measures, Art. 6): whether content that users publish is, may be or is suspected to be generated, why, what to show around
 * it, and what to write into its one label.
 */
@NullMarked
package dev.cinnabar.label.propagation;

import org.jspecify.annotations.NullMarked;
