package dev.cinnabar.server.gateway.surface;

import dev.cinnabar.server.law.Words;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of one JSON object by their types; a null is the same as no field. */
final class Fields {
    private final ObjectNode object;
    private final String where;

    private Fields(ObjectNode object, String where) {
        this.object = object;
        this.where = where;
    }

    /** The root of a request. */
    static Fields root(ObjectNode object) {
        return new Fields(object, "");
    }

    /** An object that stands at a place. */
    static Fields at(String where, JsonNode node) throws Wrong {
        if (node instanceof ObjectNode object) {
            return new Fields(object, where);
        }
        throw Wrong.type(where, new Words("对象", "an object"));
    }

    /** The place of a field, as errors name it. */
    String where(String name) {
        String shown = name.length() > 64 ? name.substring(0, 64) : name;
        return where.isEmpty() ? shown : where + '.' + shown;
    }

    /** Refuses every field that is not in the list, unless it is null. */
    void only(Set<String> allowed) throws Wrong {
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            if (!allowed.contains(each.getKey()) && !each.getValue().isNull()) {
                throw Wrong.unknown(where(printable(each.getKey())));
            }
        }
    }

    Optional<JsonNode> get(String name) {
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
    }

    Optional<String> string(String name, int longest) throws Wrong {
        Optional<JsonNode> node = get(name);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (!node.get().isString() || node.get().stringValue().length() > longest) {
            throw Wrong.type(
                    where(name),
                    new Words("不超过 " + longest + " 个字符的字符串", "a string of at most " + longest + " characters"));
        }
        return Optional.of(node.get().stringValue());
    }

    String needString(String name, int longest) throws Wrong {
        return string(name, longest).orElseThrow(() -> Wrong.missing(where(name)));
    }

    /** A string out of a short list. */
    Optional<String> oneOf(String name, Set<String> allowed) throws Wrong {
        Optional<String> value = string(name, 64);
        if (value.isPresent() && !allowed.contains(value.get())) {
            String list = String.join(", ", new java.util.TreeSet<>(allowed));
            throw Wrong.type(where(name), new Words("以下之一：" + list, "one of " + list));
        }
        return value;
    }

    String needOneOf(String name, Set<String> allowed) throws Wrong {
        return oneOf(name, allowed).orElseThrow(() -> Wrong.missing(where(name)));
    }

    boolean flag(String name) throws Wrong {
        Optional<JsonNode> node = get(name);
        if (node.isPresent() && !node.get().isBoolean()) {
            throw Wrong.type(where(name), new Words("true 或 false", "true or false"));
        }
        return node.isPresent() && node.get().booleanValue();
    }

    OptionalInt integer(String name, int least, int most) throws Wrong {
        Optional<JsonNode> node = get(name);
        if (node.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!node.get().isIntegralNumber()
                || !node.get().canConvertToInt()
                || node.get().intValue() < least
                || node.get().intValue() > most) {
            throw Wrong.type(
                    where(name),
                    new Words(least + " 至 " + most + " 的整数", "a whole number from " + least + " to " + most));
        }
        return OptionalInt.of(node.get().intValue());
    }

    void number(String name, double least, double most) throws Wrong {
        Optional<JsonNode> node = get(name);
        if (node.isPresent()
                && (!node.get().isNumber()
                        || !(node.get().doubleValue() >= least && node.get().doubleValue() <= most))) {
            throw Wrong.type(
                    where(name), new Words(least + " 至 " + most + " 的数", "a number from " + least + " to " + most));
        }
    }

    Optional<ArrayNode> array(String name, int longest) throws Wrong {
        Optional<JsonNode> node = get(name);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (node.get() instanceof ArrayNode array && array.size() <= longest) {
            return Optional.of(array);
        }
        throw Wrong.type(where(name), new Words("最多 " + longest + " 项的数组", "a list of at most " + longest + " items"));
    }

    Optional<Fields> object(String name) throws Wrong {
        Optional<JsonNode> node = get(name);
        return node.isEmpty() ? Optional.empty() : Optional.of(at(where(name), node.get()));
    }

    ObjectNode node() {
        return object;
    }

    /** A name of a field comes from a stranger and goes into an answer: visible ASCII only. */
    private static String printable(String name) {
        StringBuilder out = new StringBuilder();
        name.chars().limit(64).forEach(c -> out.append(c > 0x20 && c < 0x7f && c != '"' && c != '\\' ? (char) c : '?'));
        return out.toString();
    }
}
