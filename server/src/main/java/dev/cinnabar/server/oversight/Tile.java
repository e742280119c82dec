package dev.cinnabar.server.oversight;

import dev.cinnabar.server.web.Tone;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One fact on the overview, computed when it is looked at.
 *
 * @param key the message with its name; {@code KEY.note} is the sentence below
 * @param figure a number or word; may be empty
 * @param gaps what fills the gaps of the sentence
 * @param link where to see more
 */
public record Tile(String key, State state, String figure, List<String> gaps, Optional<String> link) {
    public Tile {
        gaps = List.copyOf(gaps);
    }

    /** What a fact means. */
    public enum State {
        GOOD(Tone.GOOD),
        /** Somebody has to do something. */
        CARE(Tone.CARE),
        BAD(Tone.BAD),
        INFO(Tone.INFO),
        /** Nothing exists from which it could be computed: said, never guessed. */
        NOT_EVALUABLE(Tone.PLAIN);

        private final Tone tone;

        State(Tone tone) {
            this.tone = tone;
        }

        public Tone tone() {
            return tone;
        }
    }

    static Tile of(String key, State state, long figure, Object... gaps) {
        return of(key, state, String.format(Locale.ROOT, "%,d", figure), gaps);
    }

    static Tile of(String key, State state, String figure, Object... gaps) {
        List<String> words = java.util.Arrays.stream(gaps).map(String::valueOf).toList();
        return new Tile(key, state, figure, words, Optional.empty());
    }

    Tile at(String path) {
        return new Tile(key, state, figure, gaps, Optional.of(path));
    }
}
