package dev.cinnabar.server.people;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All versions of all documents, oldest first, as they stood when they were read. */
final class Books {
    private final List<Document> documents;

    Books(List<Document> documents) {
        this.documents = List.copyOf(documents);
    }

    /** All versions, by kind, oldest first. */
    List<Document> documents() {
        return documents;
    }

    /** The version in force at this moment. */
    Optional<Document> current(Document.Kind kind, Instant now) {
        return documents.stream()
                .filter(document ->
                        document.kind() == kind && !document.effectiveFrom().isAfter(now))
                .reduce((older, newer) -> newer);
    }

    /** The version of this number. */
    Optional<Document> version(Document.Kind kind, int version) {
        return documents.stream()
                .filter(document -> document.kind() == kind && document.version() == version)
                .findFirst();
    }

    /** The number of the newest version. */
    int newest(Document.Kind kind) {
        return documents.stream()
                .filter(document -> document.kind() == kind)
                .mapToInt(Document::version)
                .max()
                .orElse(0);
    }

    /** Whether these acceptances, by their newest version, cover everything in force: nothing in force to accept means no. */
    boolean accepted(Map<Document.Kind, Integer> newest, Instant now) {
        boolean all = true;
        for (Document.Kind kind : Document.Kind.values()) {
            all &= !kind.accepted()
                    || current(kind, now)
                            .filter(document -> newest.getOrDefault(kind, 0) >= document.version())
                            .isPresent();
        }
        return all;
    }

    /** The first moment after this one at which another version comes into force. */
    Optional<Instant> nextTurn(Instant now) {
        return documents.stream()
                .map(Document::effectiveFrom)
                .filter(from -> from.isAfter(now))
                .min(Instant::compareTo);
    }

    /** What is in force at this moment. */
    Map<Document.Kind, Document> inForce(Instant now) {
        Map<Document.Kind, Document> all = new EnumMap<>(Document.Kind.class);
        for (Document.Kind kind : Document.Kind.values()) {
            current(kind, now).ifPresent(document -> all.put(kind, document));
        }
        return all;
    }
}
