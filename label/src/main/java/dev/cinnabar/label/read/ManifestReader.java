package dev.cinnabar.label.read;

import dev.cinnabar.label.SignatureSeen;
import dev.cinnabar.label.SourceType;
import dev.cinnabar.label.Trace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a C2PA manifest says of itself: who made the file with what, how it is titled, who signed, which source types its actions name. Read, not validated: a manifest copied
 * from another file says the same. Reports the seal in any case.
 */
final class ManifestReader {
    private static final int DEEPEST = 8;
    private static final int MOST_BOXES = 4_096;
    /** How far into its wrapping a store may begin: the longest is that of ISO base media files and of ID3 frames. */
    private static final int MOST_HEAD = 128;

    private static final long X5CHAIN = 33;
    private static final Pattern NAME = Pattern.compile("(?:^|,)(?:CN|O)=((?:[^,\\\\]|\\\\.)+)");

    /** A box: its label where it is a superbox, its content, its boxes. */
    private record Box(String type, String label, byte[] content, List<Box> boxes) {
        Optional<Box> child(String... labels) {
            return boxes.stream()
                    .filter(box -> Arrays.asList(labels).contains(box.label()))
                    .reduce((first, last) -> last);
        }

        Optional<Cbor> cbor() {
            return boxes.stream()
                    .filter(box -> box.type().equals("cbor"))
                    .findFirst()
                    .flatMap(box -> Cbor.parse(box.content()));
        }
    }

    private final byte[] jumbf;
    private int boxes;

    private ManifestReader(byte[] jumbf) {
        this.jumbf = jumbf;
    }

    /** Reports the manifest store somewhere near the beginning of this stretch; one longer than the limit is seen and not read. */
    static void read(Report report, String where, Window file, long at, long length) throws IOException, Damage {
        if (length > report.limits().textBytes()) {
            report.add(SignatureSeen.unchecked(SignatureSeen.Scheme.C2PA, where));
            return;
        }
        byte[] stretch = file.copy(at, (int) length);
        String head = new String(stretch, 0, Math.min(stretch.length, MOST_HEAD), StandardCharsets.ISO_8859_1);
        int start = Math.max(0, head.indexOf("jumb") - 4);
        read(report, where, Arrays.copyOfRange(stretch, start, stretch.length));
    }

    /** Reports the manifest store that stands at {@code where}. */
    static void read(Report report, String where, byte[] jumbf) {
        Optional<Box> manifest = new ManifestReader(jumbf).active();
        if (manifest.isEmpty()) {
            report.add(SignatureSeen.unchecked(SignatureSeen.Scheme.C2PA, where));
            return;
        }
        Optional<String> signer = signer(manifest.get());
        report.add(new SignatureSeen(SignatureSeen.Scheme.C2PA, where, Optional.empty(), Optional.empty(), signer));
        Set<String> sources = sources(manifest.get());
        boolean machine = sources.stream()
                .anyMatch(
                        source -> SourceType.of(source).map(SourceType::machine).orElse(false));
        Optional<Cbor> claim =
                manifest.get().child("c2pa.claim", "c2pa.claim.v2").flatMap(Box::cbor);
        List<String> says = new ArrayList<>();
        claim.flatMap(ManifestReader::generator).ifPresent(name -> says.add("generator " + name));
        claim.flatMap(all -> all.at("dc:title"))
                .flatMap(Cbor::text)
                .ifPresent(title -> says.add("title " + plain(title)));
        signer.ifPresent(name -> says.add("signer " + name));
        sources.forEach(source -> says.add("source " + plain(source.substring(source.lastIndexOf('/') + 1))));
        report.add(new Trace(Trace.Kind.C2PA, where, String.join("; ", says), machine));
    }

    /** The last manifest of the store, which speaks for the file. */
    private Optional<Box> active() {
        return boxes(0, jumbf.length, 0).stream()
                .filter(box -> box.type().equals("jumb"))
                .findFirst()
                .flatMap(store -> store.boxes().stream()
                        .filter(box -> box.type().equals("jumb"))
                        .reduce((first, last) -> last));
    }

