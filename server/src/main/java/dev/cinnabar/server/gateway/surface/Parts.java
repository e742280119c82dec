package dev.cinnabar.server.gateway.surface;

import dev.cinnabar.server.gateway.upstream.UpstreamFailed;
import dev.cinnabar.server.gateway.upstream.UpstreamFailed.How;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What whole and streamed answers of upstreams have in common. */
final class Parts {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:|-]{0,128}");
    private static final Pattern REASON = Pattern.compile("[a-z_]{1,32}");
    private static final Pattern NAME = Pattern.compile("[a-z_]{1,64}");

    private Parts() {}

    static UpstreamFailed notUnderstood(String what) {
        return new UpstreamFailed(How.NOT_UNDERSTOOD, "an upstream's answer is not of the form asked for: " + what);
    }

    static Optional<String> text(JsonNode holder, String field) throws UpstreamFailed {
        JsonNode node = holder.get(field);
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isString()) {
            throw notUnderstood(field + " is no string");
        }
        return Optional.of(node.stringValue());
    }

    /** The reasoning, under either name that is in use. */
    static Optional<String> reasoning(JsonNode holder) throws UpstreamFailed {
        Optional<String> text = text(holder, "reasoning_content");
        return text.isPresent() ? text : text(holder, "reasoning");
    }

    static int number(JsonNode holder, String field, int least, int most) throws UpstreamFailed {
        JsonNode node = holder.get(field);
        if (node == null
                || !node.isIntegralNumber()
                || !node.canConvertToInt()
                || node.intValue() < least
                || node.intValue() > most) {
            throw notUnderstood(field + " is no number from " + least + " to " + most);
        }
        return node.intValue();
    }

    /** A name by which things come back; free text has no place in it. */
    static String id(Optional<String> id) throws UpstreamFailed {
        String value = id.orElse("");
        if (!ID.matcher(value).matches()) {
            throw notUnderstood("the id of a call holds other characters than ids have");
        }
        return value;
    }

    static Optional<String> reason(JsonNode choice) throws UpstreamFailed {
        Optional<String> reason = text(choice, "finish_reason");
        if (reason.isPresent() && !REASON.matcher(reason.get()).matches()) {
            throw notUnderstood("finish_reason");
        }
        return reason;
    }

    static void noError(ObjectNode answer) throws UpstreamFailed {
        JsonNode error = answer.get("error");
        if (error != null && !error.isNull()) {
            throw new UpstreamFailed(How.STATUS, "an upstream answered with an error inside its answer");
        }
    }

    /** The usage, numbers only, one level deep. */
    static Optional<ObjectNode> usage(JsonNode answer) {
        return answer.get("usage") instanceof ObjectNode usage ? Optional.of(numbers(usage, true)) : Optional.empty();
    }

    private static ObjectNode numbers(ObjectNode from, boolean deeper) {
        ObjectNode out = Json.newObject();
        for (Map.Entry<String, JsonNode> each : from.properties()) {
            if (NAME.matcher(each.getKey()).matches()) {
                if (each.getValue().isIntegralNumber()
                        && each.getValue().canConvertToLong()
                        && each.getValue().longValue() >= 0) {
                    out.put(each.getKey(), each.getValue().longValue());
                } else if (deeper && each.getValue() instanceof ObjectNode details) {
                    out.set(each.getKey(), numbers(details, false));
                }
            }
        }
        return out;
    }
}
