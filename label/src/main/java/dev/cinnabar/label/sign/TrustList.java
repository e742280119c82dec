package dev.cinnabar.label.sign;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The keys somebody has decided to trust, each pinned to the code of the one whose labels it signs. A file of one is a PEM text (its keys are trusted for every code), or lines of
 * {@code CODE KEY NAME}: the code or {@code *}, the key in hex or {@code @FILE.pem}, and a name that may be left out; {@code #} begins a comment.
 */
public final class TrustList {
    /** One pinned key. */
    private record Pin(String code, VerifyingKey key, String name) {
        boolean speaksFor(String whose) {
            return code.equals("*") || code.equals(whose);
        }
    }

    private static final TrustList NONE = new TrustList(List.of());

    private final List<Pin> pins;

    private TrustList(List<Pin> pins) {
        this.pins = List.copyOf(pins);
    }

    /** Trust in nobody. */
    public static TrustList none() {
        return NONE;
    }

    /** The list of a file. */
    public static TrustList load(Path file) throws KeyFailed {
        String text = new String(KeyFile.bytes(file, file.toString()), StandardCharsets.UTF_8);
        TrustList list = NONE;
        if (text.contains("-----BEGIN ")) {
            for (VerifyingKey key : Pem.publicKeys(text, file.toString())) {
                list = list.with("*", key, "");
            }
            return list;
        }
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String bare = line.replaceFirst("#.*", "").strip();
            if (!bare.isEmpty()) {
                list = list.with(file, bare.split("\\s+", 3), file + " line " + number);
            }
        }
        return list;
    }

    private TrustList with(Path file, String[] cells, String where) throws KeyFailed {
        if (cells.length < 2) {
            throw new KeyFailed(where + " does not read CODE KEY NAME");
        }
        String name = cells.length > 2 ? cells[2] : "";
        List<VerifyingKey> keys;
        if (cells[1].startsWith("@")) {
            Path pem = file.resolveSibling(cells[1].substring(1));
            keys = Pem.publicKeys(
                    new String(KeyFile.bytes(pem, pem.toString()), StandardCharsets.ISO_8859_1), pem.toString());
        } else {
            try {
                keys = PublicKeys.ofHex(cells[1]);
            } catch (KeyFailed e) {
                throw new KeyFailed(where, e);
            }
        }
        TrustList list = this;
        for (VerifyingKey key : keys) {
            list = list.with(cells[0], key, name);
        }
        return list;
    }

    /** This list with one key more, trusted for the labels of a code ({@code *}: of everybody). */
    public TrustList with(String code, VerifyingKey key, String name) {
        List<Pin> more = new ArrayList<>(pins);
        more.add(new Pin(code, key, name));
        return new TrustList(more);
    }

    /** Every key trusted for a code. */
    List<VerifyingKey> keysOf(String code) {
        return pins.stream().filter(pin -> pin.speaksFor(code)).map(Pin::key).toList();
    }

    boolean trusts(VerifyingKey key, String code) {
        return pins.stream()
                .anyMatch(pin -> pin.speaksFor(code) && Arrays.equals(pin.key().encoded(), key.encoded()));
    }

    /** The name under which a key is pinned, for whomever. */
    Optional<String> name(VerifyingKey key) {
        return pins.stream()
                .filter(pin -> Arrays.equals(pin.key().encoded(), key.encoded()))
                .map(Pin::name)
                .filter(name -> !name.isEmpty())
                .findFirst();
    }
}
