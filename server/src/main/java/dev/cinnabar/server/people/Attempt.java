package dev.cinnabar.server.people;

import java.time.Instant;
import java.util.Optional;

/**
 * An attempt to authenticate a user, as it came in.
 *
 * @param verifier by name
 * @param evidence a reference in the account system; never a number of a document
 * @param at when the account system checked the identity
 * @param number the identity number as it was typed, where one is sent: looked at, digested, forgotten
 */
public record Attempt(String verifier, Method method, String evidence, Optional<Instant> at, Optional<String> number) {
    @Override
    public String toString() {
        return "attempt by " + verifier + " (" + method + ")";
    }
}
