package dev.cinnabar.server.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Lang;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.server.store.Changes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Article({"16", "17"})
class AppsTest {
    private static final TestDatabase DB = TestDatabase.open();
    private static final Actor ADMIN = new Actor("st-admin", Set.of(Role.ADMIN));
    private static final Actor OFFICER = new Actor("st-officer", Set.of(Role.OFFICER, Role.REVIEWER));
    private static final SecureRandom RANDOM = new SecureRandom();

    private volatile Instant now = Instant.parse("2026-11-23T04:00:00Z");
    private final Apps apps = apps(DB, DB.changes());
    private final Callers callers = apps.callers();

    private Apps apps(TestDatabase db, Changes changes) {
        Apps made = new Apps(
                db.database(), db.background(), changes, db.outbox(), () -> now, RANDOM, new Ulid(() -> now, RANDOM));
        made.start();
        db.confirmed();
        return made;
    }

    @AfterAll
    static void close() {
        DB.close();
    }

    @Test
    void theFirstApplicationHasAKeyWithEveryScopeAndComesOnce() {
        try (TestDatabase fresh = TestDatabase.open()) {
            Apps other = apps(fresh, fresh.changes());
            Apps.Issued first = other.first().orElseThrow();
            Caller caller = known(other.callers(), first.secret());
            assertThat(caller.appName()).isEqualTo("first");
            assertThat(caller.scopes()).containsExactlyInAnyOrder(Scope.values());
            assertThat(caller.expires()).isEmpty();
            assertThat(other.first()).isEmpty();
            assertThat(fresh.events(first.key().id()))
                    .extracting(Map.Entry::getKey)
                    .containsExactly("key.issued");
        }
    }

    @Test
    void whatIsRegisteredIsWhatTheGateSees() {
        App app = done(apps.create(
                ADMIN,
                new App.Draft(
                        " 茶壶 ",
                        Caller.Explicit.INTERFACE,
                        "evidence/teapot-footer.png",
                        Lang.EN,
                        Optional.of("demo-user"),
                        Optional.of("001191110102MACQD9K64010000"))));
        Instant end = now.plusSeconds(60);
        Apps.Issued issued = done(apps.issue(
                ADMIN,
                app.id(),
                new Key.Grant(
                        Set.of(Scope.GENERATE, Scope.LABELS),
                        OptionalInt.of(60),
                        OptionalLong.of(10_000),
                        Optional.of(end))));
        Caller caller = known(callers, issued.secret());
        assertThat(caller)
                .isEqualTo(new Caller(
                        issued.key().id(),
                        app.id(),
                        "茶壶",
                        Set.of(Scope.GENERATE, Scope.LABELS),
                        Caller.Explicit.INTERFACE,
                        Lang.EN,
                        Optional.of("demo-user"),
                        Optional.of("001191110102MACQD9K64010000"),
                        OptionalInt.of(60),
                        OptionalLong.of(10_000),
                        Optional.of(end)));
        assertThat(DB.events(app.id()).toString()).doesNotContain("demo-user").contains("teapot-footer");
    }

    @Test
    void onlyTheHashIsKept() {
        Apps.Issued issued = issued("kept");
        String secret = issued.secret().reveal();
        List<String> everything = DB.database()
                .inTransaction(handle -> handle.createQuery(
                                "select k::text from api_keys k union all select a::text from apps a union all select o::text from outbox o")
                        .mapTo(String.class)
                        .list());
        assertThat(everything).isNotEmpty().noneMatch(row -> row.contains(secret.substring(3, 30)));
        assertThat(new String(issued.key().hint().getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII))
                .isEqualTo(secret.substring(secret.length() - 4));
    }

    @Test
    void aWarmLookupRunsNoSqlAndTheLastUseIsWrittenLater() {
        Apps.Issued issued = issued("warm");
        long before = DB.database().statements();
        for (int i = 0; i < 1_000; i++) {
            known(callers, issued.secret());
        }
        assertThat(callers.byKey(Secret.fresh(RANDOM).reveal())).isInstanceOf(Callers.Unknown.class);
        assertThat(DB.database().statements()).isEqualTo(before);
        assertThat(onlyKey(issued).lastUsed()).isEmpty();
        apps.flush();
        assertThat(onlyKey(issued).lastUsed()).contains(LocalDate.ofInstant(now, ZoneOffset.UTC));
        long flushed = DB.database().statements();
        known(callers, issued.secret());
        apps.flush();
        assertThat(DB.database().statements())
                .as("the same day is written once")
                .isEqualTo(flushed);
        now = now.plus(Duration.ofDays(1));
        known(callers, issued.secret());
        apps.flush();
        assertThat(onlyKey(issued).lastUsed()).contains(LocalDate.ofInstant(now, ZoneOffset.UTC));
    }

