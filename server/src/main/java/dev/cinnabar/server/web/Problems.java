package dev.cinnabar.server.web;

import dev.cinnabar.server.law.Lang;
import dev.cinnabar.server.law.Refused;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Problems for machines, as RFC 9457 says: {@code application/problem+json}. */
public final class Problems {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Problems() {}

    /** A refusal as a problem: status and title, and with it code, article, reason and remedy. */
    public static byte[] json(Refused refused, Lang lang) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", refused.code().word());
        problem.put("status", refused.code().status());
        tell(problem, refused, lang);
        return JSON.writeValueAsBytes(problem);
    }

    static byte[] json(int status, Optional<Refused> refused, Lang lang, Messages messages) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", messages.in(lang, new ProblemPage(status, refused).key()));
        problem.put("status", status);
        refused.ifPresent(r -> tell(problem, r, lang));
        return JSON.writeValueAsBytes(problem);
    }

    private static void tell(Map<String, Object> problem, Refused refused, Lang lang) {
        problem.put("detail", refused.reason().in(lang));
        problem.put("code", refused.code().word());
        problem.put("article", refused.article());
        problem.put("reason", refused.reason().in(lang));
        problem.put("remedy", refused.remedy().in(lang));
    }
}
