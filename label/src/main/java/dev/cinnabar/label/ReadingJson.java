package dev.cinnabar.label;

import java.util.Iterator;
import java.util.Optional;

/** The JSON of a reading, one line, as {@code verify --json} and the HTTP answer print it. */
public final class ReadingJson {
    private final StringBuilder out = new StringBuilder(512);
    private final Lang lang;

    private ReadingJson(Lang lang) {
        this.lang = lang;
    }

    /** Renders a reading of the file known by {@code file}, with messages in {@code lang}. */
    public static String of(String file, Reading reading, Lang lang) {
        return new ReadingJson(lang).rendered(file, reading);
    }

    private String rendered(String file, Reading reading) {
        out.append("{\"file\":");
        string(file);
        out.append(",\"format\":");
        string(reading.format().word());
        out.append(",\"verdict\":");
        string(reading.verdict().word());
        if (reading.verdict() instanceof Verdict.Inconclusive inconclusive) {
            out.append(",\"why\":");
            string(inconclusive.why());
        }
        list("labels", reading.labels(), this::label);
        list("explicit", reading.explicit(), this::explicit);
        list("signatures", reading.signatures(), this::signature);
        list("traces", reading.traces(), this::trace);
        list("findings", reading.findings(), this::finding);
        return out.append('}').toString();
    }

    private void label(Found found) {
        out.append("{\"place\":");
        string(found.place());
        out.append(",\"form\":");
        string(found.form().word());
        out.append(",\"normative\":").append(found.normative());
        found.values().forEach((field, value) -> {
            out.append(',');
            string(field.key());
            out.append(':');
            string(value);
        });
        out.append('}');
    }

    private void explicit(ExplicitMark mark) {
        out.append("{\"kind\":");
        string(mark.kind().word());
        out.append(",\"where\":");
        string(mark.where());
        out.append('}');
    }

    private void signature(SignatureSeen seen) {
        out.append("{\"scheme\":");
        string(seen.scheme().name());
        out.append(",\"where\":");
        string(seen.where());
        out.append(",\"valid\":").append(known(seen.valid()));
        out.append(",\"trusted\":").append(known(seen.trusted()));
        out.append(",\"by\":");
        seen.by().ifPresentOrElse(this::string, () -> out.append("null"));
        out.append('}');
    }

    private void trace(Trace trace) {
        out.append("{\"kind\":");
        string(trace.kind().word());
        out.append(",\"where\":");
        string(trace.where());
        out.append(",\"says\":");
        string(trace.says());
        out.append(",\"machine\":").append(trace.machine()).append('}');
    }

    private void finding(Finding finding) {
        out.append("{\"clause\":");
        string(finding.clause());
        out.append(",\"severity\":");
        string(finding.severity().word());
        out.append(",\"code\":");
        string(finding.fault().name());
        out.append(",\"message\":");
        string(finding.message(lang));
        out.append('}');
    }

    private static String known(Optional<Boolean> value) {
        return value.map(String::valueOf).orElse("null");
    }

    private <T> void list(String name, Iterable<T> items, java.util.function.Consumer<T> each) {
        out.append(",\"").append(name).append("\":[");
        for (Iterator<T> all = items.iterator(); all.hasNext(); ) {
            each.accept(all.next());
            if (all.hasNext()) {
                out.append(',');
            }
        }
        out.append(']');
    }

    private void string(String value) {
        JsonText.quote(value, out);
    }
}
