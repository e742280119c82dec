package dev.cinnabar.server.law;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, written like {@code 512KB}, {@code 20MB} or {@code 1GB} (of 1,024). */
public record Size(long bytes) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})\\s*(B|KB|MB|GB|TB)?");

    public Size {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is not negative");
        }
    }

    /** Reads the written form. */
    public static Size of(String written) {
        Matcher form = FORM.matcher(written.strip().toUpperCase(Locale.ROOT));
        if (!form.matches()) {
            throw new IllegalArgumentException("not a size like 512KB, 20MB or 1GB");
        }
        String unit = form.group(2) == null ? "B" : form.group(2);
        int shift = switch (unit) {
            case "KB" -> 10;
            case "MB" -> 20;
            case "GB" -> 30;
            case "TB" -> 40;
            default -> 0;
        };
        return new Size(Math.multiplyExact(Long.parseLong(form.group(1)), 1L << shift));
    }
}
