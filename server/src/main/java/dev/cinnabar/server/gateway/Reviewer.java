package dev.cinnabar.server.gateway;

import dev.cinnabar.review.Hit;
import dev.cinnabar.review.Library;
import dev.cinnabar.review.Verdict;
import dev.cinnabar.server.features.Hits;
import dev.cinnabar.server.gateway.surface.Said;
import java.util.List;
import java.util.Optional;

/** Reviews texts with a snapshot of the feature library and tells what was hit. */
final class Reviewer {
    private final Hits hits;

    Reviewer(Hits hits) {
        this.hits = hits;
    }

    /** Reviews all texts in one go, one after the other with a line break between, so that a word cut in two over neighbouring texts is found as well. */
    Judged judge(Library library, List<Said> said) {
        if (said.size() == 1) {
            return judged(library.review(said.getFirst().text()), said);
        }
        StringBuilder all = new StringBuilder();
        for (Said each : said) {
            all.append(each.text()).append('\n');
        }
        return judged(library.review(all), said);
    }

    /** What a stopped stream said of one of its texts. */
    Judged stopped(Verdict.Stop stop, String where) {
        List<Hit> counted = count(stop.hits());
        return new Judged(
                stop.word(),
                counted,
                counted.stream().findFirst().map(hit -> new Judged.Place(where, hit.start(), hit.end())));
    }

    /** Tells what was hit, and gives back what counts for the record. */
    List<Hit> count(List<Hit> found) {
        return found.isEmpty() ? found : hits.count(found);
    }

    private Judged judged(Verdict verdict, List<Said> said) {
        List<Hit> counted = count(verdict.hits());
        Optional<Judged.Place> first = switch (verdict) {
            case Verdict.Pass pass -> Optional.empty();
            case Verdict.Stop stop ->
                stop.hits().stream()
                        .filter(hit -> hit.feature().action().word().equals(stop.word()))
                        .findFirst()
                        .map(hit -> place(hit, said));
        };
        return new Judged(verdict.word(), counted, first);
    }

    private static Judged.Place place(Hit hit, List<Said> said) {
        int at = 0;
        for (Said each : said) {
            int end = at + each.text().length();
            if (hit.start() <= end) {
                return new Judged.Place(each.where(), hit.start() - at, Math.min(hit.end(), end) - at);
            }
            at = end + 1;
        }
        return new Judged.Place("", hit.start(), hit.end());
    }
}
