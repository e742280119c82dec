package dev.cinnabar.server;

import dev.cinnabar.server.content.ContentStore;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.logs.TrafficFollower;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Erases contents that were kept while their entry could not be recorded: nobody was ever given them, and nothing says that they are there. */
@Article("16")
final class Orphans {
    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
    /** An entry follows its content within seconds; a younger content may still be on its way into the log. */
    private static final Duration YOUNG = Duration.ofHours(1);

    private final ContentStore contents;
    private final TrafficFollower traffic;
    private final InstantSource clock;
    /** What was sealed before was looked at, and cannot become an orphan any more. */
    private long looked;

    Orphans(ContentStore contents, TrafficFollower traffic, InstantSource clock) {
        this.contents = contents;
        this.traffic = traffic;
        this.clock = clock;
    }

    /** Looks at what was sealed since the last time. */
    synchronized void sweep() {
        long before = clock.instant().minus(YOUNG).toEpochMilli();
        try {
            int erased = contents.sweepOrphans(looked, before, traffic::recorded);
            looked = before;
            if (erased > 0) {
                LOG.warn("{} contents that no entry names were erased: they were never released", erased);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
