package dev.cinnabar.label.read;

import dev.cinnabar.label.Look;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Ogg: the comment headers of all its streams (the audio guide's place), multiplexed or chained. Only the first pages are read, and of a chained file, which the serial number
 * of its last page gives away, the heads of all pages.
 */
final class OggReader implements FormatReader {
    private static final int LONGEST_PAGE = 27 + 255 + 255 * 255;

    private final Map<Long, OggStream> streams = new LinkedHashMap<>();

    @Override
    public void read(Window file, Look look, Report report) throws IOException, Damage {
        boolean chained = false;
        boolean heads = true;
        long at = 0;
        for (int pages = 0; at < file.size() && (heads || chained); pages++) {
            if (pages >= report.limits().boxes()) {
                throw Damage.limit("more than " + report.limits().boxes() + " pages");
            }
            if (!heads && file.has(at, "TAG")) {
                return;
            }
            OggPage page = OggPage.at(file, at);
            at = page.end();
            if (page.isFirst()) {
                if (!heads) {
                    streams.clear();
                    heads = true;
                }
                streams.put(
                        page.serial(), new OggStream(file, page, report.limits().textBytes()));
            } else if (streams.isEmpty()) {
                throw Damage.at(page.at(), "the first page begins no stream");
            } else if (heads) {
                heads = headsGoOn(page, report);
                chained = heads ? chained : chained || !streams.containsKey(lastSerial(file));
            }
        }
        if (streams.values().stream().anyMatch(stream -> !stream.isDone())) {
            throw Damage.at(file.size(), "the comment header of a stream is missing");
        }
    }

    /** Takes a page that begins no stream; says whether a comment header is still to come. */
    private boolean headsGoOn(OggPage page, Report report) throws IOException, Damage {
        OggStream stream = streams.get(page.serial());
        if (stream != null && !stream.isDone()) {
            stream.take(page);
            if (stream.isDone()) {
                comments(stream, report);
            }
        }
        return streams.values().stream().anyMatch(waiting -> !waiting.isDone());
    }

    private static void comments(OggStream stream, Report report) throws IOException {
        try {
            stream.read(report);
        } catch (Damage e) {
            report.broken(e.finding()); // the other streams can still be read
        }
    }

    /** The serial number of the last page, which belongs to the first streams unless the file is chained. */
    private static long lastSerial(Window file) throws IOException, Damage {
        long from = Math.max(0, file.size() - LONGEST_PAGE - 128);
        byte[] tail = file.copy(from, (int) (file.size() - from));
        for (int i = tail.length - OggPage.HEAD; i >= 0; i--) {
            if (tail[i] == 'O' && tail[i + 1] == 'g' && tail[i + 2] == 'g' && tail[i + 3] == 'S' && tail[i + 4] == 0) {
                return file.u32le(from + i + 14);
            }
        }
        return -1;
    }
}
