package dev.cinnabar.benches.gateway;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Load on one target, bounded in count and time: as fast as it goes, at a fixed rate, or as trickling streams. */
final class Load {
    /** What a run gave: requests a second, CPU microseconds of the target for each, latencies in milliseconds, answers that were no success. */
    record Result(double perSecond, double cpuMicros, double p50, double p99, int failures) {}

    private final Target target;

    Load(Target target) {
        this.target = target;
    }

    /** Requests from several connections, each sending the next as soon as it has the answer. */
    Result flatOut(int connections, int requests) throws Exception {
        return run(connections, requests, 0);
    }

    /** Requests that arrive at a fixed rate whatever the answers do; latency counts from when a request was due. */
    Result atRate(int connections, int requests, int perSecond) throws Exception {
        return run(connections, requests, 1_000_000_000L / perSecond);
    }

    private Result run(int connections, int requests, long nanosBetween) throws Exception {
        long[] latency = new long[requests];
        AtomicLong next = new AtomicLong();
        AtomicInteger failures = new AtomicInteger();
        byte[] request = target.request(false);
        double cpu = target.cpu();
        long start = System.nanoTime();
        try (ExecutorService pool = Executors.newFixedThreadPool(connections)) {
            all(pool, connections, () -> one(request, latency, next, failures, start, nanosBetween));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuMicros = (target.cpu() - cpu) * 1e6 / requests;
        Arrays.sort(latency);
        return new Result(
                requests / seconds,
                cpuMicros,
                latency[requests / 2] / 1e6,
                latency[requests * 99 / 100] / 1e6,
                failures.get());
    }

    private void one(
            byte[] request, long[] latency, AtomicLong next, AtomicInteger failures, long start, long nanosBetween)
            throws Exception {
        try (Socket socket = connect()) {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
            for (int i = (int) next.getAndIncrement(); i < latency.length; i = (int) next.getAndIncrement()) {
                long due = nanosBetween == 0 ? System.nanoTime() : start + i * nanosBetween;
                waitUntil(due);
                socket.getOutputStream().write(request);
                String head = Http.head(in);
                Http.body(in, head.toLowerCase(Locale.ROOT));
                latency[i] = System.nanoTime() - due;
                if (!head.startsWith("HTTP/1.1 200")) {
                    failures.incrementAndGet();
                }
            }
        } catch (IOException e) {
            failures.incrementAndGet();
            throw e;
        }
    }

    private static void waitUntil(long due) throws InterruptedException {
        long nanos = due - System.nanoTime();
        if (nanos > 0) {
            Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
        }
    }

    /** Streams side by side; p50 and p99 are of the time to the first chunk of content, CPU is for each chunk of the model. */
    Result streams(int streams) throws Exception {
        long[] first = new long[streams];
        AtomicInteger at = new AtomicInteger();
        AtomicInteger failures = new AtomicInteger();
        double cpu = target.cpu();
        long start = System.nanoTime();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            all(pool, streams, () -> first[at.getAndIncrement()] = stream(failures));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        int chunks = streams * MockModel.CHUNKS;
        Arrays.sort(first);
        return new Result(
                chunks / seconds,
                (target.cpu() - cpu) * 1e6 / chunks,
                first[streams / 2] / 1e6,
                first[streams * 99 / 100] / 1e6,
                failures.get());
    }

    private long stream(AtomicInteger failures) throws IOException {
        try (Socket socket = connect()) {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
            long start = System.nanoTime();
            socket.getOutputStream().write(target.request(true));
            String head = Http.head(in);
            long first = 0;
            String all = "";
            for (byte[] chunk = Http.chunk(in); chunk.length > 0; chunk = Http.chunk(in)) {
                first = first == 0 ? System.nanoTime() - start : first;
                all = new String(chunk, java.nio.charset.StandardCharsets.UTF_8);
            }
            if (!head.startsWith("HTTP/1.1 200") || !all.contains("[DONE]")) {
                failures.incrementAndGet();
            }
            return first;
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void all(ExecutorService pool, int times, Work work) throws Exception {
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.add(pool.submit(() -> {
                work.run();
                return times;
            }));
        }
        for (Future<Integer> one : all) {
            one.get();
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), target.port());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        return socket;
    }
}
