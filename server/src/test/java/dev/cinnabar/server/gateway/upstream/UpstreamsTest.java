package dev.cinnabar.server.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cinnabar.server.gateway.upstream.UpstreamFailed.How;
import dev.cinnabar.server.law.Article;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who is asked when there are several: by weight, the next where one fails before it answered, nobody who rests. */
@Article("16")
class UpstreamsTest {
    private static final Call CALL = new Call(Call.Kind.CHAT, "model", model -> new byte[0], false, "trace");

    /** Answers with a status, or fails where it is 0. */
    private static final class Scripted implements Upstream {
        private final String name;
        private final AtomicInteger asked = new AtomicInteger();
        private int status;

        Scripted(String name, int status) {
            this.name = name;
            this.status = status;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Reply send(Call call, String upstreamModel) throws UpstreamFailed {
            asked.incrementAndGet();
            if (status == 0) {
                throw new UpstreamFailed(How.UNREACHABLE, name + " is not there");
            }
            return new Empty(status);
        }
    }

    private record Empty(int status) implements Reply {
        @Override
        public String mediaType() {
            return "application/json";
        }

        @Override
        public int read(byte[] into, int from, int length) {
            return -1;
        }

        @Override
        public void cancel() {}

        @Override
        public void close() {}
    }

    private static Upstreams of(Object... upstreamsAndWeights) {
        List<Upstreams.Offer> offers = new ArrayList<>();
        for (int i = 0; i < upstreamsAndWeights.length; i += 2) {
            offers.add(new Upstreams.Offer(
                    "model", (Upstream) upstreamsAndWeights[i], "theirs", (Integer) upstreamsAndWeights[i + 1]));
        }
        return new Upstreams(offers, new Random(7));
    }

    /** Asks, and reads the answer to its end, as whoever serves does. */
    private static String ask(Upstreams upstreams) throws UpstreamFailed {
        Upstreams.Answered answered = upstreams.send(CALL);
        try (Reply reply = answered.reply()) {
            assertThat(reply.read(new byte[1], 0, 1)).isEqualTo(-1);
        }
        return answered.upstream();
    }

    @Test
    void eachIsAskedAsOftenAsItsWeightSays() throws Exception {
        Scripted often = new Scripted("often", 200);
        Scripted seldom = new Scripted("seldom", 200);
        Upstreams upstreams = of(often, 3, seldom, 1);
        for (int i = 0; i < 4000; i++) {
            ask(upstreams);
        }
        assertThat(often.asked.get()).isBetween(2850, 3150);
        assertThat(often.asked.get() + seldom.asked.get()).isEqualTo(4000);
    }

    @Test
    void whereOneFailsTheNextIsAskedAndTheRequestItselfIsNeverToBlame() throws Exception {
        for (int status : new int[] {0, 408, 429, 500, 502, 503}) {
            Scripted bad = new Scripted("bad", status);
            Scripted good = new Scripted("good", 200);
            assertThat(ask(of(bad, 1_000_000, good, 1))).isEqualTo("good");
            assertThat(bad.asked.get()).isEqualTo(1);
        }
        for (int status : new int[] {200, 400, 401, 404, 422}) {
            Scripted decided = new Scripted("decided", status);
            Scripted other = new Scripted("other", 200);
            assertThat(ask(of(decided, 1_000_000, other, 1))).isEqualTo("decided");
            assertThat(other.asked.get()).isZero();
        }
    }

    @Test
    void whoKeepsFailingRestsAndWhenAllRestNobodyIsAsked() throws Exception {
        Scripted bad = new Scripted("bad", 500);
        Upstreams upstreams = of(bad, 1);
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> ask(upstreams))
                    .isInstanceOfSatisfying(
                            UpstreamFailed.class, e -> assertThat(e.how()).isEqualTo(How.STATUS));
        }
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> ask(upstreams))
                    .isInstanceOfSatisfying(
                            UpstreamFailed.class, e -> assertThat(e.how()).isEqualTo(How.ALL_RESTING));
        }
        assertThat(bad.asked.get()).isEqualTo(5);
    }

    @Test
    void oneGoodAnswerInBetweenAndItDoesNotRest() throws Exception {
        Scripted shaky = new Scripted("shaky", 500);
        Upstreams upstreams = of(shaky, 1);
        for (int i = 0; i < 40; i++) {
            shaky.status = i % 4 == 3 ? 200 : 500;
            try {
                ask(upstreams);
            } catch (UpstreamFailed e) {
                assertThat(e.how()).isEqualTo(How.STATUS);
            }
        }
        assertThat(shaky.asked.get()).isEqualTo(40);
    }

    @Test
    void afterTheRestOneCallTriesItAndDecides() {
        Breaker breaker = new Breaker(2, Duration.ofNanos(100));
        breaker.failed(0);
        assertThat(breaker.mayTry(1)).as("one failure is no rest").isTrue();
        breaker.failed(10);
        assertThat(breaker.mayTry(109)).isFalse();
        assertThat(breaker.mayTry(110)).as("the one that tries").isTrue();
        assertThat(breaker.mayTry(111)).as("another meanwhile").isFalse();
        breaker.failed(120);
        assertThat(breaker.mayTry(219)).isFalse();
        assertThat(breaker.mayTry(220)).isTrue();
        breaker.undecided();
        assertThat(breaker.mayTry(221)).as("given up by us: the next tries").isTrue();
        breaker.worked();
        assertThat(breaker.mayTry(222)).isTrue();
        assertThat(breaker.mayTry(222)).isTrue();
    }
}
