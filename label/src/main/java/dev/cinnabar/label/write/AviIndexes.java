package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Moves what the indexes of an AVI file count from the start of the file: idx1 where it does so, and OpenDML's indx and ix. */
final class AviIndexes {
    private static final int OF_INDEXES = 0;
    private static final int OF_CHUNKS = 1;
    private static final int HEAD = 24;

    private final Input file;
    private final AviLayout layout;
    private final Job job;
    private final long growth;
    private final NavigableMap<Long, byte[]> patches = new TreeMap<>();

    /** All media move by so many bytes. */
    AviIndexes(Input file, AviLayout layout, Job job, long growth) {
        this.file = file;
        this.layout = layout;
        this.job = job;
        this.growth = growth;
    }

    /** Plans every new position; refuses an index that cannot be understood, for it would end up wrong. */
    void move(EditPlan.Edits edits) throws IOException, Refusal {
        for (AviLayout.Chunk chunk : layout.chunks()) {
            if (chunk.id().equals("idx1")) {
                old(chunk);
            } else if (chunk.lists("hdrl")) {
                streams(chunk);
            }
        }
        long free = 0;
        for (Map.Entry<Long, byte[]> patch : patches.entrySet()) {
            if (patch.getKey() < free) {
                throw Refusal.broken(patch.getKey(), "two indexes overlap");
            }
            free = patch.getKey() + patch.getValue().length;
            edits.replace(patch.getKey(), free, patch.getValue());
        }
    }

    /** The index of the first AVI counts from the list of media, or, as some programs write it, from the start of the file. */
    private void old(AviLayout.Chunk index) throws IOException, Refusal {
        if (isRelative(index)) {
            return;
        }
        if (index.length() > job.limits().textBytes()) {
            throw new Refusal(Fault.TOO_LARGE, "its chunk idx1 has " + index.length() + " bytes");
        }
        byte[] content = file.stretch(index.dataAt(), index.length());
        for (int at = 8; at + 8 <= content.length; at += 16) {
            long moved = file.little(index.dataAt() + at, 4) + growth;
            if (moved < 0 || moved >= WavLayout.UNSAID) {
                throw new Refusal(Fault.NO_ROOM, "its index would point beyond 4 GiB");
            }
            System.arraycopy(Bytes.little(moved, 4), 0, content, at, 4);
        }
        patches.put(index.dataAt(), content);
    }

    private boolean isRelative(AviLayout.Chunk index) throws IOException, Refusal {
        AviLayout.Chunk media = layout.media();
        for (long at = index.dataAt(); at + 16 <= index.dataAt() + index.length(); at += 16) {
            String id = file.latin(at, 4);
            boolean list = (file.byteAt(at + 4) & 1) == 1;
            if (list) {
                continue;
            }
            long position = file.little(at + 8, 4);
            if (stands(id, media.dataAt() + position, media)) {
                return true;
            }
            if (stands(id, position, media)) {
                return false;
            }
            throw Refusal.broken(at, "the index idx1 points to no chunk");
        }
        return true;
    }

    private boolean stands(String id, long at, AviLayout.Chunk media) throws IOException, Refusal {
        return at >= media.dataAt()
                && at + 8 <= media.end()
                && file.latin(at, 4).equals(id);
    }

    private void streams(AviLayout.Chunk header) throws IOException, Refusal {
        for (AviLayout.Chunk stream : AviLayout.within(file, header.dataAt() + 4, header.end(), job)) {
            if (!stream.lists("strl")) {
                continue;
            }
            for (AviLayout.Chunk index : AviLayout.within(file, stream.dataAt() + 4, stream.end(), job)) {
                if (index.id().equals("indx")) {
                    index(index);
                }
            }
        }
    }

    private void index(AviLayout.Chunk index) throws IOException, Refusal {
        if (index.length() < HEAD) {
            throw Refusal.broken(index.at(), "an index is too short");
        }
        int type = file.byteAt(index.dataAt() + 3);
        if (type == OF_CHUNKS) {
            add(index.dataAt() + 12);
            return;
        }
        long entries = file.little(index.dataAt() + 4, 4);
        if (type != OF_INDEXES
                || entries > (index.length() - HEAD) / 16
                || entries > job.limits().boxes()) {
            throw Refusal.broken(index.at(), "an index of kind " + type + " with " + entries + " entries");
        }
        for (long i = 0; i < entries; i++) {
            long entry = index.dataAt() + HEAD + 16 * i;
            long at = file.little(entry, 8);
            if (at != 0) {
                add(entry);
                part(at);
            }
        }
    }

    /** An index of chunks among the media; its base moves, and with it all that it counts from there. */
    private void part(long at) throws IOException, Refusal {
        boolean inMedia = layout.all().stream()
                .anyMatch(chunk -> chunk.lists("movi") && at >= chunk.dataAt() + 4 && at <= chunk.end() - 8 - HEAD);
        if (!inMedia || file.byteAt(at + 8 + 3) != OF_CHUNKS) {
            throw Refusal.broken(at, "an index of indexes points to none");
        }
        add(at + 8 + 12);
    }

    private void add(long at) throws IOException, Refusal {
        if (patches.put(at, Bytes.little(file.little(at, 8) + growth, 8)) != null) {
            throw Refusal.broken(at, "an index is named twice");
        }
    }
}
