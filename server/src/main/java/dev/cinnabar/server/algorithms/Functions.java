package dev.cinnabar.server.algorithms;

import dev.cinnabar.server.law.Words;

/** Tells whether a function of Article 23 may run, from memory: asked on every request. */
public interface Functions {
    /** Whether the function, like {@code text.dialogue}, is on. A function that nobody listed is off. */
    Switch of(String function);

    sealed interface Switch {}

    record On(String function) implements Switch {}

    /**
     * Off: never switched on, switched off, or not in the table.
     *
     * @param why a stable word: {@code unlisted}, {@code never_on} or {@code switched_off}
     */
    record Off(String function, String why) implements Switch {
        /** The reason as a sentence. */
        public Words sentence() {
            return switch (why) {
                case "unlisted" ->
                    new Words(
                            "功能“" + function + "”不在功能表内。",
                            "The function " + function + " is not in the table of functions.");
                case "never_on" ->
                    new Words("功能“" + function + "”从未开启。", "The function " + function + " was never switched on.");
                default -> new Words("功能“" + function + "”已关闭。", "The function " + function + " is switched off.");
            };
        }
    }

    /** What is in memory could not be confirmed lately: refuse (fail closed). */
    record Unready() implements Switch {}
}
