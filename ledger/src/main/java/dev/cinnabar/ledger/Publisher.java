package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Path;
import java.security.SignatureException;
import java.util.HashSet;
import java.util.Set;

/** Signs what was integrated and puts it on disk: partial tiles first, then the checkpoint that needs them, then the partial tiles before go. */
final class Publisher {
    private final Layout layout;
    private final Disk disk;
    private final Origin origin;
    private final CheckpointSigner signer;
    private final Set<Path> standing = new HashSet<>();

    Publisher(Layout layout, Disk disk, Origin origin, CheckpointSigner signer) {
        this.layout = layout;
        this.disk = disk;
        this.origin = origin;
        this.signer = signer;
    }

    Published publish(Integrated tree) throws IOException, SignatureException {
        Set<Path> pieces = put(tree);
        Checkpoint checkpoint = Checkpoint.signed(origin, tree.size(), tree.root(), signer);
        disk.put(layout.checkpoint(), ByteBuffer.wrap(checkpoint.bytes()), true);
        sweep(pieces);
        return new Published(tree, checkpoint);
    }

    /** Puts the partial tiles of a checkpoint that stands already. */
    Published stand(Integrated tree, Checkpoint checkpoint) throws IOException {
        sweep(put(tree));
        return new Published(tree, checkpoint);
    }

    /** The partial tiles that stand on disk now. */
    Set<Path> standing() {
        return Set.copyOf(standing);
    }

    private Set<Path> put(Integrated tree) throws IOException {
        Set<Path> pieces = new HashSet<>();
        for (Integrated.Piece piece : tree.pieces()) {
            Path file = layout.tile(piece.path());
            if (!standing.contains(file)) {
                piece.put(layout, disk);
                standing.add(file); // so that it is swept also where this attempt fails
            }
            pieces.add(file);
        }
        return pieces;
    }

    private void sweep(Set<Path> needed) throws IOException {
        Set<Path> folders = new HashSet<>();
        needed.forEach(file -> folders.add(file.getParent()));
        for (Path file : Set.copyOf(standing)) {
            if (!needed.contains(file)) {
                disk.delete(file);
            }
            Path folder = file.getParent();
            if (folder != null && !folders.contains(folder)) {
                deleteIfEmpty(folder);
            }
        }
        standing.retainAll(needed);
    }

    private void deleteIfEmpty(Path folder) throws IOException {
        try {
            disk.delete(folder);
        } catch (DirectoryNotEmptyException e) {
            // somebody else keeps something there: fsck will name it
        }
    }
}
