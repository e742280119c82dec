package dev.cinnabar.label.read;

import dev.cinnabar.label.Look;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTML: {@code <meta name="AIGC" content="...">} in the head, a habit of vendors, for no guide speaks of HTML. The head ends with the first tag that cannot stand in it. */
final class HtmlReader implements FormatReader {
    private static final Place PLACE = Place.main("html:meta/AIGC", Place.TEXT_GUIDE);
    private static final long MOST = 4 << 20;
    private static final Set<String> HEAD =
            Set.of("html", "head", "meta", "link", "title", "base", "style", "script", "noscript", "template");
    private static final List<String> TEXT = List.of("title", "style", "script", "noscript", "template");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("([^\\s\"'<>/=]+)(?:\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+)))?");

    @Override
    public void read(Window file, Look look, Report report) throws IOException, Damage {
        int length = (int) Math.min(Math.min(MOST, report.limits().textBytes()), file.size());
        String text = Prose.decoded(file.copy(0, length));
        boolean all = length == file.size();
        LabelText label = new LabelText(report);
        int tags = 0;
        for (int at = text.indexOf('<'); at >= 0; ) {
            if (++tags > report.limits().boxes()) {
                throw Damage.limit("more than " + report.limits().boxes() + " tags in the head");
            }
            int end = text.startsWith("<!--", at) ? comment(text, at) : tag(text, at);
            if (end < 0) {
                throw all
                        ? Damage.at(at, "a tag does not end")
                        : Damage.limit("a head of more than " + length + " bytes");
            }
            String inside = text.substring(at + 1, end - 1);
            String name = inside.split("[\\s/>]", 2)[0].toLowerCase(Locale.ROOT);
            boolean closes = inside.startsWith("/");
            if (inside.toLowerCase(Locale.ROOT).startsWith("/head")
                    || (!closes && !inside.startsWith("!") && !inside.startsWith("?") && !HEAD.contains(name))) {
                return;
            }
            if (name.equals("meta")) {
                meta(inside.substring(4), label);
            }
            at = TEXT.contains(name) ? behind(text, end, name) : text.indexOf('<', end);
        }
    }

    private static void meta(String attributes, LabelText label) {
        Optional<String> name = Optional.empty();
        Optional<String> content = Optional.empty();
        Matcher matcher = ATTRIBUTE.matcher(attributes);
        while (matcher.find()) {
            String value = matcher.group(2) != null
                    ? matcher.group(2)
                    : matcher.group(3) != null ? matcher.group(3) : matcher.group(4) != null ? matcher.group(4) : "";
            String key = matcher.group(1).toLowerCase(Locale.ROOT);
            // the first of two counts, as in browsers
            name = name.isEmpty() && key.equals("name") ? Optional.of(value) : name;
            content = content.isEmpty() && key.equals("content") ? Optional.of(value) : content;
        }
        if (name.orElse("").equalsIgnoreCase("AIGC")) {
            label.named(PLACE, unescaped(content.orElse("")));
        }
    }

    /** The entities that a label needs. */
    private static String unescaped(String text) {
        return text.replace("&quot;", "\"")
                .replace("&#34;", "\"")
                .replace("&#x22;", "\"")
                .replace("&apos;", "'")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    private static int comment(String text, int at) {
        int end = text.indexOf("-->", at + 4);
        return end < 0 ? text.length() : end + 3;
    }

    private static int tag(String text, int at) {
        char quote = 0;
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                return i + 1;
            }
        }
        return -1;
    }

    /** Where an element that holds text only closes. */
    private static int behind(String text, int from, String name) {
        String close = "</" + name;
        for (int at = text.indexOf("</", from); at >= 0; at = text.indexOf("</", at + 2)) {
            if (text.regionMatches(true, at, close, 0, close.length())) {
                return at;
            }
        }
        return -1;
    }
}
