package dev.cinnabar.label.write;

import java.io.IOException;

/** Plans the label of one format. A pure function: it reads the structure and changes nothing. */
interface FormatWriter {
    /** The plan; throws {@link Refusal} where the file cannot be labelled as asked. */
    Draft plan(Input file, Job job) throws IOException, Refusal;
}
