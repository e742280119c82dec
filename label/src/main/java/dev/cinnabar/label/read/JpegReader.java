package dev.cinnabar.label.read;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Look;
import java.io.IOException;

/** JPEG: the segments up to the first scan, and the picture where the content is looked at. */
final class JpegReader implements FormatReader {
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int MOST_SCANS = 200;
    private static final int APP14 = 0xEE;

    @Override
    public void read(Window file, Look look, Report report) throws IOException, Damage {
        JpegSegments segments = new JpegSegments(file, report);
        Ranges picture = new Ranges(file);
        picture.add(0, 2);
        boolean adobe = false;
        long at = 2;
        int walked = 0;
        while (true) {
            int marker = marker(file, at);
            while (marker == 0xFF) {
                marker = marker(file, ++at);
            }
            if (marker == SOS || marker == EOI) {
                break;
            }
            if (++walked > report.limits().boxes()) {
                throw Damage.limit("more than " + report.limits().boxes() + " segments");
            }
            if (marker == 0x01 || (marker >= 0xD0 && marker <= SOI)) {
                at += 2;
                continue;
            }
            int length = file.u16be(at + 2);
            if (length < 2 || at + 2 + length > file.size()) {
                throw Damage.at(
                        at, "the segment claims " + length + " bytes, more than the file has or fewer than it needs");
            }
            segments.take(at + 4, length - 2, marker);
            adobe |= marker == APP14;
            if (marker == APP14 || marker < 0xE0) {
                picture.add(at, 2 + length);
            }
            at += 2 + length;
        }
        segments.end();
        if (look == Look.CONTENT) {
            picture.add(at, file.size() - at);
            if (hasTooManyScans(file, at)) {
                report.add(Fault.CONTENT_UNREAD, "it has more than " + MOST_SCANS + " scans");
            } else {
                new PictureEye(report).jpeg(picture, segments.orientation(), adobe);
            }
        }
    }

    /** A small file of thousands of progressive scans would keep a decoder busy for minutes. */
    private static boolean hasTooManyScans(Window file, long from) throws IOException {
        byte[] block = new byte[1 << 16];
        int scans = 0;
        int before = 0;
        for (long at = from; ; ) {
            int n = file.read(at, block, 0, block.length);
            if (n <= 0) {
                return false;
            }
            for (int i = 0; i < n; i++) {
                int b = block[i] & 0xFF;
                if (before == 0xFF && b == SOS && ++scans > MOST_SCANS) {
                    return true;
                }
                before = b;
            }
            at += n;
        }
    }

    private static int marker(Window file, long at) throws IOException, Damage {
        if (file.u8(at) != 0xFF) {
            throw Damage.at(at, "no segment begins here");
        }
        return file.u8(at + 1);
    }
}