    @Test
    void aRevokedKeyIsUnknownAtTheNextRequestHereAndSoonOnOtherNodes() throws Exception {
        Apps.Issued issued = issued("revoked");
        try (TestDatabase node = DB.node()) {
            Apps elsewhere = apps(node, node.changes());
            known(elsewhere.callers(), issued.secret());
            Key key = done(apps.revoke(ADMIN, issued.key().id(), "left on a train"));
            assertThat(callers.byKey(issued.secret().reveal())).isInstanceOf(Callers.Unknown.class);
            assertThat(key.state(now)).isEqualTo(Key.State.REVOKED);
            long until = System.nanoTime() + Duration.ofSeconds(3).toNanos();
            while (!(elsewhere.callers().byKey(issued.secret().reveal()) instanceof Callers.Unknown)) {
                assertThat(System.nanoTime()).as("within seconds elsewhere").isLessThan(until);
                Thread.sleep(20);
            }
        }
        Refused again = refused(apps.revoke(ADMIN, issued.key().id(), "twice"));
        assertThat(again.reason().en()).contains("revoked");
        assertThat(DB.events(issued.key().id()))
                .extracting(Map.Entry::getKey)
                .containsExactly("key.issued", "key.revoked");
    }

    @Test
    void aRotatedKeyGoesOnForItsOverlapAndNoLonger() {
        Apps.Issued old = issued("rotated");
        Apps.Issued fresh = done(apps.rotate(ADMIN, old.key().id(), Duration.ofHours(2)));
        assertThat(known(callers, old.secret()).expires()).contains(now.plus(Duration.ofHours(2)));
        assertThat(known(callers, fresh.secret()).scopes()).containsExactlyInAnyOrder(Scope.values());
        assertThat(apps.keys(old.key().appId()))
                .extracting(key -> key.state(now))
                .containsExactlyInAnyOrder(Key.State.VALID, Key.State.OVERLAPPING);
        now = now.plus(Duration.ofHours(2)).minusMillis(1);
        known(callers, old.secret());
        now = now.plusMillis(1);
        assertThat(callers.byKey(old.secret().reveal())).isInstanceOf(Callers.Unknown.class);
        known(callers, fresh.secret());
        assertThat(refused(apps.rotate(ADMIN, old.key().id(), Duration.ZERO))
                        .reason()
                        .en())
                .contains("expired");
        assertThat(fresh.key().replaces()).contains(old.key().id());
    }

    @Test
    void expiryIsComparedAtTheLookup() {
        App app = app("expiring");
        Instant end = now.plusSeconds(10);
        Key.Grant grant =
                new Key.Grant(Set.of(Scope.READ), OptionalInt.empty(), OptionalLong.empty(), Optional.of(end));
        Apps.Issued issued = done(apps.issue(ADMIN, app.id(), grant));
        now = end.minusNanos(1);
        known(callers, issued.secret());
        now = end;
        assertThat(callers.byKey(issued.secret().reveal())).isInstanceOf(Callers.Unknown.class);
    }

    @Test
    void twoWhoRotateTheSameKeyAtOnceGetOneSuccessor() throws Exception {
        Apps.Issued issued = issued("raced");
        List<Outcome<Apps.Issued>> outcomes =
                race(() -> apps.rotate(ADMIN, issued.key().id(), Duration.ofHours(1)));
        assertThat(outcomes.stream().filter(Outcome.Done.class::isInstance)).hasSize(1);
        assertThat(apps.keys(issued.key().appId())).hasSize(2);
    }

    @Test
    void twoWhoTakeTheSameNameAtOnceGetOneApplication() throws Exception {
        List<Outcome<App>> outcomes = race(() -> apps.create(ADMIN, App.Draft.named("same name")));
        assertThat(outcomes.stream().filter(Outcome.Done.class::isInstance)).hasSize(1);
    }

