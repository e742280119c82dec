package dev.cinnabar.server.gateway;

import dev.cinnabar.review.Library;
import dev.cinnabar.review.Step;
import dev.cinnabar.review.StreamReview;
import dev.cinnabar.review.Verdict;
import dev.cinnabar.server.gateway.surface.Logprob;
import dev.cinnabar.server.gateway.surface.LogprobQueue;
import dev.cinnabar.server.gateway.surface.Track;
import dev.cinnabar.server.gateway.surface.Unescaped;
import java.util.List;
import java.util.Optional;

/** The review of one track of a stream. Arguments are reviewed without their escapes and released as they were written. */
final class Lane {
    /** What may go out now, what was noted, and why nothing more will. */
    record Cleared(
            String text, List<Logprob> logprobs, List<dev.cinnabar.review.Hit> notes, Optional<Verdict.Stop> stop) {}

    private final StreamReview review;
    private final boolean escaped;
    private final Unescaped unescaped = new Unescaped();
    private final StringBuilder waiting = new StringBuilder();
    private final LogprobQueue logprobs = new LogprobQueue();
    private final StringBuilder all = new StringBuilder();

    Lane(Library library, Track track) {
        this.review = library.stream();
        this.escaped = track.kind() == Track.Kind.ARGUMENTS;
    }

    Cleared feed(String text, List<Logprob> more) {
        all.append(text);
        logprobs.add(more);
        if (!escaped) {
            return cleared(review.feed(text));
        }
        waiting.append(text);
        return cleared(review.feed(unescaped.feed(text)));
    }

    Cleared finish() {
        if (!escaped) {
            return cleared(review.finish());
        }
        Step cut = review.feed(unescaped.finish());
        if (cut.stop().isPresent()) {
            return cleared(cut);
        }
        Step rest = review.finish();
        return cleared(new Step(cut.released() + rest.released(), joined(cut, rest), rest.stop()));
    }

    private static List<dev.cinnabar.review.Hit> joined(Step one, Step two) {
        return java.util.stream.Stream.concat(one.notes().stream(), two.notes().stream())
                .toList();
    }

    private Cleared cleared(Step step) {
        String text = step.released();
        if (escaped) {
            int length = unescaped.originals(text.length());
            text = waiting.substring(0, length);
            waiting.delete(0, length);
        }
        return new Cleared(text, logprobs.release(text), step.notes(), step.stop());
    }

    /** Everything that the model said on this track, released or not. */
    String said() {
        return all.toString();
    }
}
