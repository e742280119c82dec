package dev.cinnabar.server.tampering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.label.Labels;
import dev.cinnabar.label.Level;
import dev.cinnabar.label.Limits;
import dev.cinnabar.label.Memory;
import dev.cinnabar.label.Order;
import dev.cinnabar.label.Source;
import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.cases.CaseStore;
import dev.cinnabar.server.content.Contents;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.law.Ulid;
import dev.cinnabar.server.logs.LogSettings;
import dev.cinnabar.server.logs.Logs;
import dev.cinnabar.server.store.DataFolder;
import dev.cinnabar.testkit.PngBytes;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A label taken off, changed or copied is found, becomes one case, and tells strangers nothing. */
@Article("18")
class TamperingTest {
    private static final TestDatabase DB = TestDatabase.open();
    private static final String PRODUCER = "001191110108MA01ABCD1X00001";
    private static final Actor REVIEWER = new Actor("staff-1", Set.of(Role.REVIEWER));

    private final SecureRandom random = new SecureRandom();
    private final Ulid ids = new Ulid(InstantSource.system(), random);
    private final Labels labels = new Labels(Limits.standard());
    private final Kept kept = new Kept();
    private final Set<String> mentioned = ConcurrentHashMap.newKeySet();
    private final Tampering tampering = new Tampering(new Tampering.Around(
            DB.database(),
            DB.background(),
            DB.outbox(),
            new CaseStore(InstantSource.system()),
            kept,
            labels,
            mentioned::contains,
            Optional.of(PRODUCER),
            Duration.ofDays(180),
            new byte[32],
            ids,
            InstantSource.system()));

    @TempDir
    private Path folder = Path.of("");

    /** Contents in memory. */
    private static final class Kept implements Contents {
        private final Map<String, Part> parts = new ConcurrentHashMap<>();
        private volatile boolean broken;

        @Override
        public void put(String contentId, String part, String mediaType, byte[] bytes) {
            parts.put(contentId + "/" + part, new Part(mediaType, bytes));
        }

        @Override
        public Optional<Part> get(String contentId, String part) throws IOException {
            if (broken) {
                throw new IOException("the disk is gone");
            }
            return Optional.ofNullable(parts.get(contentId + "/" + part));
        }
    }

    @AfterAll
    static void close() {
        DB.close();
    }

    @BeforeEach
    void empty() {
        DB.database().useTransaction(handle -> handle.execute("truncate released_media, tamper_cases"));
        DB.database().useTransaction(handle -> handle.execute("delete from log_positions"));
    }

    /** A picture with a motif that depends on the seed. */
    private static byte[] picture(int seed) {
        return PngBytes.of(200, 150)
                .samples((x, y, channel) -> (int) (128
                        + 90 * Math.sin((x + 31.0 * seed) / (9 + seed)) * Math.cos((y - 17.0 * seed) / (13 - seed))))
                .bytes();
    }

    private byte[] labelled(byte[] picture, AigcLabel label) throws IOException {
        Memory target = new Memory();
        labels.write(Source.of("a.png", picture), Order.implicitOnly(label), target);
        return target.bytes();
    }

    /** Releases a picture as room 8 does; gives its file. */
    private byte[] released(String content, byte[] picture) throws Exception {
        AigcLabel label = AigcLabel.first(PRODUCER, content);
        byte[] file = labelled(picture, label);
        Mark mark =
                new Mark(Mark.Written.of(label), labels.mediaDigest(Source.of("a.png", file)), Optional.of("media/0"));
        kept.put(content, "about", "application/json", new byte[] {'{', '}'});
        kept.put(content, "media/0", "image/png", file);
        kept.put(content, Mark.PART, "application/json", Mark.json(List.of(mark)));
        LogSettings settings = new LogSettings("test.cinnabar.example", Duration.ofMillis(200));
        try (DataFolder data = DataFolder.open(folder.resolve(content), InstantSource.system());
                Logs logs = Logs.open(settings, data, InstantSource.system(), random)) {
            String entry = "{\"v\":1,\"kind\":\"whole\",\"surface\":\"images\",\"content\":\"" + content + "\"}";
            logs.writer().append(entry.getBytes(StandardCharsets.UTF_8));
            tampering.follow(logs.traffic().ledger());
        }
        return file;
    }

