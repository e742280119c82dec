package dev.cinnabar.server.gateway;

import dev.cinnabar.server.gateway.surface.Utf8;
import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Refused;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes a refusal in OpenAI's shape, with the article, the reason, the remedy and the entry in it. */
final class ErrorBody {
    private ErrorBody() {}

    static byte[] of(Refused refused, Dossier dossier, OptionalLong entry) {
        Utf8 out = new Utf8(512);
        Optional<Judged.Place> place = place(refused, dossier);
        String reason = refused.reason().in(dossier.lang);
        String remedy = refused.remedy().in(dossier.lang);
        out.ascii("{\"error\":{\"message\":").string(reason + where(place, dossier) + ' ' + remedy);
        out.ascii(",\"type\":\"").ascii(type(refused.code()));
        out.ascii("\",\"code\":\"").ascii(refused.code().word()).ascii("\",\"param\":");
        if (dossier.param.isEmpty()) {
            out.ascii("null");
        } else {
            out.string(dossier.param);
        }
        out.ascii(",\"article\":").string(refused.article());
        out.ascii(",\"reason\":").string(reason).ascii(",\"remedy\":").string(remedy);
        place.ifPresent(span -> out.ascii(",\"span\":{\"start\":")
                .number(span.start())
                .ascii(",\"end\":")
                .number(span.end())
                .ascii("}"));
        out.ascii(",\"entry\":");
        if (entry.isPresent()) {
            out.number(entry.getAsLong());
        } else {
            out.ascii("null");
        }
        return out.ascii("}}").copy();
    }

    /** The passage is pointed out in what the caller sent, and never in what a model made. */
    private static Optional<Judged.Place> place(Refused refused, Dossier dossier) {
        return refused.code() == Code.CONTENT_BLOCKED && dossier.answered.isEmpty()
                ? dossier.asked.flatMap(Judged::first)
                : Optional.empty();
    }

    private static String where(Optional<Judged.Place> place, Dossier dossier) {
        return place.map(span -> switch (dossier.lang) {
                    case ZH -> "（" + span.where() + " 第 " + span.start() + "–" + span.end() + " 个字符）";
                    case EN -> " (" + span.where() + ", characters " + span.start() + " to " + span.end() + ")";
                })
                .orElse("");
    }

    private static String type(Code code) {
        return switch (code) {
            case INVALID_REQUEST, CONTENT_BLOCKED, LABEL_IMPOSSIBLE, NOT_FOUND, TOO_LARGE -> "invalid_request_error";
            case INVALID_KEY -> "authentication_error";
            case SCOPE_MISSING,
                    IDENTITY_REQUIRED,
                    AGREEMENT_REQUIRED,
                    SUSPENDED,
                    FUNCTION_LIMITED,
                    ACCOUNT_CLOSED,
                    CONSENT_REQUIRED,
                    NOT_ASSESSED,
                    NOT_FILED,
                    FUNCTION_OFF,
                    HELD_FOR_REVIEW,
                    ORDER_IN_FORCE -> "permission_error";
            case RATE_LIMITED -> "rate_limit_error";
            case BUDGET_SPENT -> "insufficient_quota";
            case LABEL_FAILED, UPSTREAM_FAILED, NOT_RECORDED, NOT_READY -> "server_error";
        };
    }
}
