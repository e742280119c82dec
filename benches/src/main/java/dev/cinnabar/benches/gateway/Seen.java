package dev.cinnabar.benches.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What the rounds of one target gave. */
final class Seen {
    static final String HEADER = """
            | who | requests/s | CPU us/request | times nginx | p50 ms at 500/s | p99 ms | p50 added | p99 added | first chunk ms, p50 | added | CPU us/chunk | failures |
            |---|---|---|---|---|---|---|---|---|---|---|---|""";

    private static final int PER_SECOND = 500;

    private final String name;
    private final Load load;
    private final List<Load.Result> flat = new ArrayList<>();
    private final List<Load.Result> rate = new ArrayList<>();
    private final List<Load.Result> streams = new ArrayList<>();

    Seen(String name, Load load) {
        this.name = name;
        this.load = load;
    }

    void round(int requests, int parallel) throws Exception {
        flat.add(load.flatOut(16, requests));
        rate.add(load.atRate(16, Math.min(5_000, requests), PER_SECOND));
        streams.add(load.streams(parallel));
    }

    private static double median(List<Load.Result> results, ToDoubleFunction<Load.Result> what) {
        double[] sorted = results.stream().mapToDouble(what).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private double cpu() {
        return median(flat, Load.Result::cpuMicros);
    }

    private double p50() {
        return median(rate, Load.Result::p50);
    }

    private double p99() {
        return median(rate, Load.Result::p99);
    }

    private double first() {
        return median(streams, Load.Result::p50);
    }

    /** A row of the table, against the model behind all of them and against nginx. */
    String row(Seen model, Seen nginx) {
        int failures = flat.stream().mapToInt(Load.Result::failures).sum()
                + rate.stream().mapToInt(Load.Result::failures).sum()
                + streams.stream().mapToInt(Load.Result::failures).sum();
        return "| %s | %,.0f | %.0f | %.1f | %.2f | %.2f | %.2f | %.2f | %.1f | %.1f | %.0f | %d |"
                .formatted(
                        name,
                        median(flat, Load.Result::perSecond),
                        cpu(),
                        cpu() / nginx.cpu(),
                        p50(),
                        p99(),
                        p50() - model.p50(),
                        p99() - model.p99(),
                        first(),
                        first() - model.first(),
                        median(streams, Load.Result::cpuMicros),
                        failures);
    }
}
