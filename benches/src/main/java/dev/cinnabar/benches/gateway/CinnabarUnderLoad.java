package dev.cinnabar.benches.gateway;

import dev.cinnabar.review.Action;
import dev.cinnabar.review.Feature;
import dev.cinnabar.review.FeatureCsv;
import dev.cinnabar.review.Folds;
import dev.cinnabar.review.Risk;
import dev.cinnabar.review.Severity;
import dev.cinnabar.server.ServeOptions;
import dev.cinnabar.server.Server;
import dev.cinnabar.server.apps.Apps;
import dev.cinnabar.server.features.Features;
import dev.cinnabar.server.features.Proposal;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Lang;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.people.Attempt;
import dev.cinnabar.server.people.AttestedVerifier;
import dev.cinnabar.server.people.Document;
import dev.cinnabar.server.people.Method;
import dev.cinnabar.server.people.People;
import dev.cinnabar.server.people.User;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * The server as anybody would run it, with 10,000 features in force and one verified user: a program of its own that prints {@code PORT KEY} when it is ready. Arguments:
 * the data folder and the port of the mock model.
 */
final class CinnabarUnderLoad {
    static final int FEATURES = 10_000;
    static final String USER = "bench-user";

    private static final String REASON = "made words for the benchmark";
    private static final Actor PROPOSER = new Actor("bench-proposer", Set.of(Role.REVIEWER));
    private static final Actor APPROVER = new Actor("bench-approver", Set.of(Role.SENIOR, Role.OFFICER));

    private CinnabarUnderLoad() {}

    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[0]);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ServeOptions options = new ServeOptions(
                Optional.of("127.0.0.1"),
                OptionalInt.of(0),
                Optional.of(data),
                Optional.of(settings(data, args[1])),
                false,
                Map.of(),
                new PrintStream(said, true, StandardCharsets.UTF_8));
        try (Server server = Server.start(options)) {
            user(server);
            features(server);
            System.out.println(URI.create(server.url()).getPort() + " " + key(said.toString(StandardCharsets.UTF_8)));
            server.await();
        }
    }

    private static Path settings(Path data, String model) throws IOException {
        return Files.writeString(data.resolveSibling("cinnabar.yaml"), """
                label:
                  producer: 001191330106MA2CFLDG4R10001
                limits:
                  per-minute: 1000000000
                upstreams:
                  mock:
                    url: http://127.0.0.1:%s/v1
                    models:
                      mock:
                        weight: 1
                """.formatted(model));
    }

    private static String key(String printed) {
        return printed.lines()
                .filter(line -> line.startsWith("key: "))
                .map(line -> line.substring(5).strip())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the server printed no key: is the data folder fresh?"));
    }

    private static void user(Server server) {
        People people = server.get(People.class);
        String app = server.get(Apps.class).all().getFirst().id();
        Actor actor = Actor.app(app);
        done(people.register(app, USER, User.Kind.PERSON, Optional.empty(), actor));
        Attempt attempt = new Attempt(
                AttestedVerifier.NAME, Method.MOBILE, "bench record", Optional.of(Instant.now()), Optional.empty());
        done(people.identities().verify(app, USER, attempt, actor));
        people.agreements().inForce().forEach((kind, document) -> {
            if (kind == Document.Kind.AGREEMENT) {
                done(people.agreements()
                        .accept(app, USER, kind, document.version(), document.hash(), Instant.now(), "bench"));
            }
        });
    }

    private static void features(Server server) throws InterruptedException {
        Features features = server.get(Features.class);
        Proposal.Papers papers = new Proposal.Papers(
                "made words", "made for the benchmark", "bench", Instant.now().plus(Duration.ofDays(30)));
        Features.Imported imported = done(features.importCsv(PROPOSER, FeatureCsv.write(words()), papers, REASON));
        for (String step : List.of("review", "shadow", "activate")) {
            Features.Taken taken = done(features.takeBatch(APPROVER, imported.batch(), step, REASON));
            if (taken.done() != FEATURES) {
                throw new IllegalStateException(step + " took " + taken.done() + " of " + FEATURES + " features; "
                        + taken.left().stream().limit(3).toList());
            }
        }
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (features.live().current().map(library -> library.size()).orElse(0) < FEATURES) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the features did not come into force within a minute");
            }
            Thread.sleep(50);
        }
    }

    /** Half of them of four to eight Chinese characters, half of nonsense that begins like the words of the prompts, so that the matcher has work to do. */
    static List<Feature> words() {
        Random random = new Random(23);
        Set<String> words = new TreeSet<>();
        String[] beginnings = {"quiet ", "harbour ", "evening ", "describe ", "please ", "boats ", "lamp "};
        while (words.size() < FEATURES) {
            words.add(
                    words.size() % 2 == 0
                            ? letters(random, 0x4e00, 5_000, 4 + random.nextInt(5))
                            : beginnings[random.nextInt(beginnings.length)] + letters(random, 'a', 26, 9));
        }
        List<Feature> features = new ArrayList<>();
        for (String word : words) {
            features.add(new Feature(
                    "bench-" + features.size(),
                    1,
                    word,
                    new Risk("A.1.h"),
                    Severity.HIGH,
                    Action.BLOCK,
                    Folds.DEFAULT));
        }
        return features;
    }

    private static String letters(Random random, int first, int kinds, int length) {
        StringBuilder out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            out.append((char) (first + random.nextInt(kinds)));
        }
        return out.toString();
    }

    private static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Not<T>(Refused refused) ->
                throw new IllegalStateException(refused.reason().in(Lang.EN));
        };
    }
}
