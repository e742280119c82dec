package dev.cinnabar.label.sign;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;

/**
 * The keys of a signer, one of them active; the others have signed before and are still trusted. Made of one key file, or of a ring file, so that keys can be rotated:
 *
 * <pre>
 * active = 2026
 * key.2025 = old.p12#label
 * key.2026 = pkcs11:module.cfg#label
 * </pre>
 */
public final class KeyRing {
    private final Map<String, SigningKey> keys;
    private final String active;

    private KeyRing(Map<String, SigningKey> keys, String active) {
        this.keys = new LinkedHashMap<>(keys);
        this.active = active;
    }

    /**
     * The ring of a key named as {@code FILE}, {@code FILE#ALIAS} or {@code pkcs11:CONFIGURATION#ALIAS} (PEM, DER, PKCS#12, JCEKS, JKS), or of a ring file whose name ends in
     * {@code .keys}.
     */
    public static KeyRing load(String spec, Passwords passwords) throws KeyFailed {
        if (spec.endsWith(".keys")) {
            return ring(Path.of(spec), passwords);
        }
        return new KeyRing(Map.of("", KeyFile.load(Path.of(""), spec, passwords)), "");
    }

    private static KeyRing ring(Path file, Passwords passwords) throws KeyFailed {
        Properties properties = new Properties();
        String text = new String(KeyFile.bytes(file, file.toString()), StandardCharsets.UTF_8);
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new KeyFailed(file + " is no ring of keys", e);
        }
        Path folder = file.resolveSibling("");
        Map<String, SigningKey> keys = new LinkedHashMap<>();
        for (String name : new TreeSet<>(properties.stringPropertyNames())) {
            if (name.startsWith("key.")) {
                keys.put(name.substring(4), KeyFile.load(folder, properties.getProperty(name), passwords));
            } else if (!name.equals("active")) {
                throw new KeyFailed(file + " has the unknown line " + name + "; known are active and key.NAME");
            }
        }
        String active = properties.getProperty("active", "");
        if (!keys.containsKey(active)) {
            throw new KeyFailed(file + " does not say which of its keys is active: active = one of " + keys.keySet());
        }
        return new KeyRing(keys, active);
    }

    /** The key that signs now. */
    public SigningKey active() {
        SigningKey key = keys.get(active);
        if (key == null) {
            throw new IllegalStateException("the ring was checked when it was made");
        }
        return key;
    }

    /** Trust in every key of the ring, for the labels of one producer or propagator. */
    public TrustList trusted(String code) {
        TrustList list = TrustList.none();
        for (Map.Entry<String, SigningKey> key : keys.entrySet()) {
            list = list.with(code, key.getValue().publicKey(), key.getKey());
        }
        return list;
    }
}
