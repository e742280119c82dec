package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** glTF scenes: the label as an object under the key AIGC of {@code asset.extras}, in place of any that is there; the rest of the JSON and every other chunk stay as they are. */
final class GltfWriter implements FormatWriter {
    private static final long MOST = 4 << 20;

    private final Format format;
    private final boolean binary;

    GltfWriter(Format format) {
        this.format = format;
        this.binary = format == Format.GLB;
    }

    @Override
    public Draft plan(Input file, Job job) throws IOException, Refusal {
        List<Finding> notes = new ArrayList<>(job.withoutMark(format).stream().toList());
        long from = binary ? 20 : 0;
        long length = binary ? file.little(12, 4) : file.size();
        if (binary && (file.little(4, 4) != 2 || file.little(16, 4) != 0x4E4F534AL)) {
            throw Refusal.broken(12, "it does not begin with a JSON chunk of version 2");
        }
        if (length > file.size() - from) {
            throw Refusal.broken(12, "its JSON chunk claims " + length + " bytes");
        }
        if (length > Math.min(MOST, job.limits().textBytes())) {
            throw new Refusal(Fault.TOO_LARGE, "the JSON of the scene has " + length + " bytes");
        }
        byte[] old = file.stretch(from, length);
        String changed = labelled(text(old), job);
        byte[] json = changed.getBytes(StandardCharsets.UTF_8);
        EditPlan.Edits edits = new EditPlan.Edits();
        if (binary) {
            long declared = file.little(8, 4);
            json = padded(json);
            long whole = declared - length + json.length;
            if (whole > 0xFFFFFFFFL) {
                throw new Refusal(Fault.NO_ROOM, "a GLB file ends at 4 GiB");
            }
            edits.replace(8, 16, Bytes.joined(Bytes.little(whole, 4), Bytes.little(json.length, 4)));
        }
        edits.replace(from, from + length, json);
        return new Draft(edits.plan(file.size()), format.word() + ":asset/extras/AIGC", List.of(), notes);
    }

    /** Chunks are multiples of four, JSON is filled up with spaces. */
    private static byte[] padded(byte[] json) {
        int trimmed = json.length;
        while (trimmed > 0 && json[trimmed - 1] == ' ') {
            trimmed--;
        }
        byte[] out = Arrays.copyOf(json, (trimmed + 3) / 4 * 4);
        Arrays.fill(out, trimmed, out.length, (byte) ' ');
        return out;
    }

    private static String text(byte[] bytes) throws Refusal {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(Fault.ENCODING, "its JSON is not UTF-8");
        }
    }

    private static String labelled(String text, Job job) throws Refusal {
        String label = "\"AIGC\":" + job.order().label().toJson();
        JsonSpans root = JsonSpans.of(text, text.startsWith("\uFEFF") ? 1 : 0);
        Optional<JsonSpans.Member> asset = root.only("asset");
        if (asset.isEmpty() || text.charAt(asset.get().from()) != '{') {
            throw Refusal.broken(0, "it has no asset: it is no glTF scene");
        }
        JsonSpans inAsset = JsonSpans.of(text, asset.get().from());
        Optional<JsonSpans.Member> extras = inAsset.only("extras");
        if (extras.isEmpty()) {
            return inAsset.with(text, "\"extras\":{" + label + "}");
        }
        if (text.charAt(extras.get().from()) != '{') {
            throw new Refusal(Fault.NO_ROOM, "its asset.extras is no object");
        }
        JsonSpans inExtras = JsonSpans.of(text, extras.get().from());
        return inExtras.without("AIGC").with(label);
    }
}
