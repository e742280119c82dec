package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HTML: the label as {@code <meta name="AIGC">} in the head, in place of any that is there; every other byte stays. What is written is ASCII, so that every coding in which ASCII stands for
 * itself will do; UTF-16 is refused. The head ends with the first tag that cannot stand in it.
 */
final class HtmlWriter implements FormatWriter {
    private static final Set<String> HEAD =
            Set.of("html", "head", "meta", "link", "title", "base", "style", "script", "noscript", "template");
    private static final Set<String> RAW = Set.of("title", "style", "script", "noscript", "template");
    private static final long MOST_TAG = 1 << 20;
    private static final Pattern ATTRIBUTE =
            Pattern.compile("([^\\s\"'<>/=]+)(?:\\s*=\\s*(\"[^\"]*\"|'[^']*'|[^\\s\"'>]+))?");

    private final EditPlan.Edits edits = new EditPlan.Edits();

    @Override
    public Draft plan(Input file, Job job) throws IOException, Refusal {
        List<Finding> notes =
                new ArrayList<>(job.withoutMark(Format.HTML).stream().toList());
        String mark = file.latin(0, 3);
        if (mark.startsWith("\u00FF\u00FE") || mark.startsWith("\u00FE\u00FF")) {
            throw new Refusal(Fault.ENCODING, "UTF-16");
        }
        long place = edit(file, mark.equals("\u00EF\u00BB\u00BF") ? 3 : 0, job);
        String json = job.order().label().toJson();
        String meta = "<meta name=\"AIGC\" content=\"" + XmpText.escaped(json) + "\">";
        edits.insert(place, meta.getBytes(StandardCharsets.US_ASCII));
        return new Draft(edits.plan(file.size()), "html:meta/AIGC", List.of(), notes);
    }

    /** Drops old labels; gives the place for the new one: behind the head's opening, or behind the document type, or at the start. */
    private long edit(Input file, long start, Job job) throws IOException, Refusal {
        long place = start;
        boolean inHead = false;
        int tags = 0;
        for (long at = open(file, start); at >= 0; ) {
            if (++tags > job.limits().boxes()) {
                throw new Refusal(
                        Fault.TOO_LARGE,
                        "its head has more than " + job.limits().boxes() + " tags");
            }
            long end = end(file, at);
            String name = name(file, at);
            if (name.startsWith("!") || name.startsWith("?")) {
                place = name.startsWith("!doctype") && !inHead ? end : place;
            } else if (name.equals("/head") || (!name.startsWith("/") && !HEAD.contains(name))) {
                break;
            } else if (name.equals("head") || (name.equals("html") && !inHead)) {
                place = end;
                inHead = true;
            } else if (name.equals("meta") && isLabel(file, at, end)) {
                edits.drop(at, end);
            }
            at = open(file, RAW.contains(name) ? closing(file, end, name) : end);
        }
        return place;
    }

    private static boolean isLabel(Input file, long at, long end) throws IOException, Refusal {
        if (end - at > MOST_TAG) {
            throw new Refusal(Fault.TOO_LARGE, "a tag has " + (end - at) + " bytes");
        }
        String tag = new String(file.stretch(at, end - at), StandardCharsets.ISO_8859_1);
        Matcher attributes = ATTRIBUTE.matcher(tag.substring(5));
        while (attributes.find()) {
            if (attributes.group(1).equalsIgnoreCase("name")) {
                String value = attributes.group(2);
                // the first of two counts, as in browsers
                return value != null && value.replaceAll("^[\"']|[\"']$", "").equalsIgnoreCase("AIGC");
            }
        }
        return false;
    }

    private static long open(Input file, long from) throws IOException, Refusal {
        for (long at = from; at < file.size(); at++) {
            if (file.byteAt(at) == '<') {
                return at;
            }
        }
        return -1;
    }

    /** Where a tag or comment ends, behind its bracket; brackets in quotes do not count. */
    private static long end(Input file, long at) throws IOException, Refusal {
        if (file.latin(at, 4).equals("<!--")) {
            for (long i = at + 4; i < file.size(); i++) {
                if (file.byteAt(i) == '>' && i >= at + 6 && file.latin(i - 2, 2).equals("--")) {
                    return i + 1;
                }
            }
            return file.size();
        }
        int quote = 0;
        for (long i = at + 1; i < file.size(); i++) {
            int c = file.byteAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                return i + 1;
            }
        }
        throw Refusal.broken(at, "a tag of its head does not end");
    }

    /** The tag's name in small letters, with the stroke of a closing tag. */
    private static String name(Input file, long at) throws IOException, Refusal {
        String text = file.latin(at + 1, 16).toLowerCase(Locale.ROOT);
        int end = 0;
        while (end < text.length()
                && " \t\r\n\f>".indexOf(text.charAt(end)) < 0
                && (end == 0 || text.charAt(end) != '/')) {
            end++;
        }
        return text.substring(0, end);
    }

    /** Where the content of an element that holds text only ends. */
    private static long closing(Input file, long from, String name) throws IOException, Refusal {
        for (long at = open(file, from); at >= 0; at = open(file, at + 1)) {
            if (name(file, at).equals("/" + name)) {
                return at;
            }
        }
        return file.size();
    }
}
