package dev.cinnabar.review;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The review of one stream of text: holds back exactly what could still become a match and releases the rest at once. Not for several threads at a time.
 *
 * <p>A stream stops at the hit that holds or blocks and ends first. Its span begins where the leftmost of the hits ending there begins; what lies before is
 * released, nothing from there on ever is. How the text was cut into chunks changes none of it.
 */
public final class StreamReview {
    private final List<Scan> scans;

    /** What is not released yet. */
    private final StringBuilder kept = new StringBuilder();

    /** Where {@link #kept} begins in the stream. */
    private int keptFrom;

    private int scanned;

    /** Noted, but not given yet. */
    private final List<Hit> notes = new ArrayList<>();

    private int notesGiven;
    private boolean finished;
    private Optional<Verdict.Stop> stop = Optional.empty();

    StreamReview(List<Scan> scans) {
        this.scans = scans;
    }

    /**
     * Takes the next piece, of any size, cut anywhere. After a stop it takes nothing and says the stop again.
     *
     * @throws IllegalStateException after {@link #finish}
     */
    public Step feed(CharSequence chunk) {
        if (finished) {
            throw new IllegalStateException("the stream is finished");
        }
        if (stop.isPresent()) {
            return new Step("", List.of(), stop);
        }
        kept.append(chunk);
        // Counted exactly, for a stream of two thousand million units must fail and not wrap around.
        int end = Math.addExact(keptFrom, kept.length());
        boolean half = end > scanned && Character.isHighSurrogate(kept.charAt(kept.length() - 1));
        scan(half ? end - 1 : end);
        return step(false);
    }

    /** Says that the text is complete: what is still held is decided. */
    public Step finish() {
        if (!finished && stop.isEmpty()) {
            scan(keptFrom + kept.length());
            scans.forEach(Scan::end);
            finished = true;
            return step(true);
        }
        finished = true;
        return new Step("", List.of(), stop);
    }

    /** How many UTF-16 units are held back now; 0 after a stop, for then nothing waits. */
    public int held() {
        return kept.length();
    }

    private void scan(int end) {
        Pieces pieces = new Pieces(kept, scanned - keptFrom, end - keptFrom);
        while (pieces.next()) {
            for (Scan scan : scans) {
                scan.read(pieces.buffer(), pieces.length(), keptFrom + pieces.offset());
            }
        }
        scanned = end;
    }

    private Step step(boolean complete) {
        int waits = Integer.MAX_VALUE;
        int stopEnd = Integer.MAX_VALUE;
        int live = scanned;
        for (Scan scan : scans) {
            waits = Math.min(waits, pendingEnd(scan));
            live = complete ? live : Math.min(live, scan.live(scanned));
            Found stops = scan.matches().stops();
            if (stops.size() > 0) {
                stopEnd = Math.min(stopEnd, stops.end(0));
                live = Math.min(live, starts(stops));
            }
        }
        collectNotes();
        if (stopEnd < waits) {
            return stopAt(stopEnd);
        }
        List<Hit> given = notes(Math.min(waits - 1, stopEnd));
        return new Step(release(live), given, Optional.empty());
    }

    /** Where what waits for its next letter ends. */
    private static int pendingEnd(Scan scan) {
        Found pending = scan.matches().pending();
        return pending.size() == 0 ? Integer.MAX_VALUE : pending.end(0);
    }

    private static int starts(Found stops) {
        int least = Integer.MAX_VALUE;
        for (int row = 0; row < stops.size(); row++) {
            least = Math.min(least, stops.start(row));
        }
        return least;
    }

    private Step stopAt(int end) {
        List<Hit> hits = new ArrayList<>();
        for (Scan scan : scans) {
            for (int row = 0;
                    row < scan.matches().stops().size()
                            && scan.matches().stops().end(row) == end;
                    row++) {
                hits.add(hit(scan, scan.matches().stops(), row));
            }
        }
        Collections.sort(hits);
        boolean blocks = hits.stream().anyMatch(hit -> hit.feature().action() == Action.BLOCK);
        stop = Optional.of(blocks ? new Verdict.Block(hits) : new Verdict.Hold(hits));
        List<Hit> given = notes(end);
        String released = release(hits.getFirst().start());
        keptFrom += kept.length();
        kept.setLength(0);
        kept.trimToSize();
        return new Step(released, given, stop);
    }

    /** Takes in what the scans noted while its text is still kept. */
    private void collectNotes() {
        for (Scan scan : scans) {
            Found found = scan.matches().notes();
            for (int row = 0; row < found.size(); row++) {
                notes.add(hit(scan, found, row));
            }
            found.clear();
        }
    }

    /** Gives the notes that end there or before; later ones wait, for a stop may come before them. */
    private List<Hit> notes(int lastEnd) {
        List<Hit> given = notes.stream()
                .filter(hit -> hit.end() <= lastEnd)
                .sorted()
                .limit(Library.MOST_HITS - notesGiven)
                .toList();
        notes.removeIf(hit -> hit.end() <= lastEnd);
        notesGiven += given.size();
        return given;
    }

    private Hit hit(Scan scan, Found found, int row) {
        int start = found.start(row);
        int end = found.end(row);
        return new Hit(
                scan.view().feature(found.feature(row)), start, end, kept.substring(start - keptFrom, end - keptFrom));
    }

    private String release(int until) {
        String released = kept.substring(0, until - keptFrom);
        kept.delete(0, released.length());
        keptFrom = until;
        return released;
    }
}