    @Test
    void aChangeIsInForceAtTheNextRequestAndCannotOverwriteAnotherOne() {
        Apps.Issued issued = issued("changing");
        App seen = apps.find(issued.key().appId()).orElseThrow();
        App.Draft shows = new App.Draft(
                "changing", Caller.Explicit.INTERFACE, "see footer.png", Lang.ZH, Optional.empty(), Optional.empty());
        done(apps.change(ADMIN, seen.id(), seen.revision(), shows));
        assertThat(known(callers, issued.secret()).explicit()).isEqualTo(Caller.Explicit.INTERFACE);
        Refused stale = refused(apps.change(ADMIN, seen.id(), seen.revision(), App.Draft.named("changing")));
        assertThat(stale.remedy().en()).contains("again");
        assertThat(known(callers, issued.secret()).explicit()).isEqualTo(Caller.Explicit.INTERFACE);
        assertThat(DB.events(seen.id())).extracting(Map.Entry::getKey).containsExactly("app.created", "app.changed");
    }

    @Test
    void whatIsNotConfirmedIsNotTrusted() {
        Apps.Issued issued = issued("unconfirmed");
        Doubting changes = new Doubting(DB.changes());
        Apps doubtful = new Apps(
                DB.database(), DB.background(), changes, DB.outbox(), () -> now, RANDOM, new Ulid(() -> now, RANDOM));
        assertThat(doubtful.callers().byKey(issued.secret().reveal()))
                .as("nothing loaded yet")
                .isInstanceOf(Callers.Unready.class);
        doubtful.start();
        DB.confirmed();
        known(doubtful.callers(), issued.secret());
        changes.confirmed = false;
        assertThat(doubtful.callers().byKey(issued.secret().reveal())).isInstanceOf(Callers.Unready.class);
        assertThat(doubtful.callers().byKey("sk-what")).isInstanceOf(Callers.Unknown.class);
        changes.confirmed = true;
        known(doubtful.callers(), issued.secret());
    }

    static Stream<Arguments> badDrafts() {
        return Stream.of(
                Arguments.of(App.Draft.named(" "), "", "name"),
                Arguments.of(App.Draft.named("a\u0000b"), "", "name"),
                Arguments.of(App.Draft.named("x".repeat(101)), "", "name"),
                Arguments.of(App.Draft.named("half \ud83d a pair"), "", "name"),
                Arguments.of(draft(Caller.Explicit.TEXT, "a\u0000b", null, null), "", "evidence"),
                Arguments.of(draft(Caller.Explicit.INTERFACE, "  ", null, null), "GB 45438-2025 5.6", "evidence"),
                Arguments.of(draft(Caller.Explicit.TEXT, "e".repeat(2_001), null, null), "", "evidence"),
                Arguments.of(draft(Caller.Explicit.TEXT, "", "u".repeat(257), null), "9", "user"),
                Arguments.of(
                        draft(Caller.Explicit.TEXT, "", null, "某公司"), "GB 45438-2025 Annex E j)", "ContentProducer"),
                Arguments.of(
                        draft(Caller.Explicit.TEXT, "", null, "a\"b"), "GB 45438-2025 Annex E j)", "ContentProducer"),
                Arguments.of(
                        draft(Caller.Explicit.TEXT, "", null, "a\\b"), "GB 45438-2025 Annex E j)", "ContentProducer"));
    }

    @ParameterizedTest
    @MethodSource("badDrafts")
    void aBadApplicationIsRefusedWithClauseReasonAndRemedy(App.Draft draft, String article, String about) {
        Refused refused = refused(apps.create(ADMIN, draft));
        assertThat(refused.code()).isEqualTo(Code.INVALID_REQUEST);
        assertThat(refused.article()).isEqualTo(article);
        assertThat(refused.reason().en()).contains(about);
        assertThat(refused.reason().zh()).isNotBlank();
        assertThat(refused.remedy().en()).isNotBlank();
        assertThat(refused.remedy().zh()).isNotBlank();
    }

