package dev.cinnabar.server.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of segments: finds and recovers them, and lays new ones out in full beforehand, so that a sync has no metadata to write. */
final class SegmentFolder {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentFolder.class);

    private final Path folder;
    private final byte[] keyCheck;
    private final int segmentBytes;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);

    /** What was found: segments, oldest first, and contents whose keys must be destroyed once more. */
    record Opened(List<SealedSegment> segments, List<String> erased) {}

    SegmentFolder(Path folder, byte[] keyCheck, int segmentBytes) {
        this.folder = folder;
        this.keyCheck = keyCheck;
        this.segmentBytes = segmentBytes;
    }

    int segmentBytes() {
        return segmentBytes;
    }

    Opened open() throws IOException {
        Files.createDirectories(folder);
        List<SealedSegment> segments = new ArrayList<>();
        List<String> erased = new ArrayList<>();
        List<Path> paths;
        try (Stream<Path> children = Files.list(folder)) {
            paths = children.filter(p -> p.toString().endsWith(".seg")).sorted().toList();
        }
        for (Path path : paths) {
            recovered(path, erased).ifPresent(segments::add);
        }
        return new Opened(segments, erased);
    }

    private java.util.Optional<SealedSegment> recovered(Path path, List<String> erased) throws IOException {
        SegmentFile file = new SegmentFile(path);
        file.check(keyCheck);
        String name = String.valueOf(path.getFileName());
        int number = Integer.parseInt(name.substring(0, name.length() - ".seg".length()));
        Path index = SealedSegment.indexOf(path);
        if (Files.exists(index)) {
            try {
                return java.util.Optional.of(new SealedSegment(file, number, SegmentIndex.read(index)));
            } catch (IOException e) {
                LOG.warn("{}; it is made again", e.getMessage());
            }
        }
        SegmentScan scan = SegmentScan.of(file);
        if (scan.damaged()) {
            LOG.error("a part of {} cannot be read any more; restore it from the backup", path);
        }
        if (scan.empty() && !scan.damaged()) {
            Files.delete(path);
            return java.util.Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(scan.end());
            channel.force(true);
        }
        erased.addAll(scan.erased());
        return java.util.Optional.of(new SealedSegment(file, number, scan.index(index)));
    }

    /** Lays out a spare segment where there is none: zeros, durable. */
    synchronized void layOutSpare() throws IOException {
        Path spare = folder.resolve("spare");
        if (Files.exists(spare)) {
            return;
        }
        if (Files.getFileStore(folder).getUsableSpace() < 2L * segmentBytes) {
            throw new IOException("no space left for contents in " + folder + ": free at least "
                    + ((2L * segmentBytes) >> 10) + " KB");
        }
        Path fresh = folder.resolve("spare.new");
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate(1 << 16);
            for (int left = segmentBytes; left > 0; left -= zeros.capacity()) {
                zeros.clear().limit(Math.min(left, zeros.capacity()));
                while (zeros.hasRemaining()) {
                    out.write(zeros);
                }
            }
            out.force(true);
            Files.move(fresh, spare, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
    }

    /** A new segment with this number, ready to be written. */
    synchronized ActiveSegment begin(int number, long now) throws IOException {
        layOutSpare();
        Path spare = folder.resolve("spare");
        Path path = folder.resolve(String.format(Locale.ROOT, "%08d.seg", number));
        try (FileChannel out = FileChannel.open(spare, StandardOpenOption.WRITE)) {
            out.write(SegmentFile.header(keyCheck, now), 0);
            out.force(true);
        }
        Files.move(spare, path, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
        return new ActiveSegment(path, number, buffer, now);
    }
}
