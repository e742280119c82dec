package dev.cinnabar.server.people;

import dev.cinnabar.server.apps.Caller;
import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Lang;
import dev.cinnabar.server.law.Outcome;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Answers what applications ask about their users. */
final class UserDesk {
    private final People people;

    UserDesk(People people) {
        this.people = people;
    }

    /** {@code POST /users}. */
    Reply register(Caller caller, Body body) {
        body.only(Set.of("id", "kind", "minor"));
        String id = body.needed("id");
        Optional<User.Kind> kind = AttestationRow.kind(body.text("kind").orElse("person"));
        if (kind.isEmpty()) {
            body.wrong(Refusals.badWord("kind", "person, organisation"));
        }
        Optional<Boolean> minor = body.truth("minor");
        if (body.wrong().isPresent()) {
            return new Reply.No(body.wrong().get());
        }
        Outcome<People.Registered> outcome =
                people.register(caller.appId(), id, kind.orElseThrow(), minor, actor(caller));
        return Reply.of(outcome, done -> new Reply.Json(done.created() ? 201 : 200, seen(done.user())));
    }

    /** {@code GET /users/{id}}. */
    Reply user(User user) {
        return new Reply.Json(200, seen(user));
    }

    private Map<String, Object> seen(User user) {
        return UserJson.user(user, people.agreements().accepted(user.id()), people.restrictions(user.id()));
    }

    /** {@code DELETE /users/{id}}. */
    Reply erase(Caller caller, String id) {
        return Reply.of(people.erase(caller.appId(), id, actor(caller)), residue -> {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("receipt", residue.receipt());
            json.put("erased", residue.erased().toString());
            residue.method().ifPresent(method -> json.put("once_verified_by", method.name()));
            residue.verified().ifPresent(verified -> json.put("once_verified", verified.toString()));
            return new Reply.Json(200, json);
        });
    }

    /** {@code POST /users/{id}/verifications}. */
    Reply verify(Caller caller, String id, Body body, Lang lang) {
        body.only(Set.of("verifier", "method", "evidence", "at", "number"));
        Optional<Method> method = AttestationRow.method(body.needed("method"));
        if (method.isEmpty()) {
            body.wrong(Refusals.badWord("method", "MOBILE, ID_NUMBER, USCC, NATIONAL_ID_SERVICE"));
        }
        String verifier = body.text("verifier").orElse(AttestedVerifier.NAME);
        String evidence = body.needed("evidence");
        Optional<Instant> at = body.moment("at");
        Optional<String> number = body.text("number").filter(text -> !text.isBlank());
        if (body.wrong().isPresent()) {
            return new Reply.No(body.wrong().get());
        }
        Attempt attempt = new Attempt(verifier, method.orElseThrow(), evidence, at, number);
        return Reply.of(people.identities().verify(caller.appId(), id, attempt, actor(caller)), tried -> {
            boolean waits = tried.verification().result() == Verification.Result.PENDING;
            Map<String, Object> json = UserJson.verification(tried.verification(), lang);
            people.find(caller.appId(), id)
                    .ifPresent(user -> json.put("identity", user.real().state().name()));
            return new Reply.Json(waits ? 202 : tried.fresh() ? 201 : 200, json);
        });
    }

    /** {@code GET /users/{id}/verifications}. */
    Reply verifications(User user, Lang lang) {
        List<Map<String, Object>> all = people.identities().of(user.id()).stream()
                .map(tried -> UserJson.verification(tried, lang))
                .toList();
        return new Reply.Json(200, Map.of("verifications", all));
    }

    /** {@code POST /users/{id}/acceptances}; the moment is now where none is said. */
    Reply accept(Caller caller, String id, Body body, Instant now) {
        body.only(Set.of("document", "version", "hash", "channel", "at"));
        Optional<Document.Kind> kind = document(body.text("document").orElse("agreement"));
        if (kind.isEmpty()) {
            body.wrong(Refusals.badWord("document", "agreement, rules"));
        }
        OptionalInt version = body.whole("version");
        String hash = body.needed("hash");
        String channel = body.needed("channel");
        Instant at = body.moment("at").orElse(now);
        if (body.wrong().isPresent()) {
            return new Reply.No(body.wrong().get());
        }
        return Reply.of(
                people.agreements()
                        .accept(caller.appId(), id, kind.orElseThrow(), version.orElseThrow(), hash, at, channel),
                acceptance -> new Reply.Json(201, UserJson.acceptance(acceptance)));
    }

    /** {@code GET /users/{id}/acceptances}. */
    Reply acceptances(User user) {
        List<Map<String, Object>> all = people.agreements().of(user.id()).stream()
                .map(UserJson::acceptance)
                .toList();
        return new Reply.Json(200, Map.of("current", people.agreements().accepted(user.id()), "acceptances", all));
    }

    /** {@code GET /public/v1/agreements}: the texts themselves, for everybody. */
    Reply documents() {
        Map<Document.Kind, Document> inForce = people.agreements().inForce();
        List<Map<String, Object>> all = people.agreements().all().stream()
                .map(document -> UserJson.document(document, document.equals(inForce.get(document.kind()))))
                .toList();
        return new Reply.Json(200, Map.of("documents", all));
    }

    static Actor actor(Caller caller) {
        return Actor.app(caller.appId());
    }

    private static Optional<Document.Kind> document(String word) {
        try {
            return Optional.of(Document.Kind.valueOf(word.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
