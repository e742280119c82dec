package dev.cinnabar.label.read;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Field;
import dev.cinnabar.label.Found;
import dev.cinnabar.label.Lang;
import dev.cinnabar.label.Level;
import dev.cinnabar.label.ProviderCode;
import dev.cinnabar.label.SignatureSeen;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes the text that stands at a place for a label, in whatever shape vendors write it, and reports the label and all that is wrong with it. */
final class LabelText {
    private final Report report;

    LabelText(Report report) {
        this.report = report;
    }

    /** A text whose key or keyword says AIGC: whatever it holds is judged. */
    void named(Place place, String text) {
        String bare = trimmed(text);
        if (bare.isEmpty() || bare.charAt(0) != '{') {
            Optional<String> decoded = base64(bare);
            if (decoded.isPresent()) {
                report.add(Fault.BASE64, place.name());
                parse(place, decoded.get(), true);
            } else {
                report.add(Fault.NOT_JSON, place.name(), bare.isEmpty() ? "it is empty" : "it begins with no brace");
            }
            return;
        }
        parse(place, bare, true);
    }

    /** A text that may be anything, such as a user comment: it is a label only where it is an object with a key of the label. */
    void unnamed(Place place, String text) {
        String bare = trimmed(text);
        if (!bare.isEmpty() && bare.charAt(0) == '{' && speaksOfLabel(bare)) {
            parse(place, bare, false);
        }
    }

    /** Base64 of an object of the label under a vendor's key. */
    void encoded(Place place, String text) {
        base64(trimmed(text)).filter(LabelText::speaksOfLabel).ifPresent(json -> {
            report.add(Fault.BASE64, place.name());
            parse(place, json, false);
        });
    }

    /** Keys and values already taken apart, as in YAML. */
    void members(Place place, List<Json.Member> members, Found.Form form) {
        judge(place, form, members);
    }

    private void parse(Place place, String text, boolean named) {
        Json value;
        try {
            value = LenientJson.parse(text, report.limits().depth());
        } catch (LenientJson.NotJson e) {
            report.add(Fault.NOT_JSON, place.name(), e.why());
            return;
        }
        if (!(value instanceof Json.Obj object)) {
            report.add(Fault.NOT_JSON, place.name(), "it is no object");
            return;
        }
        int wrapped = 0;
        while (wrapped < object.members().size()
                && !object.members().get(wrapped).key().equalsIgnoreCase("AIGC")) {
            wrapped++;
        }
        if (wrapped == object.members().size()) {
            bare(place, object, named);
        } else {
            wrapped(place, object.members(), wrapped);
        }
    }

    private void wrapped(Place place, List<Json.Member> members, int index) {
        for (int i = 0; i < members.size(); i++) {
            if (i != index) {
                beside(place, members.get(i));
            }
        }
        String key = members.get(index).key();
        if (!key.equals("AIGC")) {
            report.add(Fault.CAMEL_CASE, key, place.name());
        }
        if (members.get(index).value() instanceof Json.Obj inner) {
            judge(place, Found.Form.WRAPPED, inner.members());
        } else {
            report.add(Fault.NOT_JSON, place.name(), "its key AIGC holds no object");
        }
    }

    private void bare(Place place, Json.Obj object, boolean named) {
        if (object.members().stream().anyMatch(member -> field(member.key()).isPresent())) {
            judge(place, Found.Form.BARE, object.members());
        } else if (named) {
            report.add(Fault.NOT_JSON, place.name(), "it has none of the seven keys");
        }
    }

    private void beside(Place place, Json.Member member) {
        if (member.key().equalsIgnoreCase("AIGC")) {
            report.add(Fault.KEY_TWICE, member.key(), place.name());
        } else {
            report.add(Fault.EXTRA_KEY, shortened(member.key()), place.name());
        }
    }

    private void judge(Place place, Found.Form form, List<Json.Member> members) {
        Map<Field, String> values = new EnumMap<>(Field.class);
        for (Json.Member member : members) {
            Optional<Field> field = field(member.key());
            if (field.isEmpty()) {
                report.add(Fault.EXTRA_KEY, shortened(member.key()), place.name());
            } else if (values.containsKey(field.get())) {
                report.add(Fault.KEY_TWICE, field.get().key(), place.name());
            } else {
                values.put(field.get(), value(place, field.get(), member));
            }
        }
        report.add(place, new Found(place.name(), form, place.standing() == Place.Standing.NORMATIVE, values));
        if (form == Found.Form.WRAPPED && place.asked() == Found.Form.BARE) {
            report.add(
                    dev.cinnabar.label.Finding.of(Fault.WRAPPED, place.name()).under(place.guide()));
        }
        producer(place, values);
        propagator(place, values);
    }

