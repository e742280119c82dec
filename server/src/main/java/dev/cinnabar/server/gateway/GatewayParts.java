package dev.cinnabar.server.gateway;

import dev.cinnabar.label.Labels;
import dev.cinnabar.label.Limits;
import dev.cinnabar.server.algorithms.Functions;
import dev.cinnabar.server.apps.Allowance;
import dev.cinnabar.server.apps.Callers;
import dev.cinnabar.server.content.Contents;
import dev.cinnabar.server.features.Hits;
import dev.cinnabar.server.features.Live;
import dev.cinnabar.server.gateway.surface.Answers;
import dev.cinnabar.server.gateway.surface.Asks;
import dev.cinnabar.server.gateway.surface.TextLabel;
import dev.cinnabar.server.gateway.upstream.Fetch;
import dev.cinnabar.server.gateway.upstream.Upstreams;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.server.logs.Traffic;
import dev.cinnabar.server.people.Standings;
import dev.cinnabar.server.tampering.Examiner;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/** Puts the rooms of the gateway together from the façades they ask, and shuts down what they run. */
public final class GatewayParts implements AutoCloseable {
    private static final Duration LONGEST_LABELLING = Duration.ofSeconds(60);
    private static final long MOST_PIXELS = 40_000_000;

    private final Press press;
    private final Tally tally;
    private final Drains drains;

    private GatewayParts(Press press, Tally tally, Drains drains) {
        this.press = press;
        this.tally = tally;
        this.drains = drains;
    }

    /**
     * What the gateway asks and stands on.
     *
     * @param addressKey 32 secret bytes that seal public addresses of files
     */
    public record Around(
            Callers callers,
            Allowance allowance,
            Standings standings,
            Functions functions,
            Live live,
            Hits hits,
            Contents contents,
            Traffic traffic,
            Upstreams upstreams,
            Fetch fetch,
            Examiner examiner,
            byte[] addressKey,
            Ulid ids,
            InstantSource clock,
            SecureRandom random,
            MeterRegistry registry) {}

    /** The gateway, ready to serve. */
    public static Gateway gateway(Around around, GatewayRules rules) {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
        Limits limits = Limits.standard();
        Labels labels = new Labels(new Limits(
                Math.max(rules.maxUpload(), 96L << 20),
                limits.boxes(),
                limits.depth(),
                limits.textBytes(),
                MOST_PIXELS));
        Press press = new Press(labels, threads, threads * 16, LONGEST_LABELLING);
        Tally tally = new Tally(around.traffic(), around.clock());
        Drains drains = new Drains(rules.drains(), rules.drainFor());
        return assemble(around, rules, new GatewayParts(press, tally, drains));
    }

    private static Gateway assemble(Around around, GatewayRules rules, GatewayParts parts) {
        InstantSource clock = around.clock();
        TextLabel label = new TextLabel();
        Reviewer reviewer = new Reviewer(around.hits());
        PublicAddress addresses = new PublicAddress(around.addressKey(), clock, rules.addressFor(), rules.baseUrl());
        Door door = new Door(
                around.callers(),
                around.traffic(),
                new Asks(label, rules.mostChoices(), rules.mostPictures()),
                new Strangers(clock, rules.strangersPerMinute()),
                around.allowance(),
                rules);
        Who who = new Who(around.standings(), clock, rules.identityToGenerate());
        May may = new May(around.functions(), around.upstreams(), clock, rules);
        Kept kept = new Kept(
                around.contents(),
                around.traffic(),
                parts.tally,
                new Entry(rules),
                around.random(),
                clock,
                new Figures(around.registry()),
                parts.drains);
        Journey journey = new Journey(
                door,
                who,
                may,
                new Asked(around.live(), reviewer),
                new Made(new Answers(around.upstreams(), around.fetch())),
                new Answered(reviewer, who, may, rules.mostCharacters()),
                new Marking(label, parts.press, rules.producer(), addresses),
                kept);
        Gateway.Counters counters = new Gateway.Counters(
                new ModelsCounter(door, around.upstreams()),
                new LabelCounter(door, parts.press, around.examiner(), rules),
                new PropagationCounter(door, parts.press, rules),
                new ContentCounter(door, around.contents(), addresses),
                new PublicationCounter(door, who, may, around.contents(), around.live(), reviewer, parts.press));
        return new Gateway(journey, counters, around.ids(), clock, rules, parts);
    }

    @Override
    public void close() {
        drains.close();
        press.close();
        tally.close();
    }
}