    private Examiner.Examined examine(Examiner.Source source, byte[] file) throws IOException {
        Actor actor = source == Examiner.Source.API ? Actor.app("app-1") : Actor.SYSTEM;
        return tampering.examine(
                new Examiner.Sighting(source, actor, "upload", file, labels.read(Source.of("upload", file))));
    }

    private Examiner.Examined examine(byte[] file) throws IOException {
        return examine(Examiner.Source.API, file);
    }

    @Test
    void whatWasReleasedIsIntactAlsoAfterAPropagator() throws Exception {
        String content = ids.next();
        byte[] file = released(content, picture(1));
        assertThat(examine(file))
                .isEqualTo(new Examiner.Examined(Optional.of(Tampered.INTACT), true, Optional.empty()));
        AigcLabel spread = AigcLabel.first(PRODUCER, content).propagatedBy(Level.IS, "moonlit-teapot", "p-1");
        assertThat(examine(labelled(file, spread)).outcome()).contains(Tampered.INTACT);
        assertThat(tampering.list()).isEmpty();
    }

    @Test
    void aLabelTakenOffIsFoundByTheMediaAndIsOneCase() throws Exception {
        String content = ids.next();
        released(content, picture(2));
        byte[] bare = picture(2);
        Examiner.Examined first = examine(bare);
        assertThat(first.outcome()).contains(Tampered.REMOVED);
        assertThat(first.claims()).isFalse();
        assertThat(examine(bare).caseId()).isEqualTo(first.caseId()).isPresent();
        assertThat(tampering.list()).singleElement().satisfies(one -> {
            assertThat(one.seen()).isEqualTo(2);
            assertThat(one.content()).isEqualTo(content);
            assertThat(one.state()).isEqualTo(TamperCase.State.OPEN);
        });
    }

    @Test
    void aChangedLabelIsAlteredAndTheCaseSaysWhat() throws Exception {
        String content = ids.next();
        byte[] file = released(content, picture(3));
        byte[] changed = labelled(file, AigcLabel.first(Level.SUSPECTED, PRODUCER, content));
        assertThat(examine(changed).outcome()).contains(Tampered.ALTERED);
        byte[] another = labelled(file, AigcLabel.first("moonlit-teapot", "7"));
        assertThat(examine(another).outcome()).contains(Tampered.ALTERED);
        assertThat(tampering.list())
                .extracting(TamperCase::evidence)
                .anySatisfy(evidence -> assertThat(evidence).contains("Label: 1 -> 3"));
    }

    @Test
    void aLabelOnAnotherPictureIsForged() throws Exception {
        String content = ids.next();
        released(content, picture(1));
        byte[] forged = labelled(picture(7), AigcLabel.first(PRODUCER, content));
        assertThat(examine(forged).outcome()).contains(Tampered.FORGED);
    }

    @Test
    void aPictureCodedAgainWithItsLabelIsIntact() throws Exception {
        String content = ids.next();
        byte[] file = released(content, picture(4));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", jpeg);
        byte[] again = labelled(jpeg.toByteArray(), AigcLabel.first(PRODUCER, content));
        assertThat(examine(again).outcome()).contains(Tampered.INTACT);
    }

    @Test
    void aNumberThatNeverWasIsForgedAndOneOfTextCannotBeTold() throws Exception {
        byte[] invented = labelled(picture(5), AigcLabel.first(PRODUCER, ids.next()));
        assertThat(examine(invented).outcome()).contains(Tampered.FORGED);
        String text = ids.next();
        mentioned.add(text);
        assertThat(examine(labelled(picture(5), AigcLabel.first(PRODUCER, text)))
                        .outcome())
                .contains(Tampered.UNKNOWN);
        Ulid old = new Ulid(() -> Instant.now().minus(Duration.ofDays(400)), random);
        assertThat(examine(labelled(picture(5), AigcLabel.first(PRODUCER, old.next())))
                        .outcome())
                .contains(Tampered.UNKNOWN);
        Ulid early = new Ulid(() -> Instant.now().plus(Duration.ofDays(1)), random);
        assertThat(examine(labelled(picture(5), AigcLabel.first(PRODUCER, early.next())))
                        .outcome())
                .contains(Tampered.FORGED);
    }