    private String value(Place place, Field field, Json.Member member) {
        if (!member.key().equals(field.key())) {
            report.add(Fault.CAMEL_CASE, shortened(member.key()), place.name());
        }
        String value = member.value().raw();
        if (value.length() > AigcLabel.longest(field)) {
            report.add(Fault.VALUE_LONG, field.key(), place.name(), Integer.toString(value.length()));
        }
        if (member.value() instanceof Json.Str) {
            if (!value.chars().allMatch(c -> AigcLabel.allowed((char) c))) {
                report.add(Fault.CHARACTERS, field.key(), place.name());
            }
        } else {
            report.add(Fault.VALUE_NOT_STRING, field.key(), place.name());
        }
        if ((field == Field.RESERVED_CODE_1 || field == Field.RESERVED_CODE_2) && value.contains("SecurityData")) {
            report.add(SignatureSeen.unchecked(SignatureSeen.Scheme.TC260PG, place.name() + "#" + field.key()));
        }
        return value;
    }

    private void producer(Place place, Map<Field, String> values) {
        String level = values.get(Field.LABEL);
        if (level != null && Level.ofCode(level).isEmpty()) {
            report.add(Fault.LEVEL_UNKNOWN, shortened(level), place.name());
        }
        for (Field field : List.of(Field.LABEL, Field.CONTENT_PRODUCER, Field.PRODUCE_ID)) {
            String value = values.get(field);
            if (value == null) {
                report.add(Fault.KEY_MISSING, field.key(), place.name());
            } else if (value.isEmpty()
                    && field != Field.LABEL
                    && Level.IS.code().equals(level)) {
                report.add(Fault.PRODUCER_EMPTY, field.key(), place.name());
            }
        }
        String code = values.getOrDefault(Field.CONTENT_PRODUCER, "");
        if (!code.isEmpty()) {
            List<String> wrong = ProviderCode.faults(code, Lang.EN);
            if (!wrong.isEmpty()) {
                report.add(Fault.NOT_A_CODE, Field.CONTENT_PRODUCER.key(), place.name(), wrong.getFirst());
            }
        }
    }

    private void propagator(Place place, Map<Field, String> values) {
        List<String> empty = new ArrayList<>(2);
        for (Field field : List.of(Field.CONTENT_PROPAGATOR, Field.PROPAGATE_ID)) {
            if (values.getOrDefault(field, "").isEmpty()) {
                empty.add(field.key());
            }
        }
        if (!empty.isEmpty()) {
            report.add(Fault.PROPAGATOR_EMPTY, String.join(", ", empty), place.name());
        }
    }

    private static Optional<Field> field(String key) {
        for (Field field : Field.values()) {
            if (field.key().equalsIgnoreCase(key)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /** Whether a text that nobody called a label speaks like one: it has the wrapping key or a key that only labels have. */
    private static boolean speaksOfLabel(String text) {
        return text.contains("\"AIGC\"")
                || text.contains("\"aigc\"")
                || containsAnyCase(text, "\"ContentProducer\"")
                || containsAnyCase(text, "\"ProduceID\"")
                || containsAnyCase(text, "\"ContentPropagator\"");
    }

    private static boolean containsAnyCase(String text, String key) {
        for (int i = 0; i + key.length() <= text.length(); i++) {
            if (text.regionMatches(true, i, key, 0, key.length())) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> base64(String text) {
        if (text.length() < 16 || text.indexOf('{') >= 0) {
            return Optional.empty();
        }
        try {
            String standard =
                    text.replace('-', '+').replace('_', '/').replace("\n", "").replace("\r", "");
            String decoded = new String(Base64.getDecoder().decode(standard), StandardCharsets.UTF_8);
            return Optional.of(trimmed(decoded)).filter(json -> json.startsWith("{"));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && (text.charAt(start) <= ' ' || text.charAt(start) == '\uFEFF')) {
            start++;
        }
        while (end > start && text.charAt(end - 1) <= ' ') {
            end--;
        }
        return text.substring(start, end);
    }

    static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
