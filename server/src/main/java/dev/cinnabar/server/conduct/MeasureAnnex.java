package dev.cinnabar.server.conduct;

import dev.cinnabar.server.apps.Caller;
import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Words;
import dev.cinnabar.server.people.Annex;
import dev.cinnabar.server.people.Body;
import dev.cinnabar.server.people.Reply;
import dev.cinnabar.server.people.User;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an application may read of the measures against one of its users, to tell the user: {@code GET /users/{id}/measures}. It takes none itself. */
final class MeasureAnnex implements Annex {
    private final Conduct conduct;
    private final java.time.InstantSource clock;

    MeasureAnnex(Conduct conduct, java.time.InstantSource clock) {
        this.conduct = conduct;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "measures";
    }

    @Override
    public Reply get(Caller caller, User user, List<String> rest) {
        Instant now = clock.instant();
        List<Map<String, Object>> all = conduct.ofUser(user.id()).stream()
                .filter(measure ->
                        measure.state() != Measure.State.PROPOSED && measure.state() != Measure.State.DECLINED)
                .map(measure -> json(measure, now))
                .toList();
        return rest.isEmpty() ? new Reply.Json(200, Map.of("measures", all)) : no();
    }

    @Override
    public Reply post(Caller caller, User user, List<String> rest, Body body) {
        return no();
    }

    private static Reply no() {
        return new Reply.No(Refused.of(
                Code.NOT_FOUND,
                "10(3)",
                "应用只能查看措施，不能采取措施。",
                "An application may read measures and take none.",
                new Words("请用 GET /users/{id}/measures 查看。", "Read them with GET /users/{id}/measures.")));
    }

    private static Map<String, Object> json(Measure measure, Instant now) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", measure.id());
        json.put("step", measure.sanction().word());
        if (measure.sanction() instanceof Sanction.Limit limit) {
            json.put("function", limit.function());
        }
        json.put("state", measure.state().name());
        json.put("in_force", measure.binds(now));
        measure.end().ifPresent(end -> json.put("until", end.toString()));
        json.put("made", measure.made().toString());
        json.put("ground", measure.reasons().ground().name());
        json.put("clause", measure.reasons().clause());
        json.put("category", measure.reasons().category());
        json.put("source", measure.reasons().source().name());
        json.put("automated", measure.reasons().automated());
        json.put(
                "notice",
                Map.of("zh-CN", measure.notice().zh(), "en", measure.notice().en()));
        return json;
    }
}