    @Test
    void aBadKeyIsRefused() {
        String app = app("bad keys").id();
        Optional<Instant> never = Optional.empty();
        OptionalInt anyMinute = OptionalInt.empty();
        OptionalLong anyDay = OptionalLong.empty();
        Set<Scope> read = Set.of(Scope.READ);
        assertThat(refused(apps.issue(ADMIN, app, new Key.Grant(Set.of(), anyMinute, anyDay, never)))
                        .reason()
                        .en())
                .contains("no scope");
        assertThat(refused(apps.issue(ADMIN, app, new Key.Grant(read, OptionalInt.of(0), anyDay, never)))
                        .reason()
                        .en())
                .contains("limit");
        assertThat(refused(apps.issue(ADMIN, app, new Key.Grant(read, anyMinute, OptionalLong.of(-1), never)))
                        .reason()
                        .en())
                .contains("limit");
        assertThat(refused(apps.issue(ADMIN, app, new Key.Grant(read, anyMinute, anyDay, Optional.of(now))))
                        .reason()
                        .en())
                .contains("past");
        assertThat(refused(apps.issue(ADMIN, "nobody", Key.Grant.everything())).code())
                .isEqualTo(Code.NOT_FOUND);
        String key = done(apps.issue(ADMIN, app, Key.Grant.everything())).key().id();
        assertThat(refused(apps.rotate(ADMIN, key, Duration.ofDays(31)))
                        .reason()
                        .en())
                .contains("overlap");
        assertThat(refused(apps.rotate(ADMIN, key, Duration.ofSeconds(-1)))
                        .reason()
                        .en())
                .contains("overlap");
        assertThat(refused(apps.rotate(ADMIN, "nothing", Duration.ZERO)).code()).isEqualTo(Code.NOT_FOUND);
        assertThat(refused(apps.revoke(ADMIN, key, "  ")).reason().en()).contains("reason");
        assertThat(apps.keys(app)).hasSize(1);
    }

    @Test
    void nobodyButAnAdminManagesThem() {
        String app = app("guarded").id();
        String key = done(apps.issue(ADMIN, app, Key.Grant.everything())).key().id();
        for (Actor actor : List.of(OFFICER, Actor.app("x"), new Actor("st-none", Set.of()))) {
            for (Outcome<?> outcome : List.of(
                    apps.create(actor, App.Draft.named("by " + actor.id())),
                    apps.change(actor, app, 1, App.Draft.named("by " + actor.id())),
                    apps.issue(actor, app, Key.Grant.everything()),
                    apps.rotate(actor, key, Duration.ZERO),
                    apps.revoke(actor, key, "because"))) {
                assertThat(refused(outcome).code()).isEqualTo(Code.SCOPE_MISSING);
            }
        }
        assertThat(apps.keys(app)).hasSize(1);
    }

    private App app(String name) {
        return done(apps.create(ADMIN, App.Draft.named(name)));
    }

    private Apps.Issued issued(String name) {
        return done(apps.issue(ADMIN, app(name).id(), Key.Grant.everything()));
    }

    private Key onlyKey(Apps.Issued issued) {
        return apps.keys(issued.key().appId()).getFirst();
    }

    private static App.Draft draft(
            Caller.Explicit explicit,
            String evidence,
            @org.jspecify.annotations.Nullable String user,
            @org.jspecify.annotations.Nullable String producer) {
        return new App.Draft(
                "a name", explicit, evidence, Lang.ZH, Optional.ofNullable(user), Optional.ofNullable(producer));
    }

    private static Caller known(Callers callers, Secret secret) {
        return switch (callers.byKey(secret.reveal())) {
            case Callers.Known(Caller caller) -> caller;
            case Callers.Unknown unknown -> throw new AssertionError("unknown");
            case Callers.Unready unready -> throw new AssertionError("unready");
        };
    }

    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Not<T>(Refused refused) -> throw new AssertionError("refused: " + refused);
        };
    }

    static Refused refused(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?> done -> throw new AssertionError("was done: " + done);
            case Outcome.Not<?>(Refused refused) -> refused;
        };
    }

    private static <T> List<T> race(Callable<T> act) throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<T> results = new ArrayList<>();
            for (var future : threads.invokeAll(List.of(act, act, act, act))) {
                results.add(future.get());
            }
            return results;
        }
    }

    private static final class Doubting implements Changes {
        private final Changes real;
        private volatile boolean confirmed = true;

        Doubting(Changes real) {
            this.real = real;
        }

        @Override
        public void bump(Handle transaction, String kind, String key) {
            real.bump(transaction, kind, key);
        }

        @Override
        public void listen(String kind, Consumer<Collection<String>> listener) {
            real.listen(kind, listener);
        }

        @Override
        public boolean confirmed() {
            return confirmed && real.confirmed();
        }
    }
}
