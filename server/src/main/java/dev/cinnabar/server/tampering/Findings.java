package dev.cinnabar.server.tampering;

import dev.cinnabar.label.Field;
import dev.cinnabar.label.Found;
import dev.cinnabar.label.Labels;
import dev.cinnabar.label.Reading;
import dev.cinnabar.label.Source;
import dev.cinnabar.server.content.Contents;
import dev.cinnabar.server.content.Contents.Part;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Compares one file with the records: first by its media, then by what its label claims. Changes nothing. */
final class Findings {
    private static final Pattern NUMBER = Pattern.compile("([0-7][0-9A-HJKMNP-TV-Z]{25})(-\\d{1,3})?");
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final Duration SLACK = Duration.ofMinutes(5);

    private final Labels labels;
    private final ReleaseIndex index;
    private final Contents contents;
    private final Predicate<String> mentioned;
    private final Optional<String> producer;
    private final Duration kept;
    private final InstantSource clock;

    /**
     * @param mentioned whether the traffic log speaks of a content
     * @param producer our code in ContentProducer
     * @param kept how long contents are kept
     */
    Findings(
            Labels labels,
            ReleaseIndex index,
            Contents contents,
            Predicate<String> mentioned,
            Optional<String> producer,
            Duration kept,
            InstantSource clock) {
        this.labels = labels;
        this.index = index;
        this.contents = contents;
        this.mentioned = mentioned;
        this.producer = producer;
        this.kept = kept;
        this.clock = clock;
    }

    /**
     * What was found.
     *
     * @param content the content of ours in question; empty where there is none
     */
    record Finding(Tampered outcome, String content, String evidence) {}

    /** Whether a label in the file names us. */
    boolean claims(Reading reading) {
        return reading.labels().stream()
                .anyMatch(found -> producer.isPresent()
                        && found.value(Field.CONTENT_PRODUCER).equals(producer));
    }

    /** The finding; empty where the file neither is ours nor claims to be. */
    Optional<Finding> of(String name, byte[] bytes, Reading reading) throws IOException {
        Optional<String> media = labels.mediaDigest(Source.of(name, bytes));
        Optional<Finding> known = media.isPresent() ? byMedia(media.get(), reading) : Optional.empty();
        return known.isPresent() ? known : byClaim(bytes, media, reading);
    }

    private Optional<Finding> byMedia(String media, Reading reading) throws IOException {
        Optional<Finding> worst = Optional.empty();
        for (String content : index.contents(media)) {
            for (Mark mark : index.marks(content)) {
                if (mark.media().equals(Optional.of(media))) {
                    Finding finding = compared(reading, mark, content, "the same media");
                    if (finding.outcome() == Tampered.INTACT) {
                        return Optional.of(finding);
                    }
                    worst = worst.or(() -> Optional.of(finding));
                }
            }
        }
        return worst;
    }

    private static Finding compared(Reading reading, Mark mark, String content, String basis) {
        if (reading.labels().isEmpty()) {
            return new Finding(Tampered.REMOVED, content, basis + " as released; released with a label, found without");
        }
        List<String> differs = Comparison.differences(reading, mark);
        return differs.isEmpty()
                ? new Finding(Tampered.INTACT, content, basis + " as released, the producer's side is the same")
                : new Finding(Tampered.ALTERED, content, basis + " as released; " + String.join("; ", differs));
    }

    private Optional<Finding> byClaim(byte[] bytes, Optional<String> media, Reading reading) throws IOException {
        for (Found found : reading.labels()) {
            String number = found.value(Field.PRODUCE_ID).orElse("");
            var parts = NUMBER.matcher(number);
            if (parts.matches()) {
                String content = String.valueOf(parts.group(1));
                boolean ours = found.value(Field.CONTENT_PRODUCER).equals(producer);
                if (ours || isKnown(content)) {
                    return Optional.of(claim(bytes, media, reading, number, content));
                }
            }
        }
        return Optional.empty();
    }

    private boolean isKnown(String content) throws IOException {
        return contents.get(content, "about").isPresent() || mentioned.test(content);
    }

    private Finding claim(byte[] bytes, Optional<String> media, Reading reading, String number, String content)
            throws IOException {
        Optional<Mark> mark = index.marks(content).stream()
                .filter(each -> each.label().number().equals(number))
                .findFirst();
        if (mark.isPresent()) {
            return against(bytes, media, reading, mark.get(), content);
        }
        if (isKnown(content)) {
            return new Finding(
                    Tampered.UNKNOWN, content, "the log knows the content; no file of it is kept to compare");
        }
        Instant made = time(content);
        if (made.isAfter(clock.instant().plus(SLACK))) {
            return new Finding(Tampered.FORGED, content, "the number names a time that has not come");
        }
        return made.isBefore(clock.instant().minus(kept))
                ? new Finding(Tampered.UNKNOWN, content, "the number is older than what is kept")
                : new Finding(Tampered.FORGED, content, "nothing was ever released under this number");
    }

    private Finding against(byte[] bytes, Optional<String> media, Reading reading, Mark mark, String content)
            throws IOException {
        if (media.isPresent() && media.equals(mark.media())) {
            return compared(reading, mark, content, "the same media");
        }
        Optional<Part> released =
                mark.part().isPresent() ? contents.get(content, mark.part().get()) : Optional.empty();
        Likeness.Verdict likeness =
                released.map(part -> Likeness.of(part.bytes(), bytes)).orElse(Likeness.Verdict.UNSURE);
        return switch (likeness) {
            case SAME -> compared(reading, mark, content, "the same picture, coded again,");
            case OTHER -> new Finding(Tampered.FORGED, content, "another picture was released under this number");
            case UNSURE ->
                new Finding(
                        Tampered.UNKNOWN, content, "the media are not those released; they may have been coded again");
        };
    }

    /** The moment in an id: its first ten characters are milliseconds. */
    private static Instant time(String id) {
        long millis = 0;
        for (int i = 0; i < 10; i++) {
            millis = millis << 5 | ALPHABET.indexOf(id.charAt(i));
        }
        return Instant.ofEpochMilli(millis);
    }
}
