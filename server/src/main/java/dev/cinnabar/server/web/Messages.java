package dev.cinnabar.server.web;

import dev.cinnabar.server.law.Lang;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The catalogue: every sentence of the pages, by key, in the two languages.
 *
 * <p>Each room has two files, {@code messages/ROOM.zh.properties} and {@code messages/ROOM.en.properties}, in UTF-8; a test compares them. Gaps are {@code {0}}, {@code {1}}; there is no other magic.
 */
public final class Messages {
    private static final Pattern GAP = Pattern.compile("\\{([0-9])}");

    private final Map<Lang, Map<String, String>> sentences;

    private Messages(Map<Lang, Map<String, String>> sentences) {
        this.sentences = sentences;
    }

    /** The catalogue on the class path. */
    public static Messages load() {
        return new Messages(Map.of(Lang.ZH, read("zh"), Lang.EN, read("en")));
    }

    private static Map<String, String> read(String ending) {
        Map<String, String> all = new HashMap<>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:messages/*." + ending + ".properties")) {
                Properties properties = new Properties();
                try (Reader text = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
                    properties.load(text);
                }
                for (String key : properties.stringPropertyNames()) {
                    if (all.put(key, properties.getProperty(key)) != null) {
                        throw new IllegalStateException(
                                "the message " + key + " is there twice, again in " + file.getFilename());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading the catalogue of messages (" + ending + ")", e);
        }
        return Map.copyOf(all);
    }

    /** The sentence of the key in the language, its gaps filled; the key itself in brackets where there is none, so that a page never breaks for a word. */
    public String in(Lang lang, String key, Object... gaps) {
        String sentence = sentences.getOrDefault(lang, Map.of()).get(key);
        if (sentence == null) {
            return "[" + key + "]";
        }
        return GAP.matcher(sentence).replaceAll(gap -> {
            int at = Integer.parseInt(gap.group(1));
            return Matcher.quoteReplacement(at < gaps.length ? String.valueOf(gaps[at]) : gap.group());
        });
    }

    /** Whether the key has a sentence in the language. */
    public boolean has(Lang lang, String key) {
        return sentences.getOrDefault(lang, Map.of()).containsKey(key);
    }

    /** Every key of the language, sorted. */
    public Set<String> keys(Lang lang) {
        return new TreeSet<>(sentences.getOrDefault(lang, Map.of()).keySet());
    }
}
