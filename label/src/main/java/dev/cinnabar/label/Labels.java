package dev.cinnabar.label;

import dev.cinnabar.label.read.MediaDigest;
import dev.cinnabar.label.read.Reader;
import dev.cinnabar.label.write.Writer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads, judges and writes the labels of files. Immutable; one object serves many threads. */
public final class Labels {
    private final Reader reader;
    private final Writer writer;
    private final Limits limits;

    public Labels(Limits limits) {
        this.limits = limits;
        this.reader = new Reader(limits);
        this.writer = new Writer(limits);
    }

    /** Reads every label and looks through the content for explicit ones. Damage is a finding; only the world's failure throws. */
    public Reading read(Source source) throws IOException {
        return read(source, Look.CONTENT);
    }

    /** Reads every label, as far as {@code look} says. */
    public Reading read(Source source, Look look) throws IOException {
        return read(source, look, List.of());
    }

    /** Reads as {@link #read(Source, Look)} does, looking in pictures for these own wordings beside the table's. */
    public Reading read(Source source, Look look, List<String> ownWordings) throws IOException {
        try (Source.Bytes bytes = source.open()) {
            return reader.read(bytes, Sniff.format(source.name(), bytes), look, ownWordings);
        }
    }

    /**
     * A SHA-256 digest, hex, of the media alone: the same before and after a label is written without a mark, and after metadata are stripped. Empty where the format is not
     * one of PNG, JPEG and WAV, or the file is broken.
     */
    public Optional<String> mediaDigest(Source source) throws IOException {
        try (Source.Bytes bytes = source.open()) {
            return MediaDigest.of(bytes, Sniff.format(source.name(), bytes), limits);
        }
    }

    /**
     * Writes the labelled file to a path: a new file beside it, read back, forced to disk, then renamed over the target, so that no half file is ever seen. The target may be the
     * source's own path. An explicit label that the content already carries is not made a second time.
     */
    public Written write(Source source, Order order, Path target) throws IOException {
        return new Writing(source, order).toPath(target);
    }

    /** Writes the labelled file to memory, read back before it is handed over. */
    public Written write(Source source, Order order, Memory target) throws IOException {
        return new Writing(source, order).toMemory(target);
    }

    /** Streams the labelled file; the result is not read back, and the stream is neither flushed nor closed. Nothing is written where the answer is Impossible. */
    public Written write(Source source, Order order, OutputStream target) throws IOException {
        return new Writing(source, order).toStream(target);
    }

    /** One writing: plans, runs, reads back. */
    private final class Writing {
        private final Source source;
        private final Order order;
        private final List<String> ownWordings;
        private final List<ExplicitMark> there = new ArrayList<>();
        private Format format = Format.UNKNOWN;
        private String lost = "?";
        private List<Trace> kept = List.of();

        Writing(Source source, Order order) {
            this.source = source;
            this.order = order;
            this.ownWordings = order.explicit() instanceof Explicit.Text(String wording) ? List.of(wording) : List.of();
        }

        Written toPath(Path target) throws IOException {
            try (Source.Bytes bytes = source.open()) {
                return switch (plan(bytes)) {
                    case Writer.Refused refused -> new Written.Impossible(format, said(refused.why()));
                    case Writer.Planned planned -> toPath(planned, bytes, target);
                };
            }
        }

        private Written toPath(Writer.Planned planned, Source.Bytes bytes, Path target) throws IOException {
            try (NewFile file = NewFile.beside(target)) {
                long size = planned.run(file.channel());
                Optional<Finding> wrong = wrong(Source.of(file.path()), planned);
                if (wrong.isPresent()) {
                    return new Written.Impossible(format, wrong.get());
                }
                if (bytes.changed()) {
                    return new Written.Impossible(format, Finding.of(Fault.CHANGED));
                }
                file.publish();
                return done(planned, size);
            }
        }

        Written toMemory(Memory target) throws IOException {
            try (Source.Bytes bytes = source.open()) {
                return switch (plan(bytes)) {
                    case Writer.Refused refused -> new Written.Impossible(format, said(refused.why()));
                    case Writer.Planned planned -> toMemory(planned, target);
                };
            }
        }

