package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import dev.cinnabar.label.Finding;
import dev.cinnabar.label.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Matroska and WebM: the label in the tag AIGC of the whole segment (TC260-PG-20257A), in place of every label the tags carry. Padding takes up the growth where it can; else the media
 * move, and the tables of positions, the positions of clusters and the checksums move with them.
 */
final class MatroskaWriter implements FormatWriter {
    private static final long ATTACHMENTS = 0x1941A469L;
    private static final long ATTACHED_FILE = 0x61A7;
    private static final long FILE_TYPE = 0x4660;
    /** Longer padding is left alone. */
    private static final long MOST_PADDING = 1 << 20;

    private final Format format;
    private final List<Finding> notes = new ArrayList<>();

    MatroskaWriter(Format format) {
        this.format = format;
    }

    @Override
    public Draft plan(Input file, Job job) throws IOException, Refusal {
        MatroskaLayout layout = MatroskaLayout.of(file, job);
        seal(file, layout, job);
        MatroskaChanges changes = new MatroskaChanges(file, layout, job);
        List<EbmlElement> tags = layout.all(MatroskaTags.TAGS);
        if (tags.isEmpty()) {
            insert(layout, changes, MatroskaTags.label(job.json()));
        }
        for (EbmlElement element : tags) {
            byte[] label = element.equals(tags.getFirst()) ? MatroskaTags.label(job.json()) : new byte[0];
            byte[] content = changes.content(element);
            byte[] clean = MatroskaTags.clean(content, label, job);
            if (!java.util.Arrays.equals(clean, content)) {
                replace(layout, changes, element, clean);
            }
        }
        EditPlan plan = changes.plan();
        job.withoutMark(format).ifPresent(notes::add);
        return new Draft(plan, "mkv:Tags/AIGC", List.of(), notes);
    }

    private void seal(Input file, MatroskaLayout layout, Job job) throws IOException, Refusal {
        for (EbmlElement attachments : layout.all(ATTACHMENTS)) {
            for (EbmlElement attached : inside(file, attachments, job)) {
                if (attached.id() != ATTACHED_FILE) {
                    continue;
                }
                for (EbmlElement part : inside(file, attached, job)) {
                    if (part.id() == FILE_TYPE && isManifest(file, part)) {
                        refuseOrNote(job);
                    }
                }
            }
        }
    }

    private void refuseOrNote(Job job) throws Refusal {
        if (!job.order().breakC2pa()) {
            throw new Refusal(Fault.C2PA_SEALED, "mkv:Attachments/c2pa");
        }
        if (notes.isEmpty()) {
            notes.add(Finding.of(Fault.SEAL_BROKEN));
        }
    }

    private static boolean isManifest(Input file, EbmlElement part) throws IOException, Refusal {
        byte[] type = file.stretch(part.body(), Math.min(1024, part.length()));
        return new String(type, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT).contains("c2pa");
    }

    private static List<EbmlElement> inside(Input file, EbmlElement parent, Job job) throws IOException, Refusal {
        List<EbmlElement> found = new ArrayList<>();
        for (long at = parent.body(); at < parent.end(); at = found.getLast().end()) {
            if (found.size() >= job.limits().boxes()) {
                throw new Refusal(Fault.TOO_LARGE, "more than " + job.limits().boxes() + " elements");
            }
            found.add(EbmlElement.at(file, at, parent.end()));
        }
        return found;
    }

    /** New tags: in padding before the media where one is long enough, else right before the media. */
    private static void insert(MatroskaLayout layout, MatroskaChanges changes, byte[] label) {
        byte[] tags = EbmlBytes.element(MatroskaTags.TAGS, label);
        for (EbmlElement element : layout.children()) {
            long length = element.end() - element.at();
            long left = length - tags.length;
            boolean fits = left == 0 || left >= 2;
            if (element.id() == EbmlBytes.VOID && element.at() < layout.mediaAt() && fits && length <= MOST_PADDING) {
                changes.replace(element.at(), element.end(), padded(tags, left));
                return;
            }
        }
        changes.replace(layout.mediaAt(), layout.mediaAt(), tags);
    }

    /** Changed tags where they were; padding behind them gives or takes the difference. */
    private static void replace(MatroskaLayout layout, MatroskaChanges changes, EbmlElement old, byte[] content) {
        byte[] tags = EbmlBytes.element(MatroskaTags.TAGS, old.sizeWidth(), content);
        Optional<EbmlElement> padding = layout.paddingBehind(old);
        if (padding.isPresent()) {
            long left = padding.get().end() - old.at() - tags.length;
            if (left == 1) {
                tags = EbmlBytes.element(MatroskaTags.TAGS, old.sizeWidth() + 1, content);
                left = padding.get().end() - old.at() - tags.length;
            }
            if (left == 0 || (left >= 2 && left <= MOST_PADDING)) {
                changes.replace(old.at(), padding.get().end(), padded(tags, left));
                return;
            }
        }
        changes.replace(old.at(), old.end(), tags);
    }

    private static byte[] padded(byte[] tags, long left) {
        if (left == 0) {
            return tags;
        }
        byte[] padding = EbmlBytes.padding((int) left);
        byte[] out = java.util.Arrays.copyOf(tags, tags.length + padding.length);
        System.arraycopy(padding, 0, out, tags.length, padding.length);
        return out;
    }
}
