package dev.cinnabar.ledger;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers for what is published: the resources of tlog-tiles and the proofs. Any width of a tile that was ever published is served, as the beginning of what there is now. */
final class TileServer {
    private final Layout layout;
    private final Reader reader;
    private final Supplier<Published> published;

    TileServer(Layout layout, Reader reader, Supplier<Published> published) {
        this.layout = layout;
        this.reader = reader;
        this.published = published;
    }

    Optional<byte[]> resource(String path) throws LedgerException {
        Published now = published.get();
        if (path.equals("checkpoint")) {
            return Optional.of(now.checkpoint().bytes());
        }
        Optional<TilePath> tile = TilePath.parse(path).filter(asked -> asked.width() <= asked.available(now.size()));
        if (tile.isEmpty()) {
            return Optional.empty();
        }
        return tile.get().entries() ? bundle(tile.get()) : Optional.of(hashes(tile.get(), now));
    }

    private Optional<byte[]> bundle(TilePath path) throws LedgerException {
        long from = path.index() * TilePath.FULL;
        long to = from + path.width();
        if (from < reader.minimum()) {
            return Optional.empty();
        }
        Bundle bundle = new Bundle();
        for (long index = from; index < to; ) {
            for (Entry entry : reader.some(index, to)) {
                bundle.add(entry.bytes());
                index++;
            }
        }
        return Optional.of(bundle.bytes());
    }

    private byte[] hashes(TilePath path, Published now) throws LedgerException {
        try {
            byte[] tile = new Tiles(layout, now.tree()).tile(path.level(), path.index());
            return Tiles.beginning(tile, path.width());
        } catch (IOException e) {
            throw new LedgerException.Unavailable("Cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    Proof.Inclusion inclusion(long index, Checkpoint checkpoint) throws LedgerException {
        try {
            return prover(checkpoint).inclusion(index, checkpoint);
        } catch (IOException e) {
            throw new LedgerException.Unavailable("Cannot prove entry " + index + ": " + e.getMessage(), e);
        }
    }

    Proof.Consistency consistency(long oldSize, Checkpoint checkpoint) throws LedgerException {
        try {
            return prover(checkpoint).consistency(oldSize, checkpoint);
        } catch (IOException e) {
            throw new LedgerException.Unavailable("Cannot prove size " + oldSize + ": " + e.getMessage(), e);
        }
    }

    private Prover prover(Checkpoint checkpoint) throws LedgerException.Foreign {
        Published now = published.get();
        if (checkpoint.size() > now.size()
                || !checkpoint.origin().equals(now.checkpoint().origin())) {
            throw new LedgerException.Foreign("The checkpoint of " + checkpoint.origin() + " with size "
                    + checkpoint.size() + " is not one of this log, whose newest has size " + now.size() + ".");
        }
        return new Prover(new Tiles(layout, now.tree()));
    }
}
