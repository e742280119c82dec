package dev.cinnabar.server.oversight;

import dev.cinnabar.ledger.LedgerException;
import dev.cinnabar.server.algorithms.Algorithms;
import dev.cinnabar.server.features.Features;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.logs.GovernanceFollower;
import dev.cinnabar.server.logs.Logs;
import dev.cinnabar.server.logs.TrafficFollower;
import dev.cinnabar.server.web.Routes;
import dev.cinnabar.server.web.Staff;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What compliance officers and inspectors see across all rooms. It reads the façades of the others and keeps nothing. */
public final class Oversight {
    private static final Logger LOG = LoggerFactory.getLogger(Oversight.class);

    private final InstantSource clock;
    private final List<Logs.Log> books;
    private final Function<String, List<Long>> index;
    private final Optional<Day> day;
    private final Map<String, List<Gauge>> gauges;

    /**
     * The façades it reads.
     *
     * @param confirmed whether what the gates hold in memory was compared with the database lately
     */
    public record Rooms(
            Logs logs,
            TrafficFollower index,
            GovernanceFollower governance,
            BooleanSupplier confirmed,
            Staff staff,
            Algorithms algorithms,
            Features features) {}

    /** Over these façades; {@code demo} says that this is no real service. */
    public static Oversight over(Rooms rooms, InstantSource clock, boolean demo) {
        Map<String, List<Gauge>> gauges = new LinkedHashMap<>();
        gauges.put(
                "overview.decisions",
                List.of(new FeatureGauge(rooms.features()), new FunctionGauge(rooms.algorithms())));
        List<Gauge> ready = readiness(clock, rooms.logs().all(), rooms.confirmed(), demo, rooms.staff());
        ready.add(new OutboxGauge(rooms.governance()));
        gauges.put("overview.readiness", ready);
        return new Oversight(
                clock,
                rooms.logs().all(),
                content -> rooms.index().mentions(content).stream()
                        .map(TrafficFollower.Mention::entry)
                        .toList(),
                gauges);
    }

    static List<Gauge> readiness(
            InstantSource clock, List<Logs.Log> books, BooleanSupplier confirmed, boolean demo, Staff staff) {
        List<Gauge> gauges = new ArrayList<>();
        if (demo) {
            gauges.add(() -> List.of(Tile.of("overview.demo", Tile.State.CARE, "DEMO")));
        }
        gauges.add(new BookGauge(books, clock));
        gauges.add(new MemoryGauge(confirmed));
        gauges.add(new StaffGauge(staff));
        return gauges;
    }

    Oversight(
            InstantSource clock,
            List<Logs.Log> books,
            Function<String, List<Long>> index,
            Map<String, List<Gauge>> gauges) {
        this.index = index;
        this.clock = clock;
        this.books = List.copyOf(books);
        this.day = books.stream()
                .filter(b -> b.name().equals("traffic"))
                .findFirst()
                .map(b -> new Day(b.ledger(), clock));
        this.gauges = new LinkedHashMap<>(gauges);
    }

    /** The pages: overview and ledger. */
    @Article({"10", "16"})
    public Routes routes() {
        return table -> {
            new OverviewRoutes(this).on(table);
            new LedgerRoutes(books, index).on(table);
        };
    }

    /** Every fact, computed now. What cannot be read is said to be so. */
    OverviewPage overview() {
        List<Section> sections = new ArrayList<>();
        Optional<Day.Tally> tally = tally();
        tally.ifPresent(t -> sections.add(today(t)));
        gauges.forEach((key, all) -> sections.add(
                new Section(key, all.stream().flatMap(g -> read(g).stream()).toList())));
        List<Map.Entry<String, Long>> refused = tally.map(t -> t.refused().entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                        .<Map.Entry<String, Long>>map(e -> Map.entry(e.getKey(), e.getValue()))
                        .toList())
                .orElse(List.of());
        return new OverviewPage(clock.instant(), sections, refused);
    }

    private Optional<Day.Tally> tally() {
        try {
            return day.isEmpty() ? Optional.empty() : Optional.of(day.get().count());
        } catch (LedgerException e) {
            LOG.error("today's entries could not be counted", e);
            return Optional.empty();
        }
    }

    private static Section today(Day.Tally tally) {
        long released =
                tally.kinds().getOrDefault("released", 0L) + tally.kinds().getOrDefault("opened", 0L);
        long refused =
                tally.refused().values().stream().mapToLong(Long::longValue).sum();
        List<Tile> tiles = new ArrayList<>();
        tiles.add(Tile.of("overview.released", Tile.State.INFO, released));
        tiles.add(Tile.of("overview.refused", Tile.State.INFO, refused));
        if (tally.behind() > 0) {
            tiles.add(Tile.of("overview.behind", Tile.State.CARE, tally.behind()));
        }
        if (tally.unread() > 0) {
            tiles.add(Tile.of("overview.unread", Tile.State.BAD, tally.unread()));
        }
        return new Section("overview.today", tiles);
    }

    private static List<Tile> read(Gauge gauge) {
        try {
            return gauge.read();
        } catch (RuntimeException e) {
            LOG.error("a fact of the overview could not be read", e);
            return List.of(Tile.of("overview.unreadable", Tile.State.BAD, "", String.valueOf(e.getMessage())));
        }
    }
}
