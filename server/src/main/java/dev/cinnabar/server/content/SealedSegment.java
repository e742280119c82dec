package dev.cinnabar.server.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** A segment that is no longer written, with its index on disk. */
final class SealedSegment implements Segment {
    private final SegmentFile file;
    private final int number;
    private volatile SegmentIndex index;
    private volatile boolean checked;

    SealedSegment(SegmentFile file, int number, SegmentIndex index) {
        this.file = file;
        this.number = number;
        this.index = index;
    }

    @Override
    public SegmentFile file() {
        return file;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public OptionalLong newest(Name name) throws IOException {
        return sound().newest(name);
    }

    @Override
    public long[] offsets() throws IOException {
        return sound().offsets();
    }

    /** The index, checked as a whole when it is first used and made again from the segment where it is damaged. */
    private SegmentIndex sound() throws IOException {
        if (!checked) {
            synchronized (this) {
                if (!checked && !index.whole()) {
                    index = SegmentScan.of(file).index(index.path());
                }
                checked = true;
            }
        }
        return index;
    }

    @Override
    public boolean damaged() {
        return index.damaged();
    }

    @Override
    public long last() {
        return index.last();
    }

    void delete() throws IOException {
        Files.deleteIfExists(index.path());
        Files.deleteIfExists(file.path());
    }

    static Path indexOf(Path segment) {
        String name = String.valueOf(segment.getFileName());
        return segment.resolveSibling(name.substring(0, name.length() - ".seg".length()) + ".idx");
    }
}
