package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Ed25519 keys of one log, as files {@code <purpose>-<version>.key} that only their owner may read (0600). The highest version signs; the
 * others still verify what they signed. Losing the files loses nothing that was signed; whoever has them can sign in the log's name.
 */
public final class SigningKeys implements CheckpointSigner {
    private final PrivateKey key;
    private final Verifier verifier;
    private final List<Verifier> retired;
    private final int version;

    private SigningKeys(List<KeyFile> newestFirst) {
        KeyFile newest = newestFirst.getFirst();
        this.key = newest.privateKey();
        this.verifier = newest.publicKey();
        this.version = newest.version();
        this.retired =
                newestFirst.stream().skip(1).<Verifier>map(KeyFile::publicKey).toList();
    }

    /**
     * The keys of this purpose; makes version 1 where there is none.
     *
     * @param folder where key files stand; created 0700 where absent
     * @param purpose what they are for, for example {@code traffic}: letters, digits and hyphens
     * @param origin the log's name, which is the keys' name too
     */
    public static SigningKeys openOrCreate(Path folder, String purpose, Origin origin, SecureRandom random)
            throws LedgerException {
        List<KeyFile> found = find(folder, purpose, origin);
        if (!found.isEmpty()) {
            return new SigningKeys(found);
        }
        return new SigningKeys(List.of(KeyFile.create(folder, purpose, 1, origin.name(), random)));
    }

    /** Makes the next version, which signs from now on. */
    public static SigningKeys rotate(Path folder, String purpose, Origin origin, SecureRandom random)
            throws LedgerException {
        List<KeyFile> keys = new ArrayList<>(find(folder, purpose, origin));
        int next = keys.isEmpty() ? 1 : keys.getFirst().version() + 1;
        keys.addFirst(KeyFile.create(folder, purpose, next, origin.name(), random));
        return new SigningKeys(keys);
    }

    private static List<KeyFile> find(Path folder, String purpose, Origin origin) throws LedgerException {
        List<KeyFile> found = new ArrayList<>();
        for (Path file : files(folder, purpose)) {
            found.add(KeyFile.read(file, origin.name()));
        }
        found.sort(Comparator.comparingInt(KeyFile::version).reversed());
        return found;
    }

    private static List<Path> files(Path folder, String purpose) throws LedgerException {
        if (!purpose.matches("[a-zA-Z0-9-]+")) {
            throw new IllegalArgumentException("a purpose is letters, digits and hyphens: " + purpose);
        }
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().matches(purpose + "-[1-9][0-9]{0,8}\\.key"))
                    .toList();
        } catch (IOException e) {
            throw new LedgerException.Unavailable("Cannot list the key folder " + folder + ": " + e.getMessage(), e);
        }
    }

    /** The version of the key that signs. */
    public int version() {
        return version;
    }

    @Override
    public Verifier verifier() {
        return verifier;
    }

    @Override
    public List<Verifier> retired() {
        return retired;
    }

    @Override
    public byte[] sign(byte[] text) throws SignatureException {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(text);
            return signer.sign();
        } catch (java.security.NoSuchAlgorithmException | java.security.InvalidKeyException e) {
            throw new SignatureException("cannot sign with key " + verifier.vkey(), e);
        }
    }
}
