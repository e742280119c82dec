package dev.cinnabar.server.gateway;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.label.Explicit;
import dev.cinnabar.label.ExplicitMark;
import dev.cinnabar.label.Format;
import dev.cinnabar.label.Labels;
import dev.cinnabar.label.Lang;
import dev.cinnabar.label.Memory;
import dev.cinnabar.label.Order;
import dev.cinnabar.label.Reading;
import dev.cinnabar.label.Source;
import dev.cinnabar.label.Verdict;
import dev.cinnabar.label.Written;
import dev.cinnabar.label.sign.SignatureCheck;
import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Words;
import dev.cinnabar.server.tampering.Mark;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Presses labels onto media and reads them back, on a few platform threads of its own: pixels and samples would hold up the carriers of everyone else. When its queue
 * is full it says so at once.
 */
final class Press implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Press.class);

    private final Labels labels;
    private final Duration most;
    private final ThreadPoolExecutor threads;

    /** @param most how long one file may take */
    Press(Labels labels, int threads, int waiting, Duration most) {
        this.labels = labels;
        this.most = most;
        this.threads = new ThreadPoolExecutor(
                threads,
                threads,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(waiting),
                Thread.ofPlatform().name("press-", 0).daemon().factory());
    }

    /** A labelled file that was read back.
     *
     * @param explicit the explicit labels that the reader found
     * @param mark how it is labelled, to be kept for comparison
     */
    record Pressed(byte[] bytes, Format format, String place, List<ExplicitMark> explicit, Mark mark) {
        /** The mark as a list; none where the format holds no label. */
        List<Mark> marks() {
            return place.isEmpty() ? List.of() : List.of(mark);
        }
    }

    /**
     * Labels a file; refuses when it cannot be labelled, or when the label cannot be read back.
     *
     * @param allowed what the file may be; anything else is not what was asked for, even if it can be labelled
     * @param impossible the code of the refusal of a file that cannot be labelled: ours to answer for, or the sender's
     */
    Outcome<Pressed> press(String name, byte[] media, Order order, Set<Format> allowed, Code impossible) {
        return onThreads(() -> pressed(name, media, order, impossible, true)
                .then(pressed ->
                        allowed.contains(pressed.format()) ? Outcome.done(pressed) : Outcome.not(otherKind())));
    }

    /**
     * Writes a propagator's label. Faults that were the producer's and stay as they were do not hinder it.
     */
    Outcome<Pressed> spread(String name, byte[] media, Order order) {
        return onThreads(() -> pressed(name, media, order, Code.LABEL_IMPOSSIBLE, false));
    }

    /** Reads a file's labels. */
    Outcome<Reading> read(String name, byte[] media) {
        return onThreads(() -> Outcome.done(SignatureCheck.withoutTrust(labels.read(Source.of(name, media)))));
    }

    private Outcome<Pressed> pressed(String name, byte[] media, Order order, Code impossible, boolean faultless)
            throws IOException {
        Memory target = new Memory();
        return switch (labels.write(Source.of(name, media), order, target)) {
            case Written.Impossible no ->
                Outcome.not(Refused.of(
                        impossible,
                        no.clause(),
                        no.reason(Lang.ZH),
                        no.reason(Lang.EN),
                        new Words(no.remedy(Lang.ZH), no.remedy(Lang.EN))));
            case Written.Done done -> readBack(name, target.bytes(), order, done, faultless);
        };
    }

    private Outcome<Pressed> readBack(String name, byte[] bytes, Order order, Written.Done done, boolean faultless)
            throws IOException {
        Reading reading = labels.read(Source.of(name, bytes));
        boolean text = done.format() == Format.TEXT;
        boolean implicit = text
                || ((!faultless || reading.verdict() instanceof Verdict.Compliant) && carries(reading, order.label()));
        boolean explicit =
                order.explicit() instanceof Explicit.None || !reading.explicit().isEmpty();
        if (!implicit || !explicit) {
            LOG.error(
                    "label not confirmed: format={} verdict={} implicit={} explicit={}",
                    reading.format().word(),
                    reading.verdict().word(),
                    implicit,
                    explicit);
            return Outcome.not(Refusals.readBackFailed());
        }
        Mark mark =
                new Mark(Mark.Written.of(order.label()), labels.mediaDigest(Source.of(name, bytes)), Optional.empty());
        return Outcome.done(new Pressed(bytes, done.format(), done.place(), reading.explicit(), mark));
    }

    private static boolean carries(Reading reading, AigcLabel label) {
        return reading.labels().size() == 1
                && reading.labels().getFirst().label().equals(Optional.of(label));
    }

    private <T> Outcome<T> onThreads(Callable<Outcome<T>> work) {
        Future<Outcome<T>> result;
        try {
            result = threads.submit(work);
        } catch (RejectedExecutionException full) {
            return Outcome.not(Refusals.busy());
        }
        try {
            return result.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result.cancel(true);
            return Outcome.not(Refusals.busy());
        } catch (TimeoutException e) {
            result.cancel(true);
            return Outcome.not(slow());
        } catch (ExecutionException e) {
            LOG.error("labelling broke", e.getCause());
            return Outcome.not(Refusals.labelFailed(
                    "", new Words("加标识时出错，内容不予释放。", "Labelling broke; the content is not released.")));
        }
    }

    private static Refused otherKind() {
        return Refusals.labelFailed(
                "",
                new Words(
                        "模型给出的文件不是所要求的格式，不予释放。",
                        "The model gave a file that is not of the kind asked for; it is not released."));
    }

    private static Refused slow() {
        return Refusals.labelFailed(
                "", new Words("加标识超时，内容不予释放。", "Labelling took too long; the content is not released."));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
