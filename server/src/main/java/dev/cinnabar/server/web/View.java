package dev.cinnabar.server.web;

import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Lang;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.law.Words;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What every template knows beside its own matter: the words, the look, who is signed in, where we are. */
public final class View {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.of("Asia/Shanghai"));

    private final Setting setting;

    /**
     * What a page is set in.
     *
     * @param path the path asked, without its query
     * @param asked the path with its query, to come back to
     * @param me who is signed in
     * @param token the session's token against forged requests, where there is a session
     * @param fragment whether only the inside of {@code main} is wanted
     * @param demo whether the banner DEMO is to be shown
     */
    record Setting(
            Messages messages,
            Look look,
            String path,
            String asked,
            Optional<Me> me,
            Optional<Token> token,
            boolean fragment,
            boolean demo,
            List<Flash> flashes,
            List<Step> nav,
            Assets assets) {}

    /** The person signed in, as the page shows and asks for them. */
    public record Me(String display, Actor actor, boolean mustChange) {}

    /** The hidden field of every form under /console. */
    public record Token(String field, String value) {}

    /** A group of the navigation and the places in it. */
    public record Step(Place.Group group, List<Place> places) {}

    View(Setting setting) {
        this.setting = setting;
    }

    /** The sentence of this key, in the person's language. */
    public String t(String key, Object... gaps) {
        return setting.messages().in(lang(), key, gaps);
    }

    /** The words, in the person's language. */
    public String t(Words words) {
        return words.in(lang());
    }

    /** The name of a constant: the message {@code PREFIX.NAME}. */
    public String t(String prefix, Enum<?> constant) {
        return t(prefix + "." + constant.name());
    }

    /** The sentence of what is wrong with a field. */
    public String t(Form.Wrong wrong) {
        return t(wrong.key(), wrong.gaps().toArray());
    }

    /** The sentence of a message shown once. */
    public String t(Flash flash) {
        return t(flash.key(), flash.gaps().toArray());
    }

    /** The moment in China's time, like {@code 2026-11-23 20:33:05}; pages show it through {@code part/time}. */
    public String clock(Instant at) {
        return CLOCK.format(at);
    }

    /** A whole number with its thousands apart. */
    public String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    public Lang lang() {
        return setting.look().lang();
    }

    public Look look() {
        return setting.look();
    }

    public String path() {
        return setting.path();
    }

    /** The path with its query, to come back to. */
    public String asked() {
        return setting.asked();
    }

    public Optional<Me> me() {
        return setting.me();
    }

    /** Whether the person signed in holds one of the roles: to leave away buttons that would be refused. */
    public boolean may(Role... roles) {
        return setting.me()
                .map(me -> List.of(roles).stream().anyMatch(me.actor()::is))
                .orElse(false);
    }

    public Optional<Token> token() {
        return setting.token();
    }

    /** Whether htmx asked for the inside of {@code main} only. */
    public boolean fragment() {
        return setting.fragment();
    }

    public boolean demo() {
        return setting.demo();
    }

    public List<Flash> flashes() {
        return setting.flashes();
    }

    public List<Step> nav() {
        return setting.nav();
    }

    /** After how many idle seconds the session ends. */
    public long idleSeconds() {
        return Web.IDLE.toSeconds();
    }

    /** The address of a static file, with its hash in it. */
    public String asset(String name) {
        return setting.assets().address(name);
    }
}
