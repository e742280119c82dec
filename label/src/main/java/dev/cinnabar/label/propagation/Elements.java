package dev.cinnabar.label.propagation;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.label.Finding;

/** What a decision means for the file's label. */
public sealed interface Elements {
    /** The one label to write: the producer's side as found, the propagator's own (Art. 6, last sentence). */
    record Write(AigcLabel label) implements Elements {}

    /** Nothing is to be written. */
    record Nothing() implements Elements {}

    /** A label ought to be written, and cannot without changing what is the producer's. */
    record Hindered(Finding why) implements Elements {}
}