    private List<Box> boxes(int from, int to, int depth) {
        List<Box> found = new ArrayList<>();
        int at = from;
        while (at + 8 <= to && depth <= DEEPEST && ++boxes <= MOST_BOXES) {
            long length = u32(at);
            int head = 8;
            if (length == 1 && at + 16 <= to) {
                length = u32(at + 8) << 32 | u32(at + 12);
                head = 16;
            } else if (length == 0) {
                length = (long) to - at;
            }
            if (length < head || length > to - at) {
                break;
            }
            found.add(box(at, at + head, at + (int) length, depth));
            at += (int) length;
        }
        return found;
    }

    private Box box(int at, int content, int end, int depth) {
        String type = new String(jumbf, at + 4, 4, StandardCharsets.ISO_8859_1);
        if (!type.equals("jumb")) {
            boolean wanted = type.equals("cbor") || type.equals("jumd");
            return new Box(type, "", wanted ? Arrays.copyOfRange(jumbf, content, end) : new byte[0], List.of());
        }
        List<Box> inside = boxes(content, end, depth + 1);
        String label = inside.isEmpty() ? "" : label(inside.getFirst());
        return new Box(type, label, new byte[0], inside);
    }

    /** The label in a description box: after a type of 16 bytes and a byte of flags, to a zero. */
    private static String label(Box description) {
        byte[] content = description.content();
        int from = 17;
        int to = from;
        while (to < content.length && content[to] != 0) {
            to++;
        }
        boolean labelled = description.type().equals("jumd") && content.length > from && (content[16] & 2) != 0;
        return labelled ? new String(content, from, to - from, StandardCharsets.UTF_8) : "";
    }

    private static Optional<String> generator(Cbor claim) {
        Optional<String> info = claim.at("claim_generator_info")
                .flatMap(all -> all.items().stream().findFirst())
                .flatMap(first -> first.at("name"))
                .flatMap(Cbor::text);
        return info.or(() -> claim.at("claim_generator").flatMap(Cbor::text)).map(ManifestReader::plain);
    }

    private static Set<String> sources(Box manifest) {
        Set<String> sources = new LinkedHashSet<>();
        List<Box> assertions = manifest.child("c2pa.assertions").map(Box::boxes).orElse(List.of());
        for (Box assertion : assertions) {
            if (assertion.label().startsWith("c2pa.actions")) {
                List<Cbor> actions = assertion
                        .cbor()
                        .flatMap(all -> all.at("actions"))
                        .map(Cbor::items)
                        .orElse(List.of());
                actions.forEach(action ->
                        action.at("digitalSourceType").flatMap(Cbor::text).ifPresent(sources::add));
            }
        }
        return sources;
    }

    /** The subject of the first certificate in the signature. */
    private static Optional<String> signer(Box manifest) {
        Optional<Cbor> cose = manifest.child("c2pa.signature").flatMap(Box::cbor);
        List<Cbor> parts = cose.map(Cbor::items).orElse(List.of());
        if (parts.size() < 2) {
            return Optional.empty();
        }
        Optional<Cbor> chain = parts.get(0) instanceof Cbor.Bytes(byte[] header)
                ? Cbor.parse(header).flatMap(all -> all.at(X5CHAIN))
                : Optional.empty();
        return chain.or(() -> parts.get(1).at(X5CHAIN))
                .or(() -> parts.get(1).at("x5chain"))
                .flatMap(all -> all.items().stream().findFirst())
                .flatMap(first -> first instanceof Cbor.Bytes(byte[] der) ? subject(der) : Optional.empty());
    }

    private static Optional<String> subject(byte[] der) {
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            Matcher names = NAME.matcher(certificate.getSubjectX500Principal().getName());
            Set<String> all = new LinkedHashSet<>();
            while (names.find()) {
                all.add(plain(String.valueOf(names.group(1)).replace("\\", "")));
            }
            return all.isEmpty() ? Optional.empty() : Optional.of(String.join(" / ", all));
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    /** Text of a stranger's, short and without control characters. */
    private static String plain(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .limit(80)
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
                .forEach(out::appendCodePoint);
        return out.toString().strip();
    }

    private long u32(int at) {
        return (jumbf[at] & 0xFFL) << 24
                | (jumbf[at + 1] & 0xFF) << 16
                | (jumbf[at + 2] & 0xFF) << 8
                | (jumbf[at + 3] & 0xFF);
    }
}
