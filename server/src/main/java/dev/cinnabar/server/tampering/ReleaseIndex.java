package dev.cinnabar.server.tampering;

import dev.cinnabar.ledger.Entry;
import dev.cinnabar.ledger.EntryCursor;
import dev.cinnabar.ledger.Ledger;
import dev.cinnabar.ledger.LedgerException;
import dev.cinnabar.server.content.Contents;
import dev.cinnabar.server.content.Contents.Part;
import dev.cinnabar.server.store.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the content whose file has certain media: follows the traffic log, off the way of any request, and notes the keyed digest of every file that was made and released.
 * Kept as long as the contents are.
 */
final class ReleaseIndex {
    private static final int BATCH = 1_000;
    private static final Set<String> WITH_FILES = Set.of("images", "speech", "video");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Database database;
    private final Contents contents;
    private final byte[] key;
    private final Duration kept;
    private final InstantSource clock;
    private final TamperStore store = new TamperStore();

    ReleaseIndex(Database database, Contents contents, byte[] key, Duration kept, InstantSource clock) {
        this.database = database;
        this.contents = contents;
        this.key = key.clone();
        this.kept = kept;
        this.clock = clock;
    }

    /** Reads on to the end of the log. */
    synchronized void follow(Ledger ledger) throws LedgerException, IOException {
        long next = Math.max(
                ledger.minimum(), database.inTransaction(store::position).orElse(0L));
        for (boolean more = true; more; ) {
            EntryCursor cursor = ledger.from(next);
            Set<String> released = new LinkedHashSet<>();
            int read = 0;
            for (Optional<Entry> entry = cursor.next();
                    entry.isPresent();
                    entry = read < BATCH ? cursor.next() : Optional.empty()) {
                released(entry.get()).ifPresent(released::add);
                read++;
            }
            more = read > 0;
            if (more) {
                next = cursor.position();
                note(released, next);
            }
        }
    }

    private static Optional<String> released(Entry entry) {
        try {
            JsonNode node = JSON.readTree(entry.content());
            boolean file = node.path("kind").asString("").equals("whole")
                    && WITH_FILES.contains(node.path("surface").asString(""));
            String content = node.path("content").asString("");
            return file && !content.isEmpty() ? Optional.of(content) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private void note(Set<String> released, long next) throws IOException {
        record Line(byte[] digest, String content) {}
        List<Line> lines = new ArrayList<>();
        for (String content : released) {
            for (Mark mark : marks(content)) {
                if (mark.part().isPresent() && mark.media().isPresent()) {
                    lines.add(new Line(keyed(mark.media().get()), content));
                }
            }
        }
        database.useTransaction(handle -> {
            lines.forEach(line -> store.released(handle, line.digest(), line.content(), clock.instant()));
            store.position(handle, next);
        });
    }

    /** How the files of a content were labelled; none where it holds no files, or is erased. */
    List<Mark> marks(String content) throws IOException {
        return contents.get(content, Mark.PART)
                .map(Part::bytes)
                .map(Mark::parse)
                .orElse(List.of());
    }

    /** The contents that were released with these media and are still kept, the newest first. */
    List<String> contents(String media) {
        byte[] digest = keyed(media);
        return database.inTransaction(handle -> store.contents(handle, digest));
    }

    /** Forgets digests whose contents are no longer kept. */
    void sweep() {
        database.useTransaction(handle -> store.forget(handle, clock.instant().minus(kept)));
    }

    private byte[] keyed(String media) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(media.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is part of every JDK", e);
        }
    }
}
