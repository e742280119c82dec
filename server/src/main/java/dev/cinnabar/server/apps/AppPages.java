package dev.cinnabar.server.apps;

import dev.cinnabar.server.law.Lang;
import dev.cinnabar.server.web.Choice;
import dev.cinnabar.server.web.Form;
import dev.cinnabar.server.web.Tone;
import dev.cinnabar.server.web.View;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the pages of applications and keys show. */
public final class AppPages {
    private AppPages() {}

    /** All applications. */
    public record All(List<App> apps) {}

    /**
     * The form of a new application, or of one that is to be changed.
     *
     * @param action where the form is sent
     * @param title the key of the page's title
     * @param back where to go back to
     */
    public record Edit(Form form, String action, String title, String back) {
        /** Who shows the explicit label of text. */
        public List<Choice> explicit(View v) {
            return Stream.of(Caller.Explicit.values())
                    .map(value ->
                            new Choice(value.name(), v.t("apps.explicit", value), v.t("apps.explicit.note", value)))
                    .toList();
        }

        /** The languages of labels and refusals. */
        public List<Choice> langs(View v) {
            return Stream.of(Lang.values())
                    .map(value -> new Choice(value.name(), v.t("apps.lang", value)))
                    .toList();
        }
    }

    /** One application and its keys. */
    public record One(App app, List<Row> keys) {}

    /** A key as a row shows it. */
    public record Row(Key key, Key.State state, Tone tone) {
        static Row of(Key key, Instant now) {
            Key.State state = key.state(now);
            return new Row(
                    key,
                    state,
                    switch (state) {
                        case VALID -> Tone.GOOD;
                        case OVERLAPPING -> Tone.CARE;
                        case EXPIRED, REVOKED -> Tone.BAD;
                    });
        }
    }

    /** The form of a new key. */
    public record NewKey(App app, Form form) {
        /** What a key may do. */
        public List<Choice> scopes(View v) {
            return Stream.of(Scope.values())
                    .map(scope ->
                            new Choice(scope.name(), scope.name().toLowerCase(Locale.ROOT), v.t("apps.scope", scope)))
                    .toList();
        }
    }

    /** A key, this once. */
    public record Shown(App app, Key key, String secret) {}

    /**
     * One key, with the forms to rotate and to revoke it.
     *
     * @param creator who issued it
     * @param longest the longest overlap, in hours
     */
    public record OneKey(App app, Row row, String creator, String revoker, Form rotate, Form revoke, long longest) {}
}
