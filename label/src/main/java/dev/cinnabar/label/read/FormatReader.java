package dev.cinnabar.label.read;

import dev.cinnabar.label.Look;
import java.io.IOException;

/** Reads the labels of one format into a report. Damage that stops the walk is thrown as {@link Damage}; what was found before it counts. */
interface FormatReader {
    /** Walks the structure and reports every label, seal and, where {@code look} asks for it, every explicit mark. */
    void read(Window file, Look look, Report report) throws IOException, Damage;
}
