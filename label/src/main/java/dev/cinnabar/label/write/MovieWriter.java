package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * MP4, MOV and M4A: the label under the key AIGC in {@code moov/udta/meta} (TC260-PG-20257A, TC260-PG-202510A), in place of every label the file carries. A free box behind the movie's
 * header takes up the growth where it can; else everything moves, and every number in the file that names a position moves with it.
 */
final class MovieWriter implements FormatWriter {
    private static final String PLACE = "mp4:moov/udta/meta/AIGC";

    private final Format format;
    private final List<Finding> notes = new ArrayList<>();

    MovieWriter(Format format) {
        this.format = format;
    }

    @Override
    public Draft plan(Input file, Job job) throws IOException, Refusal {
        BmffTree tree = BmffTree.of(file, job);
        new BmffSeal(tree).check(notes);
        BmffBox moov = tree.only("moov")
                .orElseThrow(() -> new Refusal(
                        Fault.NO_ROOM,
                        "it has no movie header (moov); label the file or segment that begins with one"));
        MovieCleaning cleaning = new MovieCleaning(tree);
        cleaning.clean(Optional.of(moov), Optional.of(job.json()));
        if (!cleaning.isPlaced()) {
            insert(tree, moov);
        }
        reuseFree(tree, moov);
        new BmffPositions(tree).follow(Optional.empty());
        tree.sizes(tree.top());
        job.withoutMark(format).ifPresent(notes::add);
        return new Draft(tree.edits().plan(file.size()), PLACE, List.of(), notes);
    }

    /** A new metadata box in the user data, beside one of another kind where there is one. */
    private static void insert(BmffTree tree, BmffBox moov) throws IOException, Refusal {
        Optional<BmffBox> keyed = Optional.empty();
        List<byte[]> keys = List.of();
        for (BmffBox meta : moov.all("meta")) {
            List<byte[]> there = MovieMeta.of(tree, meta).otherKeys();
            if (keyed.isEmpty() && !there.isEmpty()) {
                keyed = Optional.of(meta);
                keys = there;
            }
        }
        byte[] meta = MovieMeta.fresh(keys, tree.job().json());
        Optional<BmffBox> udta = moov.child("udta");
        if (udta.isEmpty()) {
            List<BmffBox> beside = tree.open(moov, 0);
            long last = beside.isEmpty() ? moov.body() : beside.getLast().end(); // zeros may follow, which end the list
            long at = keyed.map(BmffBox::at).orElse(last);
            tree.replace(moov, at, at, BmffTree.box("udta", meta));
            return;
        }
        List<BmffBox> children = tree.open(udta.get(), 0);
        long at = children.isEmpty() ? udta.get().body() : children.getLast().end();
        tree.replace(udta.get(), at, at, meta);
    }

    /** Takes the growth of the movie's header out of the free box behind it, or gives back to it what was saved. */
    private static void reuseFree(BmffTree tree, BmffBox moov) {
        int next = tree.top().indexOf(moov) + 1;
        if (next >= tree.top().size()) {
            return;
        }
        BmffBox free = tree.top().get(next);
        boolean isFree = (free.is("free") || free.is("skip")) && free.size() == BmffBox.Size.SHORT;
        long growth = moov.growth();
        long left = free.end() - free.at() - growth;
        if (!isFree || growth == 0 || left < 0 || (left > 0 && left < 8) || left >= 1L << 32) {
            return;
        }
        if (left == 0) {
            tree.edits().drop(free.at(), free.end());
        } else if (growth > 0) {
            tree.edits().replace(free.at(), free.at() + growth + 8, header(free, left));
        } else {
            byte[] head = java.util.Arrays.copyOf(header(free, left), (int) (8 - growth));
            tree.edits().replace(free.at(), free.at() + 8, head);
        }
    }

    private static byte[] header(BmffBox free, long size) {
        byte[] header = BmffTree.box(free.type());
        System.arraycopy(BmffTree.big(size, 4), 0, header, 0, 4);
        return header;
    }
}
