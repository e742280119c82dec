package dev.cinnabar.ledger;

import java.security.MessageDigest;
import java.util.Iterator;
import java.util.List;

/** The walks of RFC 9162 sections 2.1.3.2 and 2.1.4.2 from proof to root. They share no code with the side that makes proofs. */
final class ProofCheck {
    private ProofCheck() {}

    static boolean inclusion(Proof.Inclusion proof, Hash leaf, Hash root) {
        long fn = proof.index();
        long sn = proof.size() - 1;
        MessageDigest digest = Merkle.sha256();
        byte[] at = leaf.bytes();
        for (Hash hash : proof.hashes()) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                at = Merkle.node(digest, hash.bytes(), at);
                int up = (fn & 1) == 0 ? Long.numberOfTrailingZeros(fn) : 0;
                fn >>= up;
                sn >>= up;
            } else {
                at = Merkle.node(digest, at, hash.bytes());
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Hash.of(at).equals(root);
    }

    static boolean consistency(Proof.Consistency proof, Hash oldRoot, Hash newRoot) {
        List<Hash> hashes = proof.hashes();
        if (proof.oldSize() == proof.newSize()) {
            return hashes.isEmpty() && oldRoot.equals(newRoot);
        }
        if (proof.oldSize() == 0) {
            return hashes.isEmpty() && oldRoot.equals(Merkle.EMPTY);
        }
        boolean perfect = Long.bitCount(proof.oldSize()) == 1;
        if (hashes.isEmpty() && !perfect) {
            return false;
        }
        Iterator<Hash> rest = hashes.iterator();
        Hash first = perfect ? oldRoot : rest.next();
        return walk(proof, first.bytes(), rest, oldRoot, newRoot);
    }

    private static boolean walk(
            Proof.Consistency proof, byte[] first, Iterator<Hash> rest, Hash oldRoot, Hash newRoot) {
        int up = Long.numberOfTrailingZeros(~(proof.oldSize() - 1));
        long fn = (proof.oldSize() - 1) >> up;
        long sn = (proof.newSize() - 1) >> up;
        MessageDigest digest = Merkle.sha256();
        byte[] old = first;
        byte[] now = first;
        while (rest.hasNext()) {
            byte[] hash = rest.next().bytes();
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                old = Merkle.node(digest, hash, old);
                now = Merkle.node(digest, hash, now);
                int more = (fn & 1) == 0 ? Long.numberOfTrailingZeros(fn) : 0;
                fn >>= more;
                sn >>= more;
            } else {
                now = Merkle.node(digest, now, hash);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Hash.of(old).equals(oldRoot) && Hash.of(now).equals(newRoot);
    }
}
