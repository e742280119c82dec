package dev.cinnabar.server.algorithms;

import dev.cinnabar.server.web.Form;
import dev.cinnabar.server.web.Moment;
import dev.cinnabar.server.web.Tone;
import java.util.List;

/** What the pages of functions show. */
public final class FunctionPages {
    private FunctionPages() {}

    /** All functions, by the class of Art. 23. */
    public record All(String version, List<Item> items) {}

    /** A technology class and its functions. */
    public record Item(int item, List<Algorithms.Listed> functions) {}

    /**
     * One function.
     *
     * @param by who confirmed its present state; empty where nobody ever switched it
     * @param form of a new request, kept when it was refused
     */
    public record One(Algorithms.Listed listed, String by, List<Wish> wishes, Form form) {
        /** Whether it may ever be switched on. */
        public boolean may() {
            return listed.on() || !listed.function().trait().biometric();
        }
    }

    /** A request with its history and what this person may do with it. */
    public record Wish(
            Switching.Request request, String proposer, Tone tone, List<Moment> moments, List<Offer> offers) {}

    /** A step of a request, with why it is closed to this person where it is. */
    public record Offer(String step, String label, String closed) {}
}
