package dev.cinnabar.label.write;

import dev.cinnabar.label.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The segment of a Matroska file and the elements in it, with their real ends.
 *
 * @param segment the segment
 * @param children its elements in order
 */
record MatroskaLayout(EbmlElement segment, List<EbmlElement> children) {
    static final long SEGMENT = 0x18538067L;
    static final long CLUSTER = 0x1F43B675L;
    private static final long HEADER = 0x1A45DFA3L;
    private static final long LAST_SHORT_ID = 0xFFFFFFL;
    private static final long BLOCKS_PER_BOX = 100;

    /** Reads the layout; refuses a file whose sizes do not hold, and one with several segments. */
    static MatroskaLayout of(Input file, Job job) throws IOException, Refusal {
        Optional<MatroskaLayout> found = Optional.empty();
        for (long at = 0; at < file.size(); ) {
            EbmlElement element = EbmlElement.at(file, at, file.size());
            if (element.id() == SEGMENT) {
                if (found.isPresent()) {
                    throw Refusal.broken(at, "there is a second segment");
                }
                found = Optional.of(read(file, element, job));
                at = found.get().segment().end();
            } else if (element.open()) {
                throw Refusal.broken(at, "an element without a size that must have one");
            } else {
                at = element.end();
            }
        }
        return found.orElseThrow(() -> new Refusal(Fault.UNREADABLE, "it has no segment"));
    }

    private static MatroskaLayout read(Input file, EbmlElement segment, Job job) throws IOException, Refusal {
        List<EbmlElement> children = new ArrayList<>();
        long blocks = 0;
        long most = job.limits().boxes() * BLOCKS_PER_BOX;
        long at = segment.body();
        while (at < segment.end()) {
            if (children.size() >= job.limits().boxes()) {
                throw new Refusal(Fault.TOO_LARGE, "more than " + job.limits().boxes() + " elements");
            }
            EbmlElement element = EbmlElement.at(file, at, segment.end());
            if (segment.open() && (element.id() == HEADER || element.id() == SEGMENT)) {
                break;
            }
            if (element.open()) {
                if (element.id() != CLUSTER) {
                    throw Refusal.broken(at, "an element without a size that must have one");
                }
                long end = element.body();
                while (end < element.end()) {
                    EbmlElement inner = EbmlElement.at(file, end, segment.end());
                    if (inner.id() > LAST_SHORT_ID) {
                        break;
                    }
                    if (inner.open() || ++blocks > most) {
                        throw new Refusal(Fault.TOO_LARGE, "more than " + most + " blocks, or one without a size");
                    }
                    end = inner.end();
                }
                element = element.endingAt(end);
            }
            children.add(element);
            at = element.end();
        }
        return new MatroskaLayout(segment.endingAt(at), children);
    }

    /** The elements of a number. */
    List<EbmlElement> all(long id) {
        return children.stream().filter(element -> element.id() == id).toList();
    }

    /** Where the media begin: the first cluster, or the end. */
    long mediaAt() {
        return children.stream()
                .filter(element -> element.id() == CLUSTER)
                .map(EbmlElement::at)
                .findFirst()
                .orElse(segment.end());
    }

    /** The padding right behind an element. */
    Optional<EbmlElement> paddingBehind(EbmlElement element) {
        int next = children.indexOf(element) + 1;
        return next < children.size() && children.get(next).id() == EbmlBytes.VOID
                ? Optional.of(children.get(next))
                : Optional.empty();
    }
}
