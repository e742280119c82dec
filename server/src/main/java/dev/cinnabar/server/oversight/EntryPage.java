package dev.cinnabar.server.oversight;

import dev.cinnabar.ledger.Entry;
import dev.cinnabar.ledger.Hash;
import dev.cinnabar.server.logs.Logs;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One entry and the proof that it stands in its log.
 *
 * @param content the entry's JSON, set out in lines; or its bytes as text where it is none
 * @param hashes the proof, from the leaf's sibling up, in base64
 * @param holds whether the proof leads from this entry to the checkpoint's root, computed now
 */
public record EntryPage(
        String log,
        String origin,
        long index,
        Instant at,
        int bytes,
        String content,
        String leaf,
        List<String> hashes,
        long size,
        String root,
        boolean holds,
        String checkpoint,
        String key) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static EntryPage of(Logs.Log book, Entry entry, Evidence evidence) {
        byte[] content = entry.content();
        return new EntryPage(
                book.name(),
                book.ledger().origin().name(),
                entry.index(),
                entry.instant(),
                content.length,
                pretty(content),
                entry.leafHash().base64(),
                evidence.proof().hashes().stream().map(Hash::base64).toList(),
                evidence.checkpoint().size(),
                evidence.checkpoint().root().base64(),
                evidence.holds(),
                new String(evidence.checkpoint().bytes(), StandardCharsets.UTF_8),
                book.keys().getFirst());
    }

    private static String pretty(byte[] content) {
        try {
            return JSON.writeValueAsString(JSON.readTree(content));
        } catch (JacksonException e) {
            return new String(content, StandardCharsets.UTF_8);
        }
    }
}
