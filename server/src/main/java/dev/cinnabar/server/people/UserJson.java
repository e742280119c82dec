package dev.cinnabar.server.people;

import dev.cinnabar.server.law.Lang;
import dev.cinnabar.server.people.Standing.Restriction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How users, verifications, acceptances and documents look to applications. */
final class UserJson {
    private UserJson() {}

    static Map<String, Object> user(User user, boolean accepted, List<Restriction> restrictions) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", user.externalId().orElse(""));
        json.put("kind", word(user.kind()));
        json.put("minor", user.minor());
        json.put("registered", user.registered().toString());
        json.put("identity", real(user.real()));
        json.put("agreement_accepted", accepted);
        json.put(
                "restrictions", restrictions.stream().map(UserJson::restriction).toList());
        List<String> missing = new ArrayList<>();
        if (!user.real().state().authenticated()) {
            missing.add("identity");
        }
        if (!accepted) {
            missing.add("agreement");
        }
        json.put("missing", missing);
        return json;
    }

    private static Map<String, Object> real(User.Real real) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("state", real.state().name());
        put(json, "method", real.method().map(Method::name));
        put(json, "number", real.masked());
        put(json, "verifier", real.verifier());
        put(json, "assurance", real.assurance().map(UserJson::word));
        put(json, "verified", real.verified().map(Instant::toString));
        put(json, "recheck", real.recheck().map(Instant::toString));
        put(json, "lapse", real.lapse().map(Instant::toString));
        put(json, "locked_until", real.lockedUntil().map(Instant::toString));
        return json;
    }

    private static Map<String, Object> restriction(Restriction restriction) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("measure", restriction.measureId());
        switch (restriction) {
            case Standing.Limited limited -> {
                json.put("step", "limited");
                json.put("function", limited.function());
            }
            case Standing.Suspended suspended -> json.put("step", "suspended");
            case Standing.Closed closed -> json.put("step", "closed");
        }
        put(json, "until", Restrictions.until(restriction).map(Instant::toString));
        return json;
    }

    static Map<String, Object> verification(Verification tried, Lang lang) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", tried.id());
        json.put("method", tried.method().name());
        json.put("verifier", tried.verifier());
        json.put("assurance", word(tried.assurance()));
        put(json, "evidence", tried.evidence());
        put(json, "at", tried.at().map(Instant::toString));
        json.put("recorded", tried.recorded().toString());
        json.put("result", word(tried.result()));
        put(json, "decided", tried.decided().map(Instant::toString));
        put(json, "why", tried.why().map(why -> why.in(lang)));
        return json;
    }

    static Map<String, Object> acceptance(Acceptance acceptance) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", acceptance.id());
        json.put("document", word(acceptance.kind()));
        json.put("version", acceptance.version());
        json.put("hash", acceptance.hash());
        json.put("at", acceptance.accepted().toString());
        json.put("recorded", acceptance.recorded().toString());
        json.put("channel", acceptance.channel());
        return json;
    }

    static Map<String, Object> document(Document document, boolean inForce) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("document", word(document.kind()));
        json.put("version", document.version());
        json.put("in_force", inForce);
        json.put("effective_from", document.effectiveFrom().toString());
        json.put("acceptance_needed", document.kind().accepted());
        json.put("template", document.template());
        json.put("hash", document.hash());
        json.put(
                "text",
                Map.of("zh-CN", document.text().zh(), "en", document.text().en()));
        return json;
    }

    static Map<String, Object> result(long row, AttestationImport.Result result, Lang lang) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("row", row);
        switch (result) {
            case AttestationImport.Recorded(String id, boolean registered) -> {
                json.put("id", id);
                json.put("result", "recorded");
                json.put("registered", registered);
            }
            case AttestationImport.Unchanged(String id) -> {
                json.put("id", id);
                json.put("result", "unchanged");
            }
            case AttestationImport.Wrong(Optional<String> id, var refused) -> {
                put(json, "id", id);
                json.put("result", "refused");
                json.put("article", refused.article());
                json.put("reason", refused.reason().in(lang));
                json.put("remedy", refused.remedy().in(lang));
            }
            case AttestationImport.Failed(String id) -> {
                json.put("id", id);
                json.put("result", "failed");
                json.put("remedy", Refusals.sendAgain().in(lang));
            }
        }
        return json;
    }

    static Map<String, Object> summary(AttestationImport.Summary summary) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rows", summary.rows());
        json.put("recorded", summary.recorded());
        json.put("unchanged", summary.unchanged());
        json.put("refused", summary.wrong());
        json.put("failed", summary.failed());
        json.put("complete", summary.complete());
        return json;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void put(Map<String, Object> json, String field, Optional<String> value) {
        value.ifPresent(text -> json.put(field, text));
    }
}
