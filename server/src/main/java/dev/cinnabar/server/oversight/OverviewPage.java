package dev.cinnabar.server.oversight;

import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.web.View;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The overview.
 *
 * @param at when it was computed
 * @param today refusals of today by code, the most frequent first
 */
public record OverviewPage(Instant at, List<Section> sections, List<Map.Entry<String, Long>> today) {
    /** The name of a reason of refusal, in the reader's language; a reason without a name of its own is shown as it stands in the log. */
    public static String reason(View v, String code) {
        try {
            return v.t("code", Code.valueOf(code.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return code;
        }
    }
}
