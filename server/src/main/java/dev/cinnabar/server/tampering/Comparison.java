package dev.cinnabar.server.tampering;

import dev.cinnabar.label.Field;
import dev.cinnabar.label.Found;
import dev.cinnabar.label.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The label found in a file beside the one it was released with: the producer's side must be the same, the propagator's may be another's. */
final class Comparison {
    private Comparison() {}

    /** What differs, key by key, like {@code Label: 1 -> 3}; empty where the one label found is the one released. */
    static List<String> differences(Reading reading, Mark mark) {
        List<String> all = new ArrayList<>();
        if (reading.labels().size() > 1) {
            all.add(reading.labels().size() + " labels instead of one");
        }
        List<String> least = List.of("no label");
        boolean first = true;
        for (Found found : reading.labels()) {
            List<String> differs = differences(found, mark.label());
            if (first || differs.size() < least.size()) {
                least = differs;
            }
            first = false;
        }
        all.addAll(least);
        return all;
    }

    private static List<String> differences(Found found, Mark.Written label) {
        Map<Field, String> released = new LinkedHashMap<>();
        released.put(Field.LABEL, label.level());
        released.put(Field.CONTENT_PRODUCER, label.producer());
        released.put(Field.PRODUCE_ID, label.number());
        released.put(Field.RESERVED_CODE_1, label.reserved());
        List<String> differs = new ArrayList<>();
        released.forEach((field, was) -> {
            String now = found.value(field).orElse("");
            if (!now.equals(was)) {
                differs.add(field.key() + ": " + shown(was) + " -> " + shown(now));
            }
        });
        return differs;
    }

    private static String shown(String value) {
        return value.isEmpty() ? "(empty)" : value.length() <= 120 ? value : value.substring(0, 120) + "...";
    }
}
