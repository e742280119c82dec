package dev.cinnabar.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    @TempDir
    Path temp;

    private static byte[] entry(int i) {
        return ("entry " + i + " moonlit-teapot ").repeat(1 + i % 7).getBytes(UTF_8);
    }

    @Test
    void keepsWhatWasAppendedInOrderAndAcrossReopening() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        Appended first;
        try (Ledger ledger = rig.open()) {
            first = ledger.append(entry(0));
            assertThat(first.index()).isZero();
            assertThat(ledger.append(entry(1)).index()).isEqualTo(1);
            assertThat(ledger.read(1).content()).isEqualTo(entry(1));
            assertThat(ledger.size()).isEqualTo(2);
        }
        try (Ledger ledger = rig.open()) {
            assertThat(ledger.size()).isEqualTo(2);
            assertThat(ledger.read(0).content()).isEqualTo(entry(0));
            assertThat(ledger.read(0).instant()).isEqualTo(first.instant());
            assertThat(ledger.append(entry(2)).index()).isEqualTo(2);
            assertThatThrownBy(() -> ledger.read(3)).isInstanceOf(LedgerException.NoSuchEntry.class);
            assertThatThrownBy(() -> ledger.read(-1)).isInstanceOf(LedgerException.NoSuchEntry.class);
        }
        assertThat(rig.ear.recoveries).isEmpty();
        assertThat(rig.ear.alarms).isEmpty();
    }

    @Test
    void takesEntriesFromNothingToTheLongestAndNoLonger() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        try (Ledger ledger = rig.open()) {
            ledger.append(new byte[0]);
            for (int i = 0; i < 6; i++) {
                ledger.append(new byte[Ledger.MAX_ENTRY]);
            }
            assertThatThrownBy(() -> ledger.append(new byte[Ledger.MAX_ENTRY + 1]))
                    .isInstanceOf(LedgerException.TooLarge.class)
                    .hasMessageContaining("65527");
            assertThat(ledger.read(0).content()).isEmpty();
            assertThat(ledger.read(6).leaf()).hasSize(65_535);
        }
    }

    @Test
    void manyVirtualThreadsEachGetAPlaceOfTheirOwn() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        int callers = 200;
        int each = 10;
        try (Ledger ledger = rig.open(Rig.small().checkpoints(Duration.ofMillis(100)));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Appended>>> running = new ArrayList<>();
            for (int c = 0; c < callers; c++) {
                int caller = c;
                Callable<List<Appended>> work = () -> {
                    List<Appended> places = new ArrayList<>();
                    for (int i = 0; i < each; i++) {
                        places.add(ledger.append(("caller " + caller + " entry " + i).getBytes(UTF_8)));
                    }
                    return places;
                };
                running.add(threads.submit(work));
            }
            for (int c = 0; c < callers; c++) {
                List<Appended> places = running.get(c).get();
                for (int i = 0; i < each; i++) {
                    Entry kept = ledger.read(places.get(i).index());
                    assertThat(new String(kept.content(), UTF_8)).isEqualTo("caller " + c + " entry " + i);
                    assertThat(kept.instant()).isEqualTo(places.get(i).instant());
                }
            }
            assertThat(ledger.size()).isEqualTo((long) callers * each);
            assertThat(ledger.sign().size()).isEqualTo((long) callers * each);
        }
    }

    @Test
    void ticketsOfOneCallerAreSequencedInTheOrderOfItsCalls() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        try (Ledger ledger = rig.open()) {
            List<Ticket> tickets = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                tickets.add(ledger.appendLater(entry(i)));
            }
            for (int i = 0; i < 3_000; i++) {
                assertThat(tickets.get(i).await().index()).isEqualTo(i);
            }
            assertThat(tickets.getLast().done()).isTrue();
            assertThat(tickets.getLast().await(Duration.ZERO)).isPresent();
        }
    }

    @Test
    void refusesMoreThanCanWait() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        FaultyDisk disk = new FaultyDisk();
        try (Ledger ledger = rig.open(Rig.small().waiting(10_000).on(disk))) {
            disk.stall();
            ledger.appendLater(new byte[10]);
            Thread.sleep(50); // it is with the stalled disk now, the rest waits behind it
            Ticket fits = ledger.appendLater(new byte[9_000]);
            assertThatThrownBy(() -> ledger.appendLater(new byte[9_000]))
                    .isInstanceOf(LedgerException.NotRecorded.class)
                    .hasMessageContaining("wait");
            disk.resume();
            fits.await();
            ledger.append(new byte[9_000]);
        }
    }

    @Test
    void instantsNeverGoBack() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        Instant noon = Instant.parse("2026-11-23T12:00:00.123456Z");
        AtomicReference<Instant> clock = new AtomicReference<>(noon.plusNanos(789));
        try (Ledger ledger = Ledger.open(rig.folder, Rig.ORIGIN, rig.keys, clock::get, Rig.small(), rig.ear)) {
            assertThat(ledger.append(entry(0)).instant()).isEqualTo(noon);
            clock.set(noon.minusSeconds(3600));
            assertThat(ledger.append(entry(1)).instant()).isEqualTo(noon);
            ledger.append(entry(2));
            assertThat(rig.ear.alarms).hasSize(1).first().asString().contains("clock went back");
        }
        try (Ledger ledger = Ledger.open(rig.folder, Rig.ORIGIN, rig.keys, clock::get, Rig.small(), rig.ear)) {
            assertThat(ledger.append(entry(3)).instant()).isEqualTo(noon);
            clock.set(noon.plusSeconds(1));
            assertThat(ledger.append(entry(4)).instant()).isEqualTo(noon.plusSeconds(1));
        }
    }

    @Test
    void aCursorReadsForwardAndGoesOnWhenMoreHasCome() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        try (Ledger ledger = rig.open()) {
            EntryCursor cursor = ledger.from(0);
            assertThat(cursor.next()).isEmpty();
            for (int i = 0; i < 700; i++) {
                ledger.appendLater(entry(i));
            }
            ledger.append(entry(700));
            for (int i = 0; i <= 700; i++) {
                assertThat(cursor.position()).isEqualTo(i);
                assertThat(cursor.next().orElseThrow().content()).isEqualTo(entry(i));
            }
            assertThat(cursor.next()).isEmpty();
            ledger.append(entry(701));
            assertThat(cursor.next().orElseThrow().index()).isEqualTo(701);
        }
    }

    @Test
    void aFolderHasOneHolder() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        try (Ledger ledger = rig.open()) {
            ledger.append(entry(0));
            assertThatThrownBy(rig::open)
                    .isInstanceOf(LedgerException.InUse.class)
                    .hasMessageContaining("already open in this process");
            assertThat(ledger.append(entry(1)).index()).isEqualTo(1);
        }
        rig.open().close();
    }

    @Test
    void aFolderOfAnotherLogOrFormIsRefused() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        rig.open().close();
        Origin other = new Origin("log.invalid/governance");
        assertThatThrownBy(() ->
                        Ledger.open(rig.folder, other, rig.keys, Instant::now, Rig.small(), LedgerListener.none()))
                .isInstanceOf(LedgerException.Foreign.class)
                .hasMessageContaining("log.invalid/traffic");
        Files.write(
                rig.folder.resolve("log"),
                SealedText.bytes("cinnabar ledger 2", "origin x").array());
        assertThatThrownBy(rig::open)
                .isInstanceOf(LedgerException.Foreign.class)
                .hasMessageContaining("ledger 2");
    }

    @Test
    void afterClosingAppendsAreRefused() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        Ledger ledger = rig.open();
        ledger.append(entry(0));
        ledger.close();
        ledger.close();
        assertThatThrownBy(() -> ledger.append(entry(1))).isInstanceOf(LedgerException.NotRecorded.class);
        assertThat(Files.size(rig.folder.resolve("lock"))).isZero();
    }

    @Test
    void anInterruptedCallerStillLearnsWhatBecameOfItsEntry() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        try (Ledger ledger = rig.open()) {
            Thread.currentThread().interrupt();
            Appended appended = ledger.append(entry(0));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(ledger.read(appended.index()).content()).isEqualTo(entry(0));
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> ledger.read(0)).isInstanceOf(LedgerException.Unavailable.class);
            assertThat(Thread.interrupted()).isTrue();
            ledger.append(entry(1)); // the interrupted reader took nothing with it
            assertThat(ledger.state()).isEqualTo(new State.Writable());
        }
    }

    @Test
    void checkpointsComeByThemselvesAndServeTheirTiles() throws Exception {
        Rig rig = Rig.in(temp.resolve("log"));
        try (Ledger ledger = rig.open(Rig.small().checkpoints(Duration.ofMillis(100)))) {
            for (int i = 0; i < 300; i++) {
                ledger.appendLater(entry(i));
            }
            for (int i = 0; i < 100 && ledger.checkpoint().size() < 300; i++) {
                Thread.sleep(50);
            }
            Checkpoint checkpoint = Checkpoint.parse(ledger.tile("checkpoint").orElseThrow());
            assertThat(checkpoint.size()).isEqualTo(300);
            assertThat(checkpoint.note().check(List.of(rig.keys.verifier())))
                    .isInstanceOf(SignedNote.Verdict.Genuine.class);
            assertThat(ledger.tile("tile/0/000").orElseThrow()).hasSize(8192);
            assertThat(ledger.tile("tile/0/001.p/44").orElseThrow()).hasSize(44 * 32);
            assertThat(ledger.tile("tile/0/001.p/43").orElseThrow()).hasSize(43 * 32);
            assertThat(ledger.tile("tile/1/000.p/1").orElseThrow()).hasSize(32);
            assertThat(Bundle.leaves(ledger.tile("tile/entries/001.p/44").orElseThrow())
                            .orElseThrow())
                    .hasSize(44);
            assertThat(Bundle.leaves(ledger.tile("tile/entries/000").orElseThrow())
                            .orElseThrow())
                    .hasSize(256);
            for (String none : List.of(
                    "tile/0/001",
                    "tile/0/001.p/45",
                    "tile/0/1",
                    "tile/00/000",
                    "tile/64/000",
                    "tile/0/x000/000",
                    "tile/0/000.p/256",
                    "tile/0/000.p/0",
                    "tile/0/../log",
                    "log",
                    "lock",
                    "",
                    "/checkpoint",
                    "tile/2/000.p/1",
                    "tile/entries/002.p/1",
                    "tile/0/x999/x999/x999/x999/x999/999")) {
                assertThat(ledger.tile(none)).as(none).isEqualTo(Optional.empty());
            }
        }
    }
}
