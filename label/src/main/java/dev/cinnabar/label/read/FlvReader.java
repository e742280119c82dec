package dev.cinnabar.label.read;

import dev.cinnabar.label.Look;
import java.io.IOException;

/** FLV: the key AIGC of the script tag onMetaData (the guide's place), the same under other names and in other script tags. Tags of sound and pictures are passed over. */
final class FlvReader implements FormatReader {
    private static final int SCRIPT = 18;
    private static final int HEAD = 11;
    /** Every frame is a tag: they are more than other boxes, and cheaper. */
    private static final long TAGS_PER_BOX = 100;

    @Override
    public void read(Window file, Look look, Report report) throws IOException, Damage {
        long walked = 0;
        long start = file.u32be(5) + 4;
        if (start < 13) {
            throw Damage.at(5, "the tags begin within the header");
        }
        for (long at = start; at + HEAD <= file.size(); walked++) {
            if (walked > report.limits().boxes() * TAGS_PER_BOX) {
                throw Damage.limit("more than " + walked + " tags");
            }
            int kind = file.u8(at) & 0x3F;
            long length = file.u32be(at) & 0xFFFFFF;
            if (length > file.size() - at - HEAD) {
                throw Damage.at(at, "a tag claims " + length + " bytes; the file has " + (file.size() - at - HEAD));
            }
            if (kind == SCRIPT) {
                script(file, at + HEAD, length, report);
            } else if ((kind & 0x1F) != 8 && (kind & 0x1F) != 9 && (kind & 0x1F) != SCRIPT) {
                throw Damage.at(at, "no tag begins here");
            }
            at += HEAD + length + 4;
        }
    }

    private static void script(Window file, long at, long length, Report report) throws IOException, Damage {
        if (length > report.limits().textBytes()) {
            throw Damage.limit("the script tag at " + at + " has " + length + " bytes");
        }
        LabelText label = new LabelText(report);
        Amf amf = new Amf(file.copy(at, (int) length), report.limits().depth());
        try {
            String event = amf.name();
            boolean metadata = event.equals("onMetaData");
            for (boolean first = true; amf.hasMore(); first = false) {
                boolean guides = metadata && first;
                amf.value(0, (key, depth, text) -> heard(label, guides && depth == 1, key, text));
            }
        } catch (Damage e) {
            report.broken(e.finding());
        }
    }

    private static void heard(LabelText label, boolean guides, String key, String text) {
        if (guides && key.equals("AIGC")) {
            label.named(Place.main("flv:onMetaData/AIGC", Place.VIDEO_GUIDE), text);
        } else if (MovieKeys.saysAigc(key)) {
            label.named(Place.other("flv:script/" + printable(key), Place.VIDEO_GUIDE), text);
        } else {
            label.unnamed(Place.other("flv:script/" + printable(key), Place.VIDEO_GUIDE), text);
        }
    }

    private static String printable(String text) {
        StringBuilder out = new StringBuilder();
        LabelText.shortened(text).chars().forEach(c -> out.append(c > 0x20 && c < 0x7F ? (char) c : '?'));
        return out.toString();
    }
}
