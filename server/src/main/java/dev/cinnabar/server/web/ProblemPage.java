package dev.cinnabar.server.web;

import dev.cinnabar.server.law.Refused;
import java.util.Optional;

/** What the problem page shows: a status, and the refusal where a room gave one. */
public record ProblemPage(int status, Optional<Refused> refused) {
    /** The key of the title; statuses without words of their own share those of their hundred. */
    public String key() {
        return switch (status) {
            case 400, 401, 403, 404, 405, 413, 429, 503 -> "problem." + status;
            default -> status < 500 ? "problem.400" : "problem.500";
        };
    }
}
