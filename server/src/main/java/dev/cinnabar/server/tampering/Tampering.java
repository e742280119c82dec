package dev.cinnabar.server.tampering;

import dev.cinnabar.label.Field;
import dev.cinnabar.label.Found;
import dev.cinnabar.label.Labels;
import dev.cinnabar.label.Reading;
import dev.cinnabar.ledger.Ledger;
import dev.cinnabar.ledger.LedgerException;
import dev.cinnabar.server.cases.CaseStore;
import dev.cinnabar.server.cases.Machine;
import dev.cinnabar.server.cases.Turn;
import dev.cinnabar.server.content.Contents;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.server.store.Database;
import dev.cinnabar.server.store.Outbox;
import dev.cinnabar.server.web.Routes;
import dev.cinnabar.server.web.Staff;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares files with what was released, and keeps a case for each whose label was removed, altered or forged, or cannot be told. */
@Article("18")
public final class Tampering implements Examiner {
    private static final Logger LOG = LoggerFactory.getLogger(Tampering.class);
    private static final int MOST_FOUND = 4_000;
    private static final int MOST_EVIDENCE = 1_500;
    private static final Duration DAY = Duration.ofHours(24);

    private final Around around;
    private final ReleaseIndex index;
    private final Findings findings;
    private final TamperStore store = new TamperStore();

    /**
     * What it stands on.
     *
     * @param background a database whose statements nobody waits for
     * @param mentioned whether the traffic log speaks of a content
     * @param producer our code in ContentProducer
     * @param kept how long contents are kept
     * @param key 32 secret bytes that key the digests of released media
     */
    public record Around(
            Database database,
            Database background,
            Outbox outbox,
            CaseStore cases,
            Contents contents,
            Labels labels,
            Predicate<String> mentioned,
            Optional<String> producer,
            Duration kept,
            byte[] key,
            Ulid ids,
            InstantSource clock) {}

    public Tampering(Around around) {
        this.around = around;
        this.index =
                new ReleaseIndex(around.background(), around.contents(), around.key(), around.kept(), around.clock());
        this.findings = new Findings(
                around.labels(),
                index,
                around.contents(),
                around.mentioned(),
                around.producer(),
                around.kept(),
                around.clock());
    }

