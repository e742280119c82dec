package dev.cinnabar.label.write;

import dev.cinnabar.label.ExplicitMark;
import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import dev.cinnabar.label.Limits;
import dev.cinnabar.label.Order;
import dev.cinnabar.label.Source;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/** Plans the labelling of one open file of a known format; what comes back can be run, or says why not. */
public final class Writer {
    private final Limits limits;

    public Writer(Limits limits) {
        this.limits = limits;
    }

    /** What planning came to. */
    public sealed interface Outcome permits Planned, Refused {}

    /** A plan that can be run. */
    public static final class Planned implements Outcome {
        private final Source.Bytes bytes;
        private final Draft draft;

        private Planned(Source.Bytes bytes, Draft draft) {
            this.bytes = bytes;
            this.draft = draft;
        }

        /** Runs the plan; the source must still be open. Gives the number of bytes written. */
        public long run(WritableByteChannel target) throws IOException {
            return draft.plan().run(bytes, target);
        }

        /** Where the implicit label will sit; empty where the format has no place. */
        public String place() {
            return draft.place();
        }

        /** The explicit labels that will be made. */
        public List<ExplicitMark> explicit() {
            return draft.explicit();
        }

        /** What the caller should know. */
        public List<Finding> notes() {
            return draft.notes();
        }
    }

    /** Why the file cannot be labelled as asked. */
    public record Refused(Finding why) implements Outcome {}

    /** Plans; throws only where the world fails. */
    public Outcome plan(Source.Bytes bytes, String name, Format format, Order order) throws IOException {
        try {
            if (bytes.size() > limits.bytes()) {
                throw new Refusal(Fault.TOO_LARGE, bytes.size() + " bytes");
            }
            return new Planned(bytes, of(format).plan(new Input(bytes), new Job(order, limits, name)));
        } catch (Refusal e) {
            return new Refused(e.finding());
        }
    }

    private static FormatWriter of(Format format) throws Refusal {
        return switch (format) {
            case PNG -> new PngWriter();
            case JPEG -> new JpegWriter();
            case WEBP -> new WebpWriter();
            case GIF -> new GifWriter();
            case TIFF -> new TiffWriter();
            case SVG -> new SvgWriter();
            case WAV -> new WavWriter();
            case MP3, AAC -> new TaggedWriter(format);
            case HEIC, HEIF, AVIF -> new HeifWriter(format);
            case MP4, MOV, M4A -> new MovieWriter(format);
            case FLAC -> new FlacWriter();
            case OGG -> new OggWriter();
            case MKV, WEBM -> new MatroskaWriter(format);
            case AVI -> new AviWriter();
            case FLV -> new FlvWriter();
            case PDF -> new PdfWriter();
            case DOCX, XLSX, PPTX -> new OoxmlWriter(format);
            case ODT, ODS, ODP -> new OdfWriter(format);
            case EPUB -> new EpubWriter();
            case HTML -> new HtmlWriter();
            case GLTF, GLB -> new GltfWriter(format);
            case MARKDOWN -> new MarkdownWriter();
            case TEXT -> new TextWriter();
            case UNKNOWN -> throw new Refusal(Fault.UNKNOWN_FORMAT);
        };
    }
}
