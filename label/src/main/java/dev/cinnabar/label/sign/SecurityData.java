package dev.cinnabar.label.sign;

import dev.cinnabar.label.read.Json;
import dev.cinnabar.label.read.LenientJson;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The security data of TC260-PG-202511A in a reserved code: signatures, and the keys that came with them.
 *
 * @param signatures every entry of type DS
 * @param keys every entry of type PubKey
 */
record SecurityData(List<Signed> signatures, List<Sent> keys) {
    /**
     * A signature.
     *
     * @param algorithm its AlgID
     * @param type what was signed, as TBSData says; empty where it does not say
     * @param fields the label's keys whose values were signed, where a label of ours names them
     * @param keyId which key
     * @param hex the signature
     */
    record Signed(String algorithm, String type, List<String> fields, String keyId, String hex) {}

    /** A key. */
    record Sent(String keyId, String hex) {}

    private static final int DEEPEST = 8;
    private static final int MOST = 16;

    SecurityData {
        signatures = List.copyOf(signatures);
        keys = List.copyOf(keys);
    }

    /** Whether a reserved code may hold security data. */
    static boolean isIn(String reservedCode) {
        return reservedCode.contains("SecurityData");
    }

    /** Reads a reserved code; throws with the reason where it is no security data. */
    static SecurityData parse(String reservedCode) throws KeyFailed {
        Json root;
        try {
            root = LenientJson.parse(reservedCode, DEEPEST);
        } catch (LenientJson.NotJson e) {
            throw new KeyFailed("it is not JSON (" + e.why() + ")");
        }
        Json data = member(root, "SecurityData").orElse(root);
        Json list = member(data, "PubSD")
                .or(() -> member(data, "PubSd"))
                .orElseThrow(() -> new KeyFailed("it has no PubSD"));
        if (!(list instanceof Json.Arr entries) || entries.items().size() > MOST) {
            throw new KeyFailed("its PubSD is no list of at most " + MOST + " entries");
        }
        List<Signed> signatures = new ArrayList<>();
        List<Sent> keys = new ArrayList<>();
        for (Json entry : entries.items()) {
            switch (text(entry, "Type")) {
                case "DS" -> signatures.add(signed(entry));
                case "PubKey" -> keys.add(new Sent(keyId(entry), text(entry, "KeyValue")));
                default -> {
                    // an entry of a kind that only its maker knows
                }
            }
        }
        return new SecurityData(signatures, keys);
    }

    private static Signed signed(Json entry) {
        Json tbs = member(entry, "TBSData").orElse(new Json.Other(""));
        String fields = text(tbs, "Fields");
        return new Signed(
                text(entry, "AlgID"),
                text(tbs, "Type"),
                fields.isEmpty() ? List.of() : List.of(fields.split(",", -1)),
                keyId(entry),
                text(entry, "Signature"));
    }

    /** The number 0 where it is left out. */
    private static String keyId(Json entry) {
        return member(entry, "KeyID").map(Json::raw).orElse("0");
    }

    private static String text(Json object, String key) {
        return member(object, key).map(Json::raw).orElse("");
    }

    private static Optional<Json> member(Json value, String key) {
        if (value instanceof Json.Obj object) {
            for (Json.Member member : object.members()) {
                if (member.key().equals(key)) {
                    return Optional.of(member.value());
                }
            }
        }
        return Optional.empty();
    }

    /** The security data of one signature and its key, as a reserved code holds them. {@code fields} is empty for the message of the guide. */
    static String written(VerifyingKey key, List<String> fields, byte[] signature) {
        HexFormat hex = HexFormat.of().withUpperCase();
        String oid = key.algorithm().oid();
        String named = fields.isEmpty() ? "" : ",\"Fields\":\"" + String.join(",", fields) + "\"";
        return "{\"SecurityData\":{\"Type\":\"TC260PG\",\"Version\":1,\"PubSD\":[{\"Type\":\"DS\",\"AlgID\":\"" + oid
                + "\",\"TBSData\":{\"Type\":\"Md\"" + named + "},\"Signature\":\"" + hex.formatHex(signature)
                + "\"},{\"Type\":\"PubKey\",\"AlgID\":\"" + oid + "\",\"KeyValue\":\"" + hex.formatHex(key.encoded())
                + "\"}],\"Bindings\":[]}}";
    }
}
