package dev.cinnabar.server.gateway.upstream;

import dev.cinnabar.server.gateway.upstream.UpstreamFailed.How;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** All upstreams by the models they offer: chooses by weight, goes on to the next where one fails before it answered, and rests those that keep failing. */
public final class Upstreams {
    /**
     * That an upstream offers a model.
     *
     * @param model the name clients use
     * @param upstreamModel the name the upstream uses
     * @param weight its share among the upstreams of the model, 1 or more
     */
    public record Offer(String model, Upstream upstream, String upstreamModel, int weight) {
        public Offer {
            if (weight < 1) {
                throw new IllegalArgumentException(
                        "the weight of " + upstream.name() + " for " + model + " is " + weight + ", below 1");
            }
        }
    }

    /** A reply, and who gave it. */
    public record Answered(String upstream, Reply reply) {}

    private static final int FAILURES_TO_REST = 5;
    private static final Duration REST = Duration.ofSeconds(10);

    private record Target(Upstream upstream, String model, int weight, Breaker breaker) {}

    private final Map<String, List<Target>> byModel = new LinkedHashMap<>();
    private final RandomGenerator random;

    public Upstreams(List<Offer> offers, RandomGenerator random) {
        this.random = random;
        java.util.IdentityHashMap<Upstream, Breaker> breakers = new java.util.IdentityHashMap<>();
        for (Offer offer : offers) {
            Breaker breaker = breakers.computeIfAbsent(offer.upstream(), u -> new Breaker(FAILURES_TO_REST, REST));
            byModel.computeIfAbsent(offer.model(), m -> new ArrayList<>())
                    .add(new Target(offer.upstream(), offer.upstreamModel(), offer.weight(), breaker));
        }
    }

    /** The models offered, in order of their names. */
    public Set<String> models() {
        return new TreeSet<>(byModel.keySet());
    }

    /** Whether any upstream offers the model. */
    public boolean offers(String model) {
        return byModel.containsKey(model);
    }

    /**
     * Sends the call to one upstream of its model after the other until one gives a reply whose status is not a passing failure.
     *
     * @throws UpstreamFailed with the last failure, when none did
     */
    public Answered send(Call call) throws UpstreamFailed {
        List<Target> left = new ArrayList<>(byModel.getOrDefault(call.model(), List.of()));
        if (left.isEmpty()) {
            throw new UpstreamFailed(How.NO_SUCH_MODEL, "no upstream offers the model asked for");
        }
        UpstreamFailed last = new UpstreamFailed(
                How.ALL_RESTING, "all " + left.size() + " upstreams of the model rest after failures");
        while (!left.isEmpty()) {
            Target target = left.remove(draw(left));
            if (!target.breaker().mayTry(System.nanoTime())) {
                continue;
            }
            try {
                return new Answered(target.upstream().name(), ask(target, call));
            } catch (UpstreamFailed e) {
                last = e;
            }
        }
        throw last;
    }

    private static Reply ask(Target target, Call call) throws UpstreamFailed {
        boolean decided = false;
        try {
            Reply reply = target.upstream().send(call, target.model());
            int status = reply.status();
            if (passing(status)) {
                reply.cancel();
                reply.close();
                throw new UpstreamFailed(How.STATUS, target.upstream().name() + " answered with status " + status);
            }
            decided = true;
            return new Watched(reply, target.breaker());
        } catch (UpstreamFailed e) {
            decided = true;
            target.breaker().failed(System.nanoTime());
            throw e;
        } finally {
            if (!decided) {
                target.breaker().undecided();
            }
        }
    }

    /** A failure that another upstream, or the same a little later, may not share. */
    private static boolean passing(int status) {
        return status >= 500 || status == 429 || status == 408;
    }

    private int draw(List<Target> targets) {
        if (targets.size() == 1) {
            return 0;
        }
        int all = targets.stream().mapToInt(Target::weight).sum();
        int at = random.nextInt(all);
        for (int i = 0; i < targets.size(); i++) {
            at -= targets.get(i).weight();
            if (at < 0) {
                return i;
            }
        }
        return targets.size() - 1;
    }

    /** Tells the breaker how the body ended. */
    private static final class Watched implements Reply {
        private final Reply reply;
        private final Breaker breaker;
        private boolean told;

        Watched(Reply reply, Breaker breaker) {
            this.reply = reply;
            this.breaker = breaker;
        }

        @Override
        public int status() {
            return reply.status();
        }

        @Override
        public String mediaType() {
            return reply.mediaType();
        }

        @Override
        public int read(byte[] into, int from, int length) throws UpstreamFailed {
            try {
                int n = reply.read(into, from, length);
                if (n < 0 && !told) {
                    told = true;
                    breaker.worked();
                }
                return n;
            } catch (UpstreamFailed e) {
                if (!told) {
                    told = true;
                    breaker.failed(System.nanoTime());
                }
                throw e;
            }
        }

        @Override
        public void cancel() {
            reply.cancel();
        }

        @Override
        public void close() {
            if (!told) {
                told = true;
                breaker.undecided();
            }
            reply.close();
        }
    }
}
