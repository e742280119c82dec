package dev.cinnabar.label.sign;

import java.util.Optional;

/** The signature algorithms of security data, by the object identifier that AlgID holds. */
public enum Algorithm {
    /** SM3withSM2, the profile's own, with the default identity 1234567812345678. */
    SM2("1.2.156.10197.1.501", "SM3withSM2"),
    /** RSA with SHA-256, as a phone maker writes it. */
    RSA("1.2.840.113549.1.1.11", "SHA256withRSA"),
    /** ECDSA with SHA-256, for hardware modules that know no SM2. */
    ECDSA("1.2.840.10045.4.3.2", "SHA256withECDSA");

    private final String oid;
    private final String jcaName;

    Algorithm(String oid, String jcaName) {
        this.oid = oid;
        this.jcaName = jcaName;
    }

    /** The object identifier in dotted form. */
    public String oid() {
        return oid;
    }

    /** The name that Java's cryptography gives it, and people. */
    public String jcaName() {
        return jcaName;
    }

    static Optional<Algorithm> ofOid(String oid) {
        for (Algorithm algorithm : values()) {
            if (algorithm.oid.equals(oid)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