    @Test
    void othersFilesAreNobodysCase() throws Exception {
        assertThat(examine(picture(6)).outcome()).isEmpty();
        byte[] others = labelled(picture(6), AigcLabel.first("moonlit-teapot", ids.next()));
        assertThat(examine(others)).isEqualTo(new Examiner.Examined(Optional.empty(), false, Optional.empty()));
        byte[] custom = labelled(picture(6), AigcLabel.first(PRODUCER, "my-7"));
        assertThat(examine(custom).outcome()).isEmpty();
        assertThat(tampering.list()).isEmpty();
    }

    @Test
    void erasedContentIsForgotten() throws Exception {
        String content = ids.next();
        released(content, picture(2));
        kept.parts.clear();
        assertThat(examine(picture(2)).outcome()).isEmpty();
    }

    @Test
    void whereTheRecordsCannotBeAskedNothingIsSaidToBeForged() throws Exception {
        byte[] file = released(ids.next(), picture(3));
        kept.broken = true;
        assertThat(examine(file))
                .isEqualTo(new Examiner.Examined(Optional.of(Tampered.UNKNOWN), true, Optional.empty()));
        assertThat(tampering.list()).isEmpty();
    }

    @Test
    void strangersCannotFloodTheCases() throws Exception {
        int most = TamperRules.limit("public.cases.day");
        DB.database()
                .useTransaction(
                        handle -> handle.createUpdate("""
                        insert into tamper_cases (id, file, outcome, state, content, format, bytes, found, evidence, source, made, last_seen)
                        select 'x' || n, 'x' || n, 'FORGED', 'OPEN', '', 'png', 1, '', '', 'PUBLIC', now(), now() from generate_series(1, :most) n""").bind("most", most).execute());
        byte[] forged = labelled(picture(5), AigcLabel.first(PRODUCER, ids.next()));
        assertThat(examine(Examiner.Source.PUBLIC, forged).caseId()).isEmpty();
        assertThat(examine(Examiner.Source.API, forged).caseId()).isPresent();
    }

    @Test
    void aPersonDecidesAndTheGovernanceLogHearsOfIt() throws Exception {
        released(ids.next(), picture(2));
        String id = examine(picture(2)).caseId().orElseThrow();
        assertThat(tampering.answer(Actor.app("app-1"), id, "confirm", "an application"))
                .isInstanceOf(Outcome.Not.class);
        assertThat(tampering.answer(REVIEWER, id, "confirm", "seen on a forum"))
                .isEqualTo(Outcome.done(TamperCase.State.CONFIRMED));
        List<String> kinds = DB.database()
                .inTransaction(handle -> handle.createQuery("select kind from outbox where subject = :id order by kind")
                        .bind("id", id)
                        .mapTo(String.class)
                        .list());
        assertThat(kinds).containsExactly("tamper.confirm", "tamper.open");
        assertThat(tampering.see(REVIEWER, id).orElseThrow().turns()).hasSize(2);
    }

    @Test
    void hostileLabelsAreKeptAsPlainText() throws Exception {
        String content = ids.next();
        byte[] file = released(content, picture(1));
        String hostile = "{\"Label\":\"\\u0000\\ud800\",\"ContentProducer\":\"" + PRODUCER + "\",\"ProduceID\":\""
                + content + "\"}";
        byte[] bad = PngBytes.of(200, 150)
                .chunk("tEXt", PngBytes.text("AIGC", hostile))
                .bytes();
        assertThat(examine(bad).caseId()).isPresent();
        assertThat(file).isNotEmpty();
    }
}
