package dev.cinnabar.server.people;

import dev.cinnabar.server.law.Words;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * One version of a text that users are shown (Article 8).
 *
 * @param text Markdown
 * @param hash SHA-256 in hex of the UTF-8 bytes of the Chinese text, a line feed and the English text: what an acceptance names
 * @param effectiveFrom from when it is the one in force, and older acceptances no longer count
 * @param template whether it is the text shipped with the product, which the provider has to replace by their own
 */
public record Document(
        Kind kind,
        int version,
        Words text,
        String hash,
        Instant effectiveFrom,
        boolean template,
        Instant published,
        String publisher) {

    /** What kind of text it is. */
    public enum Kind {
        /** The service agreement: users accept it, version by version. */
        AGREEMENT(true, "服务协议", "service agreement"),
        /** The management rules and platform conventions: disclosed, and made part of the agreement. */
        RULES(false, "管理规则和平台公约", "rules and conventions");

        private final boolean accepted;
        private final String zh;
        private final String en;

        Kind(boolean accepted, String zh, String en) {
            this.accepted = accepted;
            this.zh = zh;
            this.en = en;
        }

        /** Whether the gate asks for an acceptance of the version in force. */
        public boolean accepted() {
            return accepted;
        }

        /** What people call it. */
        public Words label() {
            return new Words(zh, en);
        }
    }

    /** The hash of a text. */
    static String hash(Words text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((text.zh() + "\n" + text.en()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