    /** Notes the files released since it was last called; for a chore. */
    public void follow(Ledger ledger) {
        try {
            index.follow(ledger);
        } catch (LedgerException e) {
            throw new IllegalStateException("the traffic log cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets digests of contents that are no longer kept; for a timer. */
    public void sweep() {
        index.sweep();
    }

    /** The pages of tamper cases. */
    public Routes routes(Staff staff) {
        return new TamperRoutes(this, around.labels(), staff);
    }

    @Override
    @Article("18")
    public Examined examine(Sighting sighting) {
        boolean claims = findings.claims(sighting.reading());
        try {
            Optional<Findings.Finding> finding = findings.of(sighting.name(), sighting.bytes(), sighting.reading());
            Optional<String> opened =
                    finding.isPresent() && finding.get().outcome().opensCase()
                            ? kept(sighting, finding.get())
                            : Optional.empty();
            return new Examined(finding.map(Findings.Finding::outcome), claims, opened);
        } catch (IOException | JdbiException e) {
            LOG.warn("a file could not be compared with what was released: {}", e.getMessage());
            return new Examined(claims ? Optional.of(Tampered.UNKNOWN) : Optional.empty(), claims, Optional.empty());
        }
    }

    /** Counts the file where it was met before with the same finding, opens a case otherwise; empty where strangers opened too many today. */
    private Optional<String> kept(Sighting sighting, Findings.Finding finding) {
        Instant now = around.clock().instant().truncatedTo(ChronoUnit.MICROS);
        TamperCase made = new TamperCase(
                around.ids().next(),
                finding.outcome(),
                TamperCase.State.OPEN,
                sha256(sighting.bytes()),
                finding.content(),
                sighting.reading().format().word(),
                sighting.bytes().length,
                found(sighting.reading()),
                plain(finding.evidence(), MOST_EVIDENCE),
                sighting.source(),
                now,
                1,
                now);
        return around.database().inTransaction(handle -> {
            Optional<String> before = store.seenAgain(handle, made);
            if (before.isPresent()) {
                return before;
            }
            boolean many = sighting.source() == Source.PUBLIC
                    && store.madeSince(handle, Source.PUBLIC, now.minus(DAY)) >= TamperRules.limit("public.cases.day");
            return many ? Optional.<String>empty() : opened(handle, made, sighting.actor());
        });
    }

    private Optional<String> opened(Handle handle, TamperCase made, Actor actor) {
        if (!store.insert(handle, made)) {
            return store.seenAgain(handle, made);
        }
        Outcome<Turn> turn = around.cases()
                .open(handle, TamperRules.MACHINE, made.id(), "open", actor, made.outcome() + ": " + made.evidence());
        if (turn instanceof Outcome.Done<Turn>(Turn done)) {
            record(handle, made, actor, done);
            return Optional.of(made.id());
        }
        throw new IllegalStateException("a tamper case could not be opened: " + turn);
    }

    private void record(Handle handle, TamperCase about, Actor actor, Turn turn) {
        around.outbox()
                .add(
                        handle,
                        "tamper." + turn.name(),
                        actor,
                        about.id(),
                        Map.of(
                                "outcome",
                                about.outcome().name(),
                                "state",
                                turn.to(),
                                "source",
                                about.source().name(),
                                "content",
                                about.content(),
                                "file",
                                about.file(),
                                "rules",
                                turn.rules()));
    }

    /** Makes a step of a case: confirm, dismiss, reopen. */
    @Article("18")
    public Outcome<TamperCase.State> answer(Actor actor, String id, String step, String reason) {
        return around.database().inTransaction(handle -> {
            Optional<TamperCase> found = store.lock(handle, id);
            return around.cases()
                    .take(handle, TamperRules.MACHINE, id, step, actor, reason)
                    .then(turn -> {
                        TamperCase.State to = TamperCase.State.valueOf(turn.to());
                        store.state(handle, id, to);
                        found.ifPresent(about -> record(handle, about, actor, turn));
                        return Outcome.done(to);
                    });
        });
    }

    /** The cases, open ones first. */
    public List<TamperCase> list() {
        int most = TamperRules.limit("list.most");
        return around.database().inTransaction(handle -> store.list(handle, most));
    }

    /** A case with its history and what this person may do with it. */
    public Optional<Seen> see(Actor actor, String id) {
        return around.database()
                .inTransaction(handle -> store.lock(handle, id)
                        .flatMap(about -> around.cases()
                                .find(handle, TamperRules.MACHINE, id)
                                .map(now -> new Seen(about, now.turns(), TamperRules.MACHINE.offers(now, actor)))));
    }

    /** A case as a page shows it. */
    public record Seen(TamperCase about, List<Turn> turns, List<Machine.Offer<TamperCase.State>> offers) {}

    private static String found(Reading reading) {
        String all = reading.labels().stream().map(Tampering::shown).collect(Collectors.joining("\n"));
        return plain(all, MOST_FOUND);
    }

    /** A file may hold anything; no database keeps a null character or half a surrogate pair, and nobody reads without end. */
    private static String plain(String text, int most) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .limit(most)
                .map(c -> (Character.isISOControl(c) && c != '\n') || Character.getType(c) == Character.SURROGATE
                        ? ' '
                        : c)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    private static String shown(Found found) {
        StringBuilder out = new StringBuilder(found.place()).append(':');
        for (Field field : Field.values()) {
            found.value(field)
                    .ifPresent(value ->
                            out.append(' ').append(field.key()).append('=').append(value));
        }
        return out.toString();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
