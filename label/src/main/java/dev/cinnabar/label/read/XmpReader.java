package dev.cinnabar.label.read;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Found;
import dev.cinnabar.label.SourceType;
import dev.cinnabar.label.Trace;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Finds the label in an XMP packet: the property AIGC of the TC260 namespace, whatever its prefix, as element or attribute; and what vendors use instead. */
final class XmpReader {
    static final String NAMESPACE = "http://www.tc260.org.cn/ns/AIGC/1.0/";
    private static final String IPTC_EXTENSION = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";

    /** The most shown of a value that is no address of the vocabulary. */
    private static final int LONGEST = 200;

    private final Report report;
    private final LabelText label;

    XmpReader(Report report) {
        this.report = report;
        this.label = new LabelText(report);
    }

    /** Reads a packet that stands at a place of which {@code place} is the name with {@code /xmp} at its end. */
    void read(Place place, byte[] packet) {
        Charset charset = charset(packet);
        if (charset.equals(StandardCharsets.UTF_8) && !worthScanning(packet)) {
            origin(place, packet);
            return;
        }
        List<XmlProperties.Property> properties = new ArrayList<>(2);
        try {
            XmlProperties.find(new String(packet, charset), report.limits().depth(), XmpReader::wanted, properties);
        } catch (XmlProperties.Refused e) {
            report.broken(Finding.of(Fault.XML_REFUSED, place.name(), e.why()));
        }
        properties.forEach(property -> take(place, property));
    }

    /** A packet without a label that may say where the content comes from. Nobody depends on it, so its faults are not this file's. */
    private void origin(Place place, byte[] packet) {
        if (!mayTellOrigin(packet)) {
            return;
        }
        List<XmlProperties.Property> properties = new ArrayList<>(2);
        try {
            XmlProperties.find(
                    new String(packet, StandardCharsets.UTF_8),
                    report.limits().depth(),
                    XmpReader::tellsOrigin,
                    properties);
        } catch (XmlProperties.Refused e) {
            // what was met before the fault is told
        }
        properties.forEach(property -> take(place, property));
    }

    private void take(Place place, XmlProperties.Property property) {
        if (tellsOrigin(property.uri(), property.local())) {
            origin(place, property);
        } else if (property.local().equals("XmpKvBase64")) {
            label.encoded(Place.other(place.name() + "/XmpKvBase64", place.guide()), property.value());
        } else if (property.uri().equals(NAMESPACE)) {
            if (!property.prefix().equals("TC260")) {
                report.add(Finding.of(Fault.PREFIX, place.name(), property.prefix())
                        .under(place.guide()));
            }
            if (!property.local().equals("AIGC")) {
                report.add(Fault.CAMEL_CASE, property.local(), place.name());
            }
            label.named(place, property.value());
        } else {
            label.unnamed(
                    new Place(
                            place.name() + "/" + property.prefix() + ":" + property.local(),
                            Place.Standing.OTHER,
                            Found.Form.BARE,
                            place.guide()),
                    property.value());
        }
    }

    private void origin(Place place, XmlProperties.Property property) {
        String where = place.name() + "/" + property.prefix() + ":" + property.local();
        String value = property.value().strip();
        if (!property.local().equals("DigitalSourceType")) {
            Generators.trace(Generators.Spot.XMP, property.local(), value, where)
                    .ifPresent(report::add);
        } else if (!value.isEmpty()) {
            boolean machine = SourceType.of(value).map(SourceType::machine).orElse(false);
            if (value.indexOf(':') < 0) {
                report.add(Fault.SOURCE_TYPE_BARE, where, LabelText.shortened(value));
            }
            String said = value.length() <= LONGEST ? value : value.substring(0, LONGEST);
            report.add(new Trace(Trace.Kind.SOURCE_TYPE, where, said, machine));
        }
    }

    private static boolean wanted(String uri, String local) {
        return local.equalsIgnoreCase("AIGC") || local.equals("XmpKvBase64") || tellsOrigin(uri, local);
    }

    private static boolean tellsOrigin(String uri, String local) {
        return switch (local) {
            case "DigitalSourceType" -> uri.equals(IPTC_EXTENSION);
            case "CreatorTool", "Credit" -> true;
            default -> false;
        };
    }

    /** One look over the bytes for the three names, cheaper than a scan. */
    private static boolean mayTellOrigin(byte[] packet) {
        for (int i = 0; i + 6 <= packet.length; i++) {
            boolean named = switch (packet[i]) {
                case 'C' -> stands(packet, i, "CreatorTool") || stands(packet, i, "Credit");
                case 'D' -> stands(packet, i, "DigitalSourceType");
                default -> false;
            };
            if (named) {
                return true;
            }
        }
        return false;
    }

    private static boolean stands(byte[] packet, int at, String name) {
        if (at + name.length() > packet.length) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (packet[at + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Most packets carry no label; one look over the bytes is cheaper than a scan. A document type is worth refusing in any case. */
    private static boolean worthScanning(byte[] packet) {
        for (int i = 0; i + 4 <= packet.length; i++) {
            int c = packet[i] | 0x20;
            if (c == 'a'
                    && (packet[i + 1] | 0x20) == 'i'
                    && (packet[i + 2] | 0x20) == 'g'
                    && (packet[i + 3] | 0x20) == 'c') {
                return true;
            }
            if (c == 'x' && packet[i + 1] == 'm' && packet[i + 2] == 'p' && packet[i + 3] == 'K') {
                return true;
            }
            if (packet[i] == '<' && packet[i + 1] == '!' && packet[i + 2] != '-' && packet[i + 2] != '[') {
                return true;
            }
        }
        return false;
    }

    private static Charset charset(byte[] packet) {
        if (packet.length < 2) {
            return StandardCharsets.UTF_8;
        }
        int first = packet[0] & 0xFF;
        int second = packet[1] & 0xFF;
        if ((first == 0xFE && second == 0xFF) || (first == 0 && second == '<')) {
            return StandardCharsets.UTF_16BE;
        }
        if ((first == 0xFF && second == 0xFE) || (first == '<' && second == 0)) {
            return StandardCharsets.UTF_16LE;
        }
        return StandardCharsets.UTF_8;
    }
}
