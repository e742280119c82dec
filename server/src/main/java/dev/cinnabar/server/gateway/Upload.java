package dev.cinnabar.server.gateway;

import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Words;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that came in, alone as the body or as the part {@code file} of a form.
 *
 * @param name the name it is known by, without folders; its ending helps to tell formats apart
 * @param fields what stood beside it in the form
 */
record Upload(String name, byte[] bytes, Map<String, String> fields) {
    private static final Pattern BOUNDARY =
            Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^;\\s\"]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("(?:^|;)\\s*name=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern FILE = Pattern.compile("(?:^|;)\\s*filename=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
    private static final int MOST_PARTS = 32;
    private static final int LONGEST_FIELD = 8192;
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Reads what the body holds. */
    static Outcome<Upload> of(Dossier dossier, byte[] body) {
        String type = dossier.request.header("Content-Type").orElse("");
        if (!type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            return Outcome.done(new Upload(nameOf(dossier, type), body, Map.of()));
        }
        Matcher boundary = BOUNDARY.matcher(type);
        if (!boundary.find()) {
            return broken();
        }
        String mark = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
        return form(body, ("--" + mark).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String nameOf(Dossier dossier, String type) {
        String ending = switch (type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip()) {
            case "text/markdown" -> ".md";
            case "text/plain" -> ".txt";
            default -> "";
        };
        return dossier.request.query("name").map(Upload::plain).orElse("file" + ending);
    }

    private static Outcome<Upload> form(byte[] body, byte[] mark) {
        Map<String, String> fields = new HashMap<>();
        Optional<Upload> file = Optional.empty();
        int at = find(body, mark, 0);
        for (int parts = 0; at >= 0; parts++) {
            int start = at + mark.length;
            if (start + 2 <= body.length && body[start] == '-' && body[start + 1] == '-') {
                Optional<Upload> found = file;
                return found.map(upload -> Outcome.done(new Upload(upload.name(), upload.bytes(), Map.copyOf(fields))))
                        .orElseGet(Upload::broken);
            }
            int next = find(body, mark, start);
            int head = find(body, END_OF_HEAD, start);
            if (next < 0 || head < 0 || head > next - 6 || parts == MOST_PARTS) {
                return broken();
            }
            String headers = new String(body, start, head - start, StandardCharsets.UTF_8);
            byte[] content = java.util.Arrays.copyOfRange(body, head + 4, next - 2);
            Optional<String> name = group(NAME, disposition(headers));
            if (name.equals(Optional.of("file"))) {
                file = Optional.of(
                        new Upload(plain(group(FILE, disposition(headers)).orElse("file")), content, Map.of()));
            } else if (name.isPresent() && content.length <= LONGEST_FIELD) {
                fields.put(name.get(), new String(content, StandardCharsets.UTF_8));
            }
            at = next;
        }
        return broken();
    }

    private static String disposition(String headers) {
        for (String line : headers.split("\r\n", -1)) {
            if (line.regionMatches(true, 0, "Content-Disposition:", 0, 20)) {
                return line.substring(20);
            }
        }
        return "";
    }

    private static Optional<String> group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The last part of a name, short and without characters that could mean something to a terminal, a path or a header. */
    private static String plain(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        StringBuilder out = new StringBuilder();
        last.codePoints()
                .limit(120)
                .forEach(c -> out.appendCodePoint(Character.isLetterOrDigit(c) || ".-_ ()".indexOf(c) >= 0 ? c : '_'));
        String kept = out.toString().strip();
        return kept.isEmpty() || kept.chars().allMatch(c -> c == '.') ? "file" : kept;
    }

    private static int find(byte[] in, byte[] what, int from) {
        outer:
        for (int i = from; i + what.length <= in.length; i++) {
            for (int j = 0; j < what.length; j++) {
                if (in[i + j] != what[j]) {
                    continue outer;
                }
            }
            return i;
        }
        return -1;
    }

    private static Outcome<Upload> broken() {
        return Outcome.not(Refusals.form(
                new Words("表单里没有完整的 file 部分。", "The form holds no whole part called file."),
                new Words(
                        "请直接以请求体发送文件，或以 multipart/form-data 的 file 部分发送。",
                        "Send the file as the body, or as the part file of multipart/form-data."),
                ""));
    }
}
