package dev.cinnabar.label.write;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Takes every label out of a movie but one: the first under the right key in the right place gets the new value. */
final class MovieCleaning {
    private final BmffTree tree;
    private final BmffSeal uuids;
    private boolean placed;

    MovieCleaning(BmffTree tree) {
        this.tree = tree;
        this.uuids = new BmffSeal(tree);
    }

    /** Whether the new value found a label to replace, or metadata to stand in. */
    boolean isPlaced() {
        return placed;
    }

    /** Cleans the whole file; {@code json} is the label to put into the metadata of the movie, where there is such metadata. */
    void clean(Optional<BmffBox> moov, Optional<byte[]> json) throws IOException, Refusal {
        for (BmffBox box : tree.top()) {
            uuids.cleanXmp(box);
            if (box.is("meta")) {
                meta(box, Optional.empty());
            }
        }
        if (moov.isPresent()) {
            movie(moov.get(), json);
        }
    }

    private void movie(BmffBox parent, Optional<byte[]> json) throws IOException, Refusal {
        for (BmffBox box : tree.open(parent, 0)) {
            switch (box.type()) {
                case "uuid" -> uuids.cleanXmp(box);
                case "meta" -> meta(box, Optional.empty());
                case "udta" -> userData(box, json);
                case "trak" -> {
                    if (parent.is("moov")) {
                        movie(box, Optional.empty());
                    }
                }
                case "cmov" -> throw Refusal.broken(box.at(), "the movie's header is compressed (cmov)");
                default -> {}
            }
        }
    }

    private void userData(BmffBox udta, Optional<byte[]> json) throws IOException, Refusal {
        for (BmffBox box : tree.open(udta, 0)) {
            if (box.is("meta")) {
                meta(box, placed ? Optional.empty() : json);
            } else if (box.is("uuid")) {
                uuids.cleanXmp(box);
            } else if (box.is("XMP_")) {
                uuids.cleanPacket(box.body(), box.end());
            } else if (box.type().equalsIgnoreCase("AIGC")
                    || (box.type().charAt(0) == '\u00A9' && isLabel(box.body() + 4, box.end()))) {
                tree.drop(box);
            }
        }
    }

    private void meta(BmffBox box, Optional<byte[]> json) throws IOException, Refusal {
        placed |= MovieMeta.of(tree, box).clean(json);
    }

    private boolean isLabel(long from, long end) throws IOException, Refusal {
        return isLabel(tree, from, end);
    }

    /** Whether a stretch of text is a label; only what begins with a brace is looked at. */
    static boolean isLabel(BmffTree tree, long from, long end) throws IOException, Refusal {
        if (from >= end || end - from > tree.job().limits().textBytes()) {
            return false;
        }
        if (!tree.file().latin(from, (int) Math.min(16, end - from)).contains("{")) {
            return false;
        }
        return OldLabels.isLabel(new String(tree.content(from, end), StandardCharsets.UTF_8));
    }
}
