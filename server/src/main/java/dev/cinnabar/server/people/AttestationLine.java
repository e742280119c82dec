package dev.cinnabar.server.people;

import dev.cinnabar.server.law.Refused;
import java.util.Optional;

/** A line of an import as it was read. */
sealed interface AttestationLine permits AttestationRow, AttestationLine.Unreadable {
    /** A line that is no row. */
    record Unreadable(Optional<String> id, Refused refused) implements AttestationLine {}
}
