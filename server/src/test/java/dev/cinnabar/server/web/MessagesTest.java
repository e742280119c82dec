package dev.cinnabar.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.law.Lang;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The catalogue and the templates: every sentence in both languages, none missing, and nothing in a template that the content security policy forbids. */
class MessagesTest {
    private static final Messages MESSAGES = Messages.load();
    private static final Path JTE = Path.of("src/main/jte");
    private static final Path JAVA = Path.of("src/main/java");
    private static final Pattern SAID = Pattern.compile("v\\.t\\(\"([A-Za-z0-9_.-]+)\"[,)]");
    private static final Pattern GAP = Pattern.compile("\\{[0-9]}");

    @Test
    void bothLanguagesSayTheSame() {
        assertThat(MESSAGES.keys(Lang.ZH)).isEqualTo(MESSAGES.keys(Lang.EN));
        for (String key : MESSAGES.keys(Lang.ZH)) {
            assertThat(gaps(key, Lang.ZH)).as(key).isEqualTo(gaps(key, Lang.EN));
            assertThat(MESSAGES.in(Lang.ZH, key)).as(key).isNotBlank();
            assertThat(MESSAGES.in(Lang.EN, key)).as(key).isNotBlank();
        }
    }

    private static Set<String> gaps(String key, Lang lang) {
        Set<String> gaps = new TreeSet<>();
        Matcher found = GAP.matcher(MESSAGES.in(lang, key));
        while (found.find()) {
            gaps.add(found.group());
        }
        return gaps;
    }

    @Test
    void everyKeyThatATemplateSaysIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path file : files(JTE, ".jte")) {
            Matcher said = SAID.matcher(Files.readString(file));
            while (said.find()) {
                // A key followed by a comma may be the beginning of a family: v.t("role", role).
                String key = said.group(1);
                boolean family = MESSAGES.keys(Lang.ZH).stream().anyMatch(k -> k.startsWith(key + "."));
                if (!MESSAGES.has(Lang.ZH, key) && !family) {
                    missing.add(file + ": " + key);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyKeyIsSaidSomewhere() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : Stream.concat(files(JTE, ".jte").stream(), files(JAVA, ".java").stream())
                .toList()) {
            all.append(Files.readString(file));
        }
        List<String> idle = MESSAGES.keys(Lang.ZH).stream()
                .filter(key -> !all.toString().contains("\"" + key) && !family(key, all.toString()))
                .toList();
        assertThat(idle).isEmpty();
    }

    /** Whether a beginning of the key is said, so that the rest comes from a constant or a word: {@code role.ADMIN} by "role". */
    private static boolean family(String key, String all) {
        for (int dot = key.lastIndexOf('.'); dot > 0; dot = key.lastIndexOf('.', dot - 1)) {
            String start = key.substring(0, dot);
            if (all.contains("\"" + start + "\"") || all.contains("\"" + start + ".\"")) {
                return true;
            }
        }
        return false;
    }

    @Test
    void noTemplateHoldsWhatThePolicyForbids() throws IOException {
        Pattern forbidden = Pattern.compile(
                "(?i)\\sstyle=|\\son[a-z]+=|<script(?![^>]*\\ssrc=)|<style|javascript:|\\shref=\"https?:|\\ssrc=\"https?:|\\$unsafe");
        List<String> faults = new ArrayList<>();
        for (Path file : files(JTE, ".jte")) {
            Matcher found = forbidden.matcher(Files.readString(file));
            if (found.find()) {
                faults.add(file + ": " + found.group());
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void everyFormThatChangesSomethingInTheConsoleCarriesTheToken() throws IOException {
        Pattern form = Pattern.compile("(?s)<form[^>]*method=\"post\".*?</form>");
        List<String> faults = new ArrayList<>();
        for (Path file : files(JTE, ".jte")) {
            Matcher found = form.matcher(Files.readString(file));
            while (found.find()) {
                if (!found.group().contains("template.part.csrf")
                        && !found.group().contains("action=\"/public/")) {
                    faults.add(file + ": " + found.group().lines().findFirst().orElse(""));
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void whatFillsAGapIsNotReadAgain() {
        assertThat(MESSAGES.in(Lang.EN, "form.number", "{1}", "$2")).isEqualTo("Type a whole number from {1} to $2.");
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(p -> p.toString().endsWith(ending)).sorted().toList();
        }
    }
}