        private Written toMemory(Writer.Planned planned, Memory target) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            long size = planned.run(Channels.newChannel(out));
            byte[] labelled = out.toByteArray();
            Optional<Finding> wrong = wrong(Source.of(source.name(), labelled), planned);
            if (wrong.isPresent()) {
                return new Written.Impossible(format, wrong.get());
            }
            target.fill(labelled);
            return done(planned, size);
        }

        Written toStream(OutputStream target) throws IOException {
            try (Source.Bytes bytes = source.open()) {
                return switch (plan(bytes)) {
                    case Writer.Refused refused -> new Written.Impossible(format, said(refused.why()));
                    case Writer.Planned planned -> done(planned, planned.run(Channels.newChannel(target)));
                };
            }
        }

        private Writer.Outcome plan(Source.Bytes bytes) throws IOException {
            format = Sniff.format(source.name(), bytes);
            Order asked = order;
            if (!(order.explicit() instanceof Explicit.None)) {
                there.addAll(
                        reader.read(bytes, format, Look.CONTENT, ownWordings).explicit());
                asked = there.isEmpty() ? order : order.with(Explicit.none());
            }
            Writer.Outcome outcome = writer.plan(bytes, source.name(), format, asked);
            boolean seal = switch (outcome) {
                case Writer.Refused(Finding why) -> why.fault() == Fault.C2PA_SEALED;
                case Writer.Planned planned ->
                    planned.notes().stream().anyMatch(note -> note.fault() == Fault.SEAL_BROKEN);
            };
            if (seal) {
                lost = reader.read(bytes, format, Look.METADATA, List.of()).traces().stream()
                        .filter(trace -> trace.kind() == Trace.Kind.C2PA)
                        .map(Trace::says)
                        .filter(says -> !says.isEmpty())
                        .findFirst()
                        .orElse(lost);
            }
            return outcome;
        }

        /** A finding about a seal, with what its manifest says of the file: that is lost with it. */
        private Finding said(Finding finding) {
            boolean seal = finding.fault() == Fault.C2PA_SEALED || finding.fault() == Fault.SEAL_BROKEN;
            return seal ? finding.detailed(lost) : finding;
        }

        private Written done(Writer.Planned planned, long size) {
            there.addAll(planned.explicit());
            List<Finding> notes =
                    new ArrayList<>(planned.notes().stream().map(this::said).toList());
            Optional<SourceType> wanted = order.sourceType();
            kept.stream()
                    .filter(trace -> trace.kind() == Trace.Kind.SOURCE_TYPE)
                    .filter(trace -> wanted.isPresent() && !trace.sourceType().equals(wanted))
                    .map(trace -> Finding.of(Fault.SOURCE_TYPE_KEPT, trace.where(), trace.says()))
                    .forEach(notes::add);
            return new Written.Done(format, planned.place(), there, size, notes);
        }

        /** What the result, read back, lacks of what was asked. */
        private Optional<Finding> wrong(Source result, Writer.Planned planned) throws IOException {
            boolean drawn = !planned.explicit().isEmpty();
            Reading reading;
            try (Source.Bytes bytes = result.open()) {
                reading = reader.read(bytes, format, drawn ? Look.CONTENT : Look.METADATA, ownWordings);
            }
            kept = reading.traces();
            if (!planned.place().isEmpty()) {
                boolean one = reading.labels().size() == 1
                        && reading.labels().getFirst().label().equals(Optional.of(order.label()));
                if (!one || reading.verdict() instanceof Verdict.Inconclusive) {
                    return Optional.of(Finding.of(
                            Fault.NOT_READ_BACK,
                            reading.labels().size() + " labels, "
                                    + reading.verdict().word()));
                }
            }
            if (drawn && reading.explicit().isEmpty()) {
                return Optional.of(Finding.of(Fault.NOT_READ_BACK, "no explicit label"));
            }
            return Optional.empty();
        }
    }
}
