package dev.cinnabar.server.content;

import java.io.IOException;
import java.util.OptionalLong;

/** A segment that can be searched: the one being written, or one that is sealed. */
sealed interface Segment permits ActiveSegment, SealedSegment {
    SegmentFile file();

    int number();

    /** The offset of the newest frame of a content here. */
    OptionalLong newest(Name name) throws IOException;

    /** The offsets of the newest frames of all contents here. */
    long[] offsets() throws IOException;

    /** Whether a part of it could not be read when it was indexed: what is missed here may lie in that part. */
    boolean damaged();

    /** When its newest frame was written, in milliseconds since 1970. */
    long last();
}
