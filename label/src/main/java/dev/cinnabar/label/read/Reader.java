package dev.cinnabar.label.read;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import dev.cinnabar.label.Lang;
import dev.cinnabar.label.Limits;
import dev.cinnabar.label.Look;
import dev.cinnabar.label.Reading;
import dev.cinnabar.label.Source;
import dev.cinnabar.label.Wordings;
import java.io.IOException;
import java.util.List;

/** Reads one open file of a known format: finds its reader, catches its damage, has the result judged. */
public final class Reader {
    private final Limits limits;

    public Reader(Limits limits) {
        this.limits = limits;
    }

    /** The reading; {@code ownWordings} are looked for in pictures beside the table's. Throws only where the world fails. */
    public Reading read(Source.Bytes bytes, Format format, Look look, List<String> ownWordings) throws IOException {
        // a wording without both elements is no explicit label, wherever it stands
        List<String> good = ownWordings.stream()
                .filter(wording -> Wordings.missing(wording, Lang.EN).isEmpty())
                .toList();
        Report report = new Report(limits, good);
        try {
            if (bytes.size() > limits.bytes()) {
                throw Damage.limit("the file has " + bytes.size() + " bytes");
            }
            of(format).read(new Window(bytes), look, report);
            if (bytes.changed()) {
                report.broken(Finding.of(Fault.CHANGED));
            }
        } catch (Damage e) {
            report.broken(e.finding());
        } catch (Ranges.SourceFailed e) {
            throw new IOException(e.getCause());
        }
        return Judge.judged(format, report);
    }

    private static FormatReader of(Format format) {
        return switch (format) {
            case PNG -> new PngReader();
            case JPEG -> new JpegReader();
            case WEBP -> new WebpReader();
            case GIF -> new GifReader();
            case TIFF -> new TiffReader();
            case SVG -> new SvgReader();
            case WAV -> new WavReader();
            case MP3 -> new TaggedReader("mp3");
            case AAC -> new TaggedReader("aac");
            case HEIC, HEIF, AVIF -> new HeifReader();
            case MP4, MOV -> new MovieReader("mp4", Place.VIDEO_GUIDE);
            case M4A -> new MovieReader("mp4", Place.AUDIO_GUIDE);
            case FLAC -> new FlacReader();
            case OGG -> new OggReader();
            case MKV, WEBM -> new MatroskaReader();
            case AVI -> new AviReader();
            case FLV -> new FlvReader();
            case PDF -> new PdfReader();
            case DOCX, XLSX, PPTX -> new OoxmlReader(format.word());
            case ODT, ODS, ODP -> new OdfReader(format.word());
            case EPUB -> new EpubReader();
            case HTML -> new HtmlReader();
            case GLTF -> new GltfReader(false);
            case GLB -> new GltfReader(true);
            case MARKDOWN -> new MarkdownReader();
            case TEXT -> new TextReader();
            case UNKNOWN -> Reader::unknown;
        };
    }

    private static void unknown(Window file, Look look, Report report) {
        report.broken(Finding.of(Fault.UNKNOWN_FORMAT));
    }
}
