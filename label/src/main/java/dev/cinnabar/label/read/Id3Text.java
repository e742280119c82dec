package dev.cinnabar.label.read;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The texts of an ID3v2 frame: a byte that names the coding, then texts with zeros between them. */
final class Id3Text {
    private Id3Text() {}

    /** The texts that begin at {@code from}; at least one, empty where there is none. A byte-order mark may begin each of them. */
    static String[] parts(byte[] content, int from) {
        if (content.length <= from) {
            return new String[] {""};
        }
        int coding = content[0];
        int unit = coding == 1 || coding == 2 ? 2 : 1;
        List<String> parts = new ArrayList<>(2);
        int start = from;
        for (int at = from; at + unit <= content.length; at += unit) {
            if (content[at] == 0 && (unit == 1 || content[at + 1] == 0)) {
                parts.add(text(content, start, at, coding));
                start = at + unit;
            }
        }
        parts.add(text(content, start, content.length, coding));
        return parts.toArray(String[]::new);
    }

    private static String text(byte[] content, int from, int to, int coding) {
        Charset charset = switch (coding) {
            case 0 -> StandardCharsets.ISO_8859_1;
            case 1 -> StandardCharsets.UTF_16; // obeys the byte-order mark
            case 2 -> StandardCharsets.UTF_16BE;
            default -> StandardCharsets.UTF_8;
        };
        return new String(content, from, to - from, charset);
    }
}
