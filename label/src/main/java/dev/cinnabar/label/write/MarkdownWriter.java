package dev.cinnabar.label.write;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.label.ExplicitMark;
import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Field;
import dev.cinnabar.label.Wordings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Markdown: the label as the map AIGC of the YAML front matter (TC260-PG-20258A), in place of any that is there; all other lines, their endings and a byte-order mark stay. The
 * explicit label is a paragraph of its own before the text.
 */
final class MarkdownWriter implements FormatWriter {
    private record Line(long from, long to, String text) {}

    /** Enough to see how the first line ends; a longer one opens no front matter. */
    private static final int LONGEST_FIRST = 1 << 16;

    private final EditPlan.Edits edits = new EditPlan.Edits();

    @Override
    public Draft plan(Input file, Job job) throws IOException, Refusal {
        long start = Utf8.start(file);
        List<Line> matter = frontMatter(file, start, job);
        String newline = newline(file, start);
        String block = block(job.order().label(), newline);
        Optional<String> wording = job.wording(Wordings.Medium.TEXT);
        String notice = wording.map(w -> TextWriter.notice(w).strip() + newline + newline)
                .orElse("");
        if (matter.isEmpty()) {
            insert(start, "---" + newline + block + "---" + newline + newline + notice);
        } else {
            dropOld(matter);
            insert(matter.getFirst().to(), block);
            String before = matter.getLast().text().endsWith("\n") ? newline : newline + newline;
            if (!notice.isEmpty()) {
                insert(matter.getLast().to(), before + notice);
            }
        }
        List<ExplicitMark> explicit =
                notice.isEmpty() ? List.of() : List.of(new ExplicitMark(ExplicitMark.Kind.TEXT, "start"));
        return new Draft(edits.plan(file.size()), "markdown:front-matter/AIGC", explicit, List.of());
    }

    private void insert(long at, String text) {
        edits.insert(at, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String block(AigcLabel label, String newline) {
        StringBuilder out = new StringBuilder("AIGC:").append(newline);
        for (Field field : Field.values()) {
            out.append("  \"").append(field.key()).append("\": \"");
            out.append(label.value(field).replace("\"", "\\\"")).append('"').append(newline);
        }
        return out.toString();
    }

    /** Drops every entry of that name: its line and the indented lines below, with the empty ones between them. */
    private void dropOld(List<Line> matter) {
        long from = -1;
        long to = -1;
        for (Line line : matter.subList(1, matter.size())) {
            String text = line.text();
            boolean nested = text.charAt(0) == ' ' || text.charAt(0) == '\t';
            if (from >= 0 && nested) {
                to = line.to();
            } else if (!text.isBlank()) {
                if (from >= 0) {
                    edits.drop(from, to);
                }
                from = isKey(text) ? line.from() : -1;
                to = line.to();
            }
        }
    }

    private static boolean isKey(String text) {
        int colon = text.indexOf(':');
        String key = colon < 0 ? "" : text.substring(0, colon).strip();
        return key.equalsIgnoreCase("AIGC") || key.equalsIgnoreCase("\"AIGC\"") || key.equalsIgnoreCase("'AIGC'");
    }

    /** The lines of the front matter with its two fences; empty where there is none. */
    private static List<Line> frontMatter(Input file, long start, Job job) throws IOException, Refusal {
        Line first = line(file, start, LONGEST_FIRST);
        if (first.text().strip().equals("+++")) {
            throw new Refusal(Fault.NO_ROOM, "its front matter is TOML; the guide asks for YAML");
        }
        List<Line> lines = new ArrayList<>();
        for (Line line = first;
                !line.text().isEmpty();
                line = line(file, line.to(), job.limits().textBytes())) {
            String bare = withoutTrailingBlanks(line.text());
            boolean fence = bare.equals("---") || (bare.equals("...") && !lines.isEmpty());
            if (lines.isEmpty() && !bare.equals("---")) {
                return List.of();
            }
            lines.add(line);
            if (fence && lines.size() > 1) {
                return lines;
            }
            if (line.to() - start > job.limits().textBytes()) {
                throw new Refusal(
                        Fault.TOO_LARGE,
                        "its front matter has more than " + job.limits().textBytes() + " bytes");
            }
        }
        return List.of();
    }

    /** Only what YAML calls white space: a form feed behind dashes makes no fence. */
    private static String withoutTrailingBlanks(String text) {
        int end = text.length();
        while (end > 0 && " \t\r\n".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(0, end);
    }

    private static Line line(Input file, long from, long most) throws IOException, Refusal {
        StringBuilder text = new StringBuilder();
        long at = from;
        while (at < file.size() && at - from < most) {
            char c = (char) file.byteAt(at++);
            text.append(c);
            if (c == '\n') {
                break;
            }
        }
        return new Line(from, at, text.toString());
    }

    private static String newline(Input file, long start) throws IOException, Refusal {
        return line(file, start, LONGEST_FIRST).text().endsWith("\r\n") ? "\r\n" : "\n";
    }
}
