package dev.cinnabar.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Text signed by one or more keys, in the form of signed-note: the text, an empty line, signature lines.
 *
 * @param text the signed text, which ends in a newline
 * @param signatures the signatures, in their order
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    /** A note larger than this is refused unread. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int MAX_SIGNATURES = 100;
    private static final String DASH = "\u2014 ";

    /** Refuses text that could not be read back. */
    public SignedNote {
        if (!text.endsWith("\n") || hasControls(text)) {
            throw new IllegalArgumentException(
                    "the text of a note ends in a newline and holds no other control characters");
        }
        if (signatures.isEmpty()) {
            throw new IllegalArgumentException("a note has at least one signature");
        }
        signatures = List.copyOf(signatures);
    }

    /** What checking a note against known keys found. */
    public sealed interface Verdict {
        /** At least one known key signed it, and every signature of a known key is right. */
        record Genuine(List<Verifier> by) implements Verdict {}

        /** A signature that names a known key is wrong: the text was changed, or the signature was. */
        record Forged(Verifier named) implements Verdict {}

        /** No known key signed it. */
        record Unknown() implements Verdict {}
    }

    /** Reads a note. */
    public static SignedNote parse(byte[] bytes) throws LedgerException.Malformed {
        if (bytes.length > MAX_BYTES) {
            throw malformed("it is larger than " + MAX_BYTES + " bytes");
        }
        String all = decode(bytes);
        int gap = all.lastIndexOf("\n\n");
        if (hasControls(all) || !all.endsWith("\n") || gap < 0 || gap + 2 == all.length()) {
            throw malformed("it is not text, an empty line and signature lines, each ended by a newline");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : all.substring(gap + 2, all.length() - 1).split("\n", -1)) {
            signatures.add(signature(line));
        }
        if (signatures.size() > MAX_SIGNATURES) {
            throw malformed("it has more than " + MAX_SIGNATURES + " signatures");
        }
        return new SignedNote(all.substring(0, gap + 1), signatures);
    }

    private static NoteSignature signature(String line) throws LedgerException.Malformed {
        String[] parts = line.split(" ", -1);
        if (parts.length != 3 || !line.startsWith(DASH) || !Origin.fits(parts[1])) {
            throw malformed("a signature line is not dash, name, base64: " + line);
        }
        byte[] bytes = StrictBase64.decode(parts[2]).orElseThrow(() -> malformed("a signature is not base64: " + line));
        if (bytes.length < 5) {
            throw malformed("a signature is too short: " + line);
        }
        return new NoteSignature(parts[1], bytes);
    }

    private static String decode(byte[] bytes) throws LedgerException.Malformed {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("it is not UTF-8");
        }
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(c -> c < ' ' && c != '\n');
    }

    private static LedgerException.Malformed malformed(String why) {
        return new LedgerException.Malformed("Not a signed note: " + why + ".");
    }

    /** Checks every signature that names a known key. */
    public Verdict check(List<? extends Verifier> known) {
        byte[] signed = text.getBytes(StandardCharsets.UTF_8);
        List<Verifier> by = new ArrayList<>();
        for (NoteSignature signature : signatures) {
            for (Verifier key : known) {
                if (signature.names(key)) {
                    if (!key.verifies(signed, signature.signature())) {
                        return new Verdict.Forged(key);
                    }
                    by.add(key);
                }
            }
        }
        return by.isEmpty() ? new Verdict.Unknown() : new Verdict.Genuine(List.copyOf(by));
    }

    /** The note as it is written, UTF-8. */
    public byte[] bytes() {
        StringBuilder out = new StringBuilder(text).append('\n');
        for (NoteSignature signature : signatures) {
            out.append(DASH)
                    .append(signature.name())
                    .append(' ')
                    .append(Base64.getEncoder().encodeToString(signature.blob()))
                    .append('\n');
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
