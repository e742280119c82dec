package dev.cinnabar.label.read;

import dev.cinnabar.label.Look;
import dev.cinnabar.label.SignatureSeen;
import java.io.IOException;
import java.util.Locale;

/** Matroska and WebM: the tag AIGC of the whole segment (the guide's place), the same of a track or under other names, and an attached C2PA manifest. No block is looked at. */
final class MatroskaReader implements FormatReader {
    private static final long HEADER = 0x1A45DFA3L;
    private static final long SEGMENT = 0x18538067L;
    private static final long CLUSTER = 0x1F43B675L;
    private static final long TAGS = 0x1254C367L;
    private static final long TAG = 0x7373;
    private static final long TARGETS = 0x63C0;
    private static final long SIMPLE_TAG = 0x67C8;
    private static final long TAG_NAME = 0x45A3;
    private static final long TAG_STRING = 0x4487;
    private static final long TAG_BINARY = 0x4485;
    private static final long ATTACHMENTS = 0x1941A469L;
    private static final long ATTACHED_FILE = 0x61A7;
    private static final long FILE_TYPE = 0x4660;
    /** Clusters without a size are walked block by block; blocks are more than other elements, and cheaper. */
    private static final long BLOCKS_PER_BOX = 100;

    @Override
    public void read(Window file, Look look, Report report) throws IOException, Damage {
        Walk walk = new Walk(new Ebml(file, report), report);
        for (long at = 0; at < file.size(); ) {
            Ebml.Element element = walk.ebml.at(at, file.size());
            at = element.id() == SEGMENT ? walk.segment(element) : element.end();
        }
    }

    /** One walk through a file. */
    private static final class Walk {
        private final Ebml ebml;
        private final Report report;
        private final LabelText label;
        private long blocks;

        Walk(Ebml ebml, Report report) {
            this.ebml = ebml;
            this.report = report;
            this.label = new LabelText(report);
        }

        /** Walks a segment; gives where it ends. */
        long segment(Ebml.Element segment) throws IOException, Damage {
            long at = segment.body();
            while (at < segment.end()) {
                Ebml.Element element = ebml.at(at, segment.end());
                if (segment.open() && (element.id() == HEADER || element.id() == SEGMENT)) {
                    return at;
                }
                if (element.id() == TAGS) {
                    tags(element);
                } else if (element.id() == ATTACHMENTS) {
                    attachments(element);
                }
                at = element.open() && element.id() == CLUSTER ? endOfCluster(element) : element.end();
            }
            return at;
        }

        /** A cluster without a size ends where something begins that cannot stand in it. */
        private long endOfCluster(Ebml.Element cluster) throws IOException, Damage {
            long at = cluster.body();
            while (at < cluster.end()) {
                if (++blocks > report.limits().boxes() * BLOCKS_PER_BOX) {
                    throw Damage.limit("more than " + report.limits().boxes() * BLOCKS_PER_BOX + " blocks");
                }
                Ebml.Element element = ebml.uncounted(at, cluster.end());
                if (element.id() > 0xFFFFFFL) {
                    return at;
                }
                at = element.end();
            }
            return at;
        }

        private void attachments(Ebml.Element attachments) throws IOException, Damage {
            for (Ebml.Element attached : ebml.within(attachments)) {
                if (attached.id() != ATTACHED_FILE) {
                    continue;
                }
                for (Ebml.Element part : ebml.within(attached)) {
                    if (part.id() == FILE_TYPE
                            && ebml.name(part).toLowerCase(Locale.ROOT).contains("c2pa")) {
                        report.add(SignatureSeen.unchecked(SignatureSeen.Scheme.C2PA, "mkv:Attachments/c2pa"));
                    }
                }
            }
        }

        private void tags(Ebml.Element tags) throws IOException, Damage {
            for (Ebml.Element tag : ebml.within(tags)) {
                if (tag.id() != TAG) {
                    continue;
                }
                boolean whole = true;
                for (Ebml.Element part : ebml.within(tag)) {
                    if (part.id() == TARGETS) {
                        whole &= !hasTarget(part);
                    }
                }
                for (Ebml.Element part : ebml.within(tag)) {
                    if (part.id() == SIMPLE_TAG) {
                        simple(part, whole ? "mkv:Tags/" : "mkv:Tags/target/", whole, 0);
                    }
                }
            }
        }

        /** Whether a tag speaks of one track, edition, chapter or attachment. */
        private boolean hasTarget(Ebml.Element targets) throws IOException, Damage {
            boolean any = false;
            for (Ebml.Element part : ebml.within(targets)) {
                boolean one = part.id() == 0x63C5 || part.id() == 0x63C9 || part.id() == 0x63C4 || part.id() == 0x63C6;
                any |= one && ebml.isNotZero(part);
            }
            return any;
        }

        private void simple(Ebml.Element tag, String where, boolean main, int depth) throws IOException, Damage {
            if (depth > report.limits().depth()) {
                throw Damage.limit("tags nested deeper than " + report.limits().depth());
            }
            String name = "";
            for (Ebml.Element part : ebml.within(tag)) {
                name = part.id() == TAG_NAME ? ebml.name(part) : name;
            }
            for (Ebml.Element part : ebml.within(tag)) {
                if (part.id() == SIMPLE_TAG) {
                    simple(part, where + printable(name) + "/", false, depth + 1);
                } else if (part.id() == TAG_STRING || part.id() == TAG_BINARY) {
                    value(part, name, where + printable(name), main && part.id() == TAG_STRING);
                }
            }
        }

        private void value(Ebml.Element value, String name, String where, boolean main) throws IOException, Damage {
            if (MovieKeys.saysAigc(name)) {
                boolean guides = main && name.equals("AIGC");
                Place place = guides ? Place.main(where, Place.VIDEO_GUIDE) : Place.other(where, Place.VIDEO_GUIDE);
                label.named(place, ebml.text(value));
            } else if (ebml.beginsWithBrace(value)) {
                label.unnamed(Place.other(where, Place.VIDEO_GUIDE), ebml.text(value));
            }
        }

        private static String printable(String text) {
            StringBuilder out = new StringBuilder();
            LabelText.shortened(text).chars().forEach(c -> out.append(c > 0x20 && c < 0x7F ? (char) c : '?'));
            return out.toString();
        }
    }
}
