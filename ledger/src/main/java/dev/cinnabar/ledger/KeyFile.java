package dev.cinnabar.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * One key file: a line that names the form and its version, the private key and the public key, both as Go's sumdb/note writes them.
 *
 * @param version the number in the file's name
 */
record KeyFile(int version, PrivateKey privateKey, Ed25519Key publicKey) {
    private static final String FORM = "cinnabar signing key 1";
    private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    static KeyFile create(Path folder, String purpose, int version, String name, SecureRandom random)
            throws LedgerException {
        Path file = folder.resolve(purpose + "-" + version + ".key");
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, random);
            KeyPair pair = generator.generateKeyPair();
            write(folder, file, text(name, pair));
        } catch (GeneralSecurityException | IOException e) {
            throw new LedgerException.Unavailable("Cannot make the key file " + file + ": " + e.getMessage(), e);
        }
        return read(file, name);
    }

    private static String text(String name, KeyPair pair) throws LedgerException.Malformed {
        byte[] seed = tail(pair.getPrivate().getEncoded());
        byte[] raw = tail(pair.getPublic().getEncoded());
        byte[] kind = {Ed25519Key.KIND};
        String id = HexFormat.of().toHexDigits(Ed25519Key.keyId(name, raw));
        String secret = Base64.getEncoder().encodeToString(Ed25519Key.join(kind, seed));
        return FORM + "\nPRIVATE+KEY+" + name + '+' + id + '+' + secret + '\n'
                + Ed25519Key.of(name, raw).vkey() + '\n';
    }

    private static byte[] tail(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - Ed25519Key.KEY_BYTES, encoded.length);
    }

    private static void write(Path folder, Path file, String text) throws IOException {
        boolean posix = posix(folder.toAbsolutePath());
        Files.createDirectories(folder, posix ? only("rwx------") : new FileAttribute<?>[0]);
        Path fresh = folder.resolve("." + file.getFileName() + ".tmp");
        Files.deleteIfExists(fresh);
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel =
                FileChannel.open(fresh, options, posix ? only("rw-------") : new FileAttribute<?>[0])) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.createLink(file, fresh); // unlike a rename, this never replaces a key that is already there
        Files.delete(fresh);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static FileAttribute<?>[] only(String permissions) {
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    static KeyFile read(Path file, String name) throws LedgerException {
        try {
            if (posix(file) && !OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                throw new LedgerException.Malformed("The key file " + file
                        + " may be read by others: chmod 600 it, and rotate the key if somebody may have read it.");
            }
            return parse(file, Files.readAllLines(file, StandardCharsets.US_ASCII), name);
        } catch (IOException e) {
            throw new LedgerException.Unavailable("Cannot read the key file " + file + ": " + e.getMessage(), e);
        }
    }

    private static KeyFile parse(Path file, List<String> lines, String name) throws LedgerException.Malformed {
        if (lines.size() != 3 || !lines.get(0).equals(FORM)) {
            throw malformed(file, "it does not begin with \"" + FORM + "\" and hold two keys");
        }
        Ed25519Key open = Ed25519Key.parse(lines.get(2));
        String[] parts = lines.get(1).split("\\+", 5);
        byte[] secret = parts.length == 5 ? StrictBase64.decode(parts[4]).orElse(new byte[0]) : new byte[0];
        if (secret.length != 1 + Ed25519Key.KEY_BYTES || secret[0] != Ed25519Key.KIND) {
            throw malformed(file, "its private key is not an Ed25519 key");
        }
        if (!open.name().equals(name)) {
            throw malformed(file, "it is the key of " + open.name() + ", not of " + name);
        }
        String stem = file.getFileName().toString().replaceAll(".*-|\\.key$", "");
        PrivateKey key = privateKey(file, Arrays.copyOfRange(secret, 1, secret.length));
        prove(file, key, open);
        return new KeyFile(Integer.parseInt(stem), key, open);
    }

    private static PrivateKey privateKey(Path file, byte[] seed) throws LedgerException.Malformed {
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(Ed25519Key.join(PKCS8, seed)));
        } catch (GeneralSecurityException e) {
            throw malformed(file, "its private key cannot be used");
        }
    }

    private static void prove(Path file, PrivateKey key, Ed25519Key open) throws LedgerException.Malformed {
        byte[] probe = "cinnabar: do the two halves belong together\n".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(probe);
            if (!open.verifies(probe, signer.sign())) {
                throw malformed(file, "its two keys do not belong together");
            }
        } catch (GeneralSecurityException e) {
            throw malformed(file, "its private key cannot sign");
        }
    }

    private static LedgerException.Malformed malformed(Path file, String why) {
        return new LedgerException.Malformed(
                "The key file " + file + " cannot be used: " + why + ". Restore it from the backup of the keys.");
    }
}
