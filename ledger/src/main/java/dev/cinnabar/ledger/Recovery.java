package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SignatureException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Brings a ledger back from its folder: reads the segments, cuts off an end that was never acknowledged, makes the tiles of their entries again, and compares
 * the result with the checkpoint that stands.
 */
final class Recovery {
    private static final String RESTORE = "Keep the folder for examination and restore it from a backup.";

    private final Setting setting;
    private final Layout layout;
    private final boolean unclean;
    private Sequenced sequenced = new Sequenced(0, Instant.EPOCH);

    Recovery(Setting setting, boolean unclean) {
        this.setting = setting;
        this.layout = setting.layout();
        this.unclean = unclean;
    }

    /** A ledger's parts as they stand after recovery. */
    record Recovered(
            Segments segments, Integrator integrator, Publisher publisher, Published published, Sequenced sequenced) {}

    Recovered run() throws IOException, SignatureException, LedgerException {
        Checkpoint checkpoint = checkpoint();
        if (unclean) {
            setting.disk().delete(layout.spare());
        }
        Segments segments = segments(checkpoint);
        try {
            return integrate(segments, checkpoint);
        } catch (IOException | RuntimeException | SignatureException | LedgerException e) {
            segments.close();
            throw e;
        }
    }

    private Checkpoint checkpoint() throws IOException, LedgerException {
        Path file = layout.checkpoint();
        if (!Files.exists(file)) {
            throw damaged(file, "the signed checkpoint is missing", RESTORE);
        }
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.parse(Files.readAllBytes(file));
        } catch (LedgerException.Malformed e) {
            throw damaged(file, String.valueOf(e.getMessage()), RESTORE);
        }
        List<Verifier> keys = new ArrayList<>(List.of(setting.signer().verifier()));
        keys.addAll(setting.signer().retired());
        return switch (checkpoint.note().check(keys)) {
            case SignedNote.Verdict.Genuine genuine -> own(checkpoint);
            case SignedNote.Verdict.Forged forged ->
                throw damaged(file, "its signature by " + forged.named().name() + " is wrong", RESTORE);
            case SignedNote.Verdict.Unknown unknown ->
                throw damaged(
                        file, "no key given here signed it", "Give the ledger the keys that belong to its folder.");
        };
    }

    private Checkpoint own(Checkpoint checkpoint) throws LedgerException.Damaged {
        if (!checkpoint.origin().equals(setting.origin())) {
            throw damaged(layout.checkpoint(), "it is of " + checkpoint.origin(), RESTORE);
        }
        return checkpoint;
    }

    private static LedgerException.Damaged damaged(Path file, String what, String remedy) {
        return new LedgerException.Damaged(file, OptionalLong.empty(), what, remedy);
    }

    private Segments segments(Checkpoint checkpoint) throws IOException, LedgerException {
        List<Segment> found = new ArrayList<>();
        try {
            List<Path> files = layout.listSegments();
            for (Path file : files) {
                found.add(segment(file, found, file.equals(files.getLast())));
            }
            if (found.isEmpty() || found.getLast().end() < checkpoint.size()) {
                throw damaged(
                        layout.segments(),
                        "the entries end at "
                                + (found.isEmpty() ? 0 : found.getLast().end())
                                + ", but the signed checkpoint vouches for " + checkpoint.size(),
                        RESTORE);
            }
        } catch (IOException | RuntimeException | LedgerException e) {
            for (Segment segment : found) {
                segment.close();
            }
            throw e;
        }
        return new Segments(layout, setting.origin(), setting.options(), setting.reserve(), setting.nonces(), found);
    }

    private Segment segment(Path file, List<Segment> before, boolean last) throws IOException, LedgerException {
        SegmentScan scan = SegmentScan.of(ByteBuffer.wrap(Files.readAllBytes(file)), setting.origin())
                .orElseThrow(() -> damaged(file, "its first 64 bytes are not as they were written", RESTORE));
        long first = scan.head().first();
        if (!file.equals(layout.segment(first))
                || (!before.isEmpty() && before.getLast().end() != first)) {
            throw damaged(file, "it begins with entry " + first + ", which does not follow what is before it", RESTORE);
        }
        boolean torn = torn(file, scan, last);
        scan.frames().stream()
                .reduce((a, b) -> b)
                .ifPresent(frame -> sequenced = new Sequenced(scan.end(), Leaf.instant(frame.leaf())));
        Segment segment = new Segment(file, scan.head(), setting.disk().open(file), scan.offsets());
        return last && (torn || unclean) ? renewed(segment) : segment;
    }

    private boolean torn(Path file, SegmentScan scan, boolean last) throws LedgerException.Damaged {
        int end = scan.offsets()[scan.frames().size()];
        return switch (scan.tail()) {
            case SegmentScan.Tail.Clean clean -> false;
            case SegmentScan.Tail.Torn torn
            when last -> {
                setting.listener()
                        .recovered("The last segment of " + layout.folder()
                                + " ended in a write that was cut short after entry " + (scan.end() - 1)
                                + "; nobody was told that it was kept, and it was cleared.");
                yield true;
            }
            case SegmentScan.Tail.Torn torn ->
                throw new LedgerException.Damaged(
                        file,
                        OptionalLong.of(end),
                        "what stands after entry " + (scan.end() - 1) + " is not zero",
                        RESTORE);
            case SegmentScan.Tail.Damaged damaged ->
                throw new LedgerException.Damaged(
                        file,
                        OptionalLong.of(damaged.at()),
                        "entry " + damaged.index() + " is not as it was written",
                        RESTORE);
        };
    }

    /**
     * After a crash, what is read may stand in memory only: the process died before its sync, the machine did not. A copy that is synced makes it last, and
     * clears a torn end.
     */
    private Segment renewed(Segment old) throws IOException, LedgerException.Damaged {
        try (old) {
            return SegmentCopy.replace(
                    old,
                    layout,
                    setting.origin(),
                    setting.options(),
                    setting.nonces().getAsLong());
        }
    }

    private Recovered integrate(Segments segments, Checkpoint checkpoint)
            throws IOException, SignatureException, LedgerException {
        long first = segments.all().getFirst().first();
        long from = (first + TilePath.FULL - 1) / TilePath.FULL * TilePath.FULL;
        if (from > checkpoint.size()) {
            throw damaged(
                    layout.checkpoint(), "it is older than the segments, which begin with entry " + first, RESTORE);
        }
        Integrator integrator = new Integrator(layout, setting.disk(), segments, from, Edge.at(layout, from));
        Integrated vouched = integrator.to(checkpoint.size());
        if (!vouched.root().equals(checkpoint.root())) {
            throw damaged(
                    layout.checkpoint(),
                    "the entries on disk do not lead to the root it vouches for",
                    "Run fsck. " + RESTORE);
        }
        Sequenced all = sequenced(segments.all().getLast().end());
        Publisher publisher = new Publisher(layout, setting.disk(), setting.origin(), setting.signer());
        Published published = publisher.stand(vouched, checkpoint);
        Edge.sweepPartials(layout, setting.disk(), from, all.size(), publisher.standing());
        return new Recovered(segments, integrator, publisher, published, all);
    }

    private Sequenced sequenced(long size) throws IOException, LedgerException.Damaged {
        if (size == 0 || size == sequenced.size()) {
            return sequenced;
        }
        Path file = layout.tile(new TilePath(TilePath.ENTRIES, (size - 1) / TilePath.FULL, TilePath.FULL));
        Optional<byte[]> leaf = Bundle.leaves(Files.readAllBytes(file))
                .filter(leaves -> leaves.size() == TilePath.FULL)
                .map(leaves -> leaves.get((int) ((size - 1) % TilePath.FULL)))
                .filter(Leaf::fits);
        return new Sequenced(
                size, Leaf.instant(leaf.orElseThrow(() -> damaged(file, "it is not 256 whole entries", RESTORE))));
    }
}
