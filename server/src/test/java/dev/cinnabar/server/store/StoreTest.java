package dev.cinnabar.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.law.Actor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StoreTest {
    private static final TestDatabase DB = TestDatabase.open();

    @BeforeAll
    static void table() {
        DB.database().useTransaction(h -> h.execute("create table things (id text primary key)"));
    }

    @AfterAll
    static void close() {
        DB.close();
    }

    @Test
    void aChangeIsAppliedBeforeTheTransactionReturns() {
        List<Collection<String>> told = new CopyOnWriteArrayList<>();
        DB.changes().listen("at-once", told::add);
        await(() -> told.size() == 1);
        assertThat(told.getFirst()).as("the first call: reload everything").isEmpty();
        DB.confirmed().database().useTransaction(h -> {
            DB.changes().bump(h, "at-once", "b");
            DB.changes().bump(h, "at-once", "a");
            assertThat(told).hasSize(1);
        });
        assertThat(told).hasSize(2);
        assertThat(told.get(1)).containsExactly("a", "b");
    }

    @Test
    void whatIsRolledBackIsToldToNobody() {
        List<Collection<String>> told = new CopyOnWriteArrayList<>();
        DB.changes().listen("rolled-back", told::add);
        await(() -> told.size() == 1);
        assertThatThrownBy(() -> DB.database().useTransaction(h -> {
                    DB.changes().bump(h, "rolled-back", "a");
                    DB.outbox().add(h, "thing.done", Actor.SYSTEM, "rolled-back", Map.of());
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(told).hasSize(1);
        assertThat(DB.events("rolled-back")).isEmpty();
    }

    @Test
    void workInsideATransactionJoinsIt() {
        assertThatThrownBy(() -> DB.database().useTransaction(outer -> {
                    outer.execute("insert into things values ('outer')");
                    try {
                        DB.database().useTransaction(inner -> {
                            assertThat(inner).isSameAs(outer);
                            inner.execute("insert into things values ('inner')");
                            throw new IllegalArgumentException("inner fails");
                        });
                    } catch (IllegalArgumentException e) {
                        // Swallowing it must not commit half of the work.
                    }
                }))
                .hasMessageContaining("nothing is committed");
        assertThat(count("select count(*) from things where id in ('outer', 'inner')"))
                .isZero();
    }

    @Test
    void outboxRowsStandInTheOrderOfTheCommits() throws Exception {
        CountDownLatch firstSpoke = new CountDownLatch(1);
        CountDownLatch secondDone = new CountDownLatch(1);
        Thread slow = Thread.ofVirtual()
                .start(() -> DB.database().useTransaction(h -> {
                    DB.outbox().add(h, "order.slow", Actor.SYSTEM, "order", Map.of());
                    firstSpoke.countDown();
                    try {
                        secondDone.await(10, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }));
        firstSpoke.await(10, TimeUnit.SECONDS);
        DB.database().useTransaction(h -> DB.outbox().add(h, "order.quick", Actor.SYSTEM, "order", Map.of("k", "v")));
        secondDone.countDown();
        slow.join();
        assertThat(DB.events("order"))
                .containsExactly(Map.entry("order.quick", "{\"k\":\"v\"}"), Map.entry("order.slow", "{}"));
    }

    @Test
    void statementsAreCountedAndThoseOfTheBackgroundApart() {
        long before = DB.database().statements();
        long behind = DB.background().statements();
        DB.database().useTransaction(h -> h.execute("select 1"));
        assertThat(DB.database().statements() - before).isEqualTo(1);
        DB.background().useTransaction(h -> h.execute("select 1"));
        assertThat(DB.database().statements() - before).isEqualTo(1);
        assertThat(DB.background().statements() - behind).isEqualTo(1);
    }

    @Test
    void aDeadlineBelongsToTheTransactionThatSetsIt() {
        List<String> rung = new CopyOnWriteArrayList<>();
        AtomicBoolean beat = new AtomicBoolean();
        DB.timers().on("bell", rung::add);
        DB.timers().every("beat", java.time.Duration.ofMillis(50), () -> beat.set(true));
        DB.timers().begin();
        Instant now = Instant.now();
        assertThatThrownBy(() -> DB.database().useTransaction(h -> {
                    DB.timers().set(h, "bell", "never", now);
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        DB.database().useTransaction(h -> {
            DB.timers().set(h, "bell", "moved", now.plusSeconds(3600));
            DB.timers().set(h, "bell", "moved", now);
            DB.timers().set(h, "bell", "dropped", now);
            DB.timers().drop(h, "bell", "dropped");
            DB.timers().set(h, "bell", "later", now.plusSeconds(3600));
        });
        await(() -> rung.equals(List.of("moved")) && beat.get());
        // The row of a deadline goes a moment after its work was done.
        await(() -> count("select count(*) from scheduled_tasks where task_name = 'bell'") == 1);
    }

    @Test
    void twoNodesTellEachOther() {
        List<String> told = new ArrayList<>();
        DB.changes().listen("nodes", keys -> {
            synchronized (told) {
                told.addAll(keys);
            }
        });
        DB.confirmed();
        // Another node: writes the same tables without going through this node's memory.
        DB.background().useTransaction(h -> {
            h.execute("insert into change_versions values ('nodes', 1)");
            h.execute("insert into changes (kind, version, key) values ('nodes', 1, 'far')");
        });
        await(() -> {
            synchronized (told) {
                return told.contains("far");
            }
        });
        DB.database().useTransaction(h -> DB.changes().bump(h, "nodes", "near"));
        synchronized (told) {
            assertThat(told).endsWith("near");
        }
    }

    private static long count(String sql) {
        return DB.background()
                .inTransaction(h -> h.createQuery(sql).mapTo(Long.class).one());
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited 10 s").isLessThan(until);
            Thread.onSpinWait();
        }
    }
}
