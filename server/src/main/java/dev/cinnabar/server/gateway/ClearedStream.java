package dev.cinnabar.server.gateway;

import dev.cinnabar.review.Hit;
import dev.cinnabar.review.Library;
import dev.cinnabar.review.Verdict;
import dev.cinnabar.server.gateway.surface.ChatStream;
import dev.cinnabar.server.gateway.surface.Delta;
import dev.cinnabar.server.gateway.surface.Logprob;
import dev.cinnabar.server.gateway.surface.Said;
import dev.cinnabar.server.gateway.surface.Track;
import dev.cinnabar.server.gateway.upstream.UpstreamFailed;
import dev.cinnabar.server.gateway.upstream.UpstreamFailed.How;
import dev.cinnabar.server.law.Refused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A streamed answer from which only reviewed text comes out. Every track has its own lane; a stop in one ends all. Not for several threads at a time. */
final class ClearedStream {
    /**
     * What may go on.
     *
     * @param stop why it ends here, after these deltas
     */
    record Window(List<Delta> deltas, Optional<Stop> stop, boolean end) {}

    private final ChatStream stream;
    private final Library library;
    private final Reviewer reviewer;
    private final Dossier dossier;
    private final boolean toolsAsked;
    private final int mostCharacters;
    private final Supplier<Optional<Refused>> still;
    private final Map<Track, Lane> lanes = new LinkedHashMap<>();
    private final List<Hit> noted = new ArrayList<>();
    private long characters;

    ClearedStream(
            ChatStream stream,
            Library library,
            Reviewer reviewer,
            Dossier dossier,
            boolean toolsAsked,
            int mostCharacters,
            Supplier<Optional<Refused>> still) {
        this.stream = stream;
        this.library = library;
        this.reviewer = reviewer;
        this.dossier = dossier;
        this.toolsAsked = toolsAsked;
        this.mostCharacters = mostCharacters;
        this.still = still;
    }

    /** Waits for the next window and reviews it. */
    Window next() throws UpstreamFailed {
        ChatStream.Window window = stream.next();
        dossier.upstream = stream.upstream();
        Optional<Refused> no = still.get();
        if (no.isPresent()) {
            return new Window(List.of(), Optional.of(new Stop(no.get(), "blocked")), true);
        }
        List<Delta> cleared = new ArrayList<>();
        Optional<Stop> stop = Optional.empty();
        List<Delta> deltas = merged(window.deltas());
        for (int i = 0; i < deltas.size() && stop.isEmpty(); i++) {
            stop = clear(deltas.get(i), cleared);
        }
        if (stop.isEmpty() && window.end()) {
            dossier.answered = Optional.of(new Judged("pass", List.copyOf(noted), Optional.empty()));
        }
        return new Window(cleared, stop, window.end() || stop.isPresent());
    }

    /** Neighbouring pieces of one track become one: they came at once, and go at once. */
    private static List<Delta> merged(List<Delta> deltas) {
        List<Delta> out = new ArrayList<>(deltas.size());
        for (Delta delta : deltas) {
            if (delta instanceof Delta.Text(Track track, String text, List<Logprob> logprobs)
                    && !out.isEmpty()
                    && out.getLast() instanceof Delta.Text(Track before, String earlier, List<Logprob> other)
                    && before.equals(track)) {
                List<Logprob> both = new ArrayList<>(other);
                both.addAll(logprobs);
                out.set(out.size() - 1, new Delta.Text(track, earlier + text, both));
            } else {
                out.add(delta);
            }
        }
        return out;
    }

    private Optional<Stop> clear(Delta delta, List<Delta> into) throws UpstreamFailed {
        return switch (delta) {
            case Delta.Role role -> {
                into.add(role);
                yield Optional.empty();
            }
            case Delta.Text text -> text(text, into);
            case Delta.Call call -> call(call, into);
            case Delta.Finish finish -> finish(finish, into);
            case Delta.Usage usage -> {
                dossier.usage = Optional.of(usage.usage());
                yield Optional.empty();
            }
        };
    }

    private Optional<Stop> text(Delta.Text text, List<Delta> into) throws UpstreamFailed {
        characters += text.text().length();
        if (characters > mostCharacters) {
            throw new UpstreamFailed(
                    How.TOO_MUCH, "an upstream's answer has more than " + mostCharacters + " characters");
        }
        for (Logprob each : text.logprobs()) {
            for (String word : each.words()) {
                if (library.review(word) instanceof Verdict.Stop stop) {
                    return Optional.of(stopped(stop, new Track(text.track().choice(), Track.Kind.CONTENT, 0)));
                }
            }
        }
        Lane lane = lanes.computeIfAbsent(text.track(), track -> new Lane(library, track));
        return out(text.track(), lane.feed(text.text(), text.logprobs()), into);
    }

    private Optional<Stop> call(Delta.Call call, List<Delta> into) throws UpstreamFailed {
        if (!toolsAsked) {
            throw new UpstreamFailed(How.NOT_UNDERSTOOD, "an upstream called a tool that nobody offered");
        }
        if (library.review(call.name()) instanceof Verdict.Stop stop) {
            return Optional.of(stopped(stop, new Track(call.choice(), Track.Kind.ARGUMENTS, call.call())));
        }
        into.add(call);
        return Optional.empty();
    }

    private Optional<Stop> finish(Delta.Finish finish, List<Delta> into) {
        for (Map.Entry<Track, Lane> each : lanes.entrySet()) {
            if (each.getKey().choice() == finish.choice()) {
                Optional<Stop> stop = out(each.getKey(), each.getValue().finish(), into);
                if (stop.isPresent()) {
                    return stop;
                }
            }
        }
        into.add(finish);
        return Optional.empty();
    }

    private Optional<Stop> out(Track track, Lane.Cleared cleared, List<Delta> into) {
        if (!cleared.text().isEmpty()) {
            into.add(new Delta.Text(track, cleared.text(), cleared.logprobs()));
        }
        noted.addAll(reviewer.count(cleared.notes()));
        return cleared.stop().map(stop -> stopped(stop, track));
    }

    private Stop stopped(Verdict.Stop stop, Track track) {
        Judged judged = reviewer.stopped(
                stop, "choices[" + track.choice() + "]." + track.kind().field());
        List<Hit> all = new ArrayList<>(judged.hits());
        all.addAll(noted);
        dossier.answered = Optional.of(new Judged(judged.word(), all, judged.first()));
        dossier.withheld = Optional.of(Withheld.json(said()));
        return judged.holds()
                ? new Stop(Refusals.held(dossier.content), "held")
                : new Stop(Refusals.blockedAnswer(judged.risk()), "blocked");
    }

    private List<Said> said() {
        List<Said> said = new ArrayList<>();
        lanes.forEach((track, lane) -> said.add(
                new Said("choices[" + track.choice() + "]." + track.kind().field(), lane.said())));
        return said;
    }

    /** The stream below, to be read to its end for the usage or cancelled. */
    ChatStream stream() {
        return stream;
    }
}
