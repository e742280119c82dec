package dev.cinnabar.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cinnabar.testkit.Seeded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedNoteTest {
    @TempDir
    Path temp;

    private static final Origin ORIGIN = new Origin("log.invalid/traffic");

    private SigningKeys keys(String purpose) throws LedgerException {
        return SigningKeys.openOrCreate(temp.resolve("keys"), purpose, ORIGIN, new SecureRandom());
    }

    private static Checkpoint signed(CheckpointSigner signer) throws Exception {
        return Checkpoint.signed(ORIGIN, 7, Merkle.leaf(new byte[0]), signer);
    }

    @Test
    void aCheckpointIsReadBackAsItWasWritten() throws Exception {
        SigningKeys keys = keys("traffic");
        Checkpoint checkpoint = signed(keys);
        Checkpoint read = Checkpoint.parse(checkpoint.bytes());
        assertThat(read).isEqualTo(checkpoint);
        assertThat(read.bytes()).isEqualTo(checkpoint.bytes());
        assertThat(read.note().check(List.of(keys.verifier())))
                .isEqualTo(new SignedNote.Verdict.Genuine(List.of(keys.verifier())));
        assertThat(new String(checkpoint.bytes(), UTF_8))
                .startsWith(
                        "log.invalid/traffic\n7\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n\n\u2014 log.invalid/traffic ");
    }

    @Test
    void everyChangedBitIsRefusedOrLosesItsSignature() throws Exception {
        SigningKeys keys = keys("traffic");
        byte[] bytes = signed(keys).bytes();
        for (int i = 0; i < bytes.length * 8; i++) {
            byte[] changed = bytes.clone();
            changed[i / 8] ^= (byte) (1 << (i % 8));
            try {
                SignedNote.Verdict verdict = Checkpoint.parse(changed).note().check(List.of(keys.verifier()));
                assertThat(verdict).as("bit %d", i).isNotInstanceOf(SignedNote.Verdict.Genuine.class);
            } catch (LedgerException.Malformed e) {
                assertThat(e).hasMessageContaining("Not a");
            }
        }
    }

    @Test
    void anyBytesAreANoteOrAreRefusedPolitely() throws Exception {
        byte[] good = signed(keys("traffic")).bytes();
        Seeded.bytes(
                3_000,
                random -> {
                    byte[] bytes = java.util.Arrays.copyOf(good, random.nextInt(good.length + 20));
                    for (int n = random.nextInt(6); n > 0 && bytes.length > 0; n--) {
                        bytes[random.nextInt(bytes.length)] = (byte) "\n \u2014+0A=".charAt(random.nextInt(7));
                    }
                    return bytes;
                },
                bytes -> {
                    try {
                        return java.util.Arrays.equals(Checkpoint.parse(bytes).bytes(), bytes);
                    } catch (LedgerException.Malformed e) {
                        return true;
                    }
                });
    }

    @Test
    void signaturesOfUnknownKeysAreLeftAlone() throws Exception {
        SigningKeys keys = keys("traffic");
        SigningKeys witness =
                SigningKeys.openOrCreate(temp.resolve("other"), "w", new Origin("witness.invalid"), new SecureRandom());
        Checkpoint checkpoint = signed(keys);
        byte[] text = checkpoint.note().text().getBytes(UTF_8);
        SignedNote both = new SignedNote(
                checkpoint.note().text(),
                List.of(
                        checkpoint.note().signatures().getFirst(),
                        NoteSignature.by(witness.verifier(), witness.sign(text))));
        SignedNote read = SignedNote.parse(both.bytes());
        assertThat(read.check(List.of(keys.verifier()))).isInstanceOf(SignedNote.Verdict.Genuine.class);
        assertThat(read.check(List.of(keys.verifier(), witness.verifier())))
                .isEqualTo(new SignedNote.Verdict.Genuine(List.of(keys.verifier(), witness.verifier())));
        assertThat(read.check(List.of())).isInstanceOf(SignedNote.Verdict.Unknown.class);
        SignedNote spoilt = new SignedNote(
                both.text(), List.of(both.signatures().getFirst(), NoteSignature.by(witness.verifier(), new byte[64])));
        assertThat(spoilt.check(List.of(keys.verifier(), witness.verifier())))
                .isEqualTo(new SignedNote.Verdict.Forged(witness.verifier()));
    }

    /** The key and the note that the package documentation of Go's sumdb/note shows. */
    @Test
    void aNoteOfGoIsGenuine() throws Exception {
        Ed25519Key peter = Ed25519Key.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        String note = """
                If you think cryptography is the answer to your problem,
                then you don't know what your problem is.

                \u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
                """;
        assertThat(SignedNote.parse(note.getBytes(UTF_8)).check(List.of(peter)))
                .isEqualTo(new SignedNote.Verdict.Genuine(List.of(peter)));
        assertThat(SignedNote.parse(note.replace("problem is", "problem was").getBytes(UTF_8))
                        .check(List.of(peter)))
                .isEqualTo(new SignedNote.Verdict.Forged(peter));
    }

    @Test
    void keysAreForTheirOwnerOnlyAndLastAcrossReading() throws Exception {
        SigningKeys keys = keys("traffic");
        Path file = temp.resolve("keys/traffic-1.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        assertThat(keys("traffic").verifier().vkey()).isEqualTo(keys.verifier().vkey());
        assertThat(keys("governance").verifier().vkey())
                .isNotEqualTo(keys.verifier().vkey());
        assertThat(Ed25519Key.parse(keys.verifier().vkey()).vkey())
                .isEqualTo(keys.verifier().vkey());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> keys("traffic"))
                .isInstanceOf(LedgerException.Malformed.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void aRotatedKeySignsAndTheOneBeforeStillVerifies() throws Exception {
        SigningKeys first = keys("traffic");
        Checkpoint before = signed(first);
        SigningKeys second = SigningKeys.rotate(temp.resolve("keys"), "traffic", ORIGIN, new SecureRandom());
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.retired())
                .extracting(Verifier::vkey)
                .containsExactly(first.verifier().vkey());
        assertThat(before.note().check(second.retired())).isInstanceOf(SignedNote.Verdict.Genuine.class);
        assertThat(before.note().check(List.of(second.verifier()))).isInstanceOf(SignedNote.Verdict.Unknown.class);
        Rig.copy(temp.resolve("keys"), temp.resolve("copied"));
        assertThat(keys("traffic").version()).isEqualTo(2);
    }

    @Test
    void aLedgerGoesOnUnderARotatedKey() throws Exception {
        Path folder = temp.resolve("log");
        try (Ledger ledger = open(folder, keys("traffic"))) {
            ledger.append(new byte[3]);
        }
        SigningKeys second = SigningKeys.rotate(temp.resolve("keys"), "traffic", ORIGIN, new SecureRandom());
        try (Ledger ledger = open(folder, second)) {
            ledger.append(new byte[4]);
            assertThat(ledger.sign().note().check(List.of(second.verifier())))
                    .isInstanceOf(SignedNote.Verdict.Genuine.class);
        }
        SigningKeys other = SigningKeys.openOrCreate(temp.resolve("lost"), "traffic", ORIGIN, new SecureRandom());
        assertThatThrownBy(() -> open(folder, other))
                .isInstanceOf(LedgerException.Damaged.class)
                .hasMessageContaining("keys that belong to its folder");
    }

    private static Ledger open(Path folder, SigningKeys keys) throws LedgerException {
        return Ledger.open(folder, ORIGIN, keys, java.time.InstantSource.system(), Rig.small(), LedgerListener.none());
    }

    @Test
    void aKeyFileThatWasChangedIsRefused() throws Exception {
        SigningKeys keys = keys("traffic");
        Path file = temp.resolve("keys/traffic-1.key");
        String text = Files.readString(file);
        for (String changed : List.of(
                "",
                text.replace("key 1", "key 2"),
                text.replace("PRIVATE+KEY", "PUBLIC+KEY"),
                text.replace("traffic+", "tariff+"),
                text.substring(0, text.length() - 9) + "\n",
                text.replaceFirst("\\+A[A-Za-z0-9]{3}", "+AAAA"))) {
            Files.writeString(file, changed);
            if (!changed.contains("PUBLIC+KEY")) {
                assertThatThrownBy(() -> keys("traffic")).as(changed).isInstanceOf(LedgerException.Malformed.class);
            }
        }
        Files.writeString(file, text);
        assertThat(keys("traffic").verifier().vkey()).isEqualTo(keys.verifier().vkey());
    }

    @Test
    void namesThatCouldNotBeReadBackAreRefused() {
        for (String name : List.of("", "a b", "a+b", "a\nb", "a\u3000b", "a\u0000")) {
            assertThatThrownBy(() -> new Origin(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
