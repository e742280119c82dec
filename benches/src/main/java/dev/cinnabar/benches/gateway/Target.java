package dev.cinnabar.benches.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A gateway under load.
 *
 * @param pids the processes whose CPU is counted, each with its children
 * @param headers what a request to it needs beyond the usual
 */
record Target(String name, int port, String path, List<Long> pids, Map<String, String> headers) {
    /** A clock tick of /proc, in seconds. */
    private static final double TICK = 0.01;

    /** The request for a chat answer, whole or streamed. */
    byte[] request(boolean stream) {
        String body = "{\"model\":\"mock\",\"user\":\"bench-user\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\""
                + "please describe a quiet harbour in the evening ".repeat(20) + "\"}]}";
        StringBuilder head = new StringBuilder(
                "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return Http.bytes(head + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** The CPU seconds that the processes and their children took so far. */
    double cpu() throws IOException {
        double seconds = 0;
        for (long pid : pids) {
            seconds += own(pid);
            for (ProcessHandle child :
                    ProcessHandle.of(pid).map(p -> p.descendants().toList()).orElse(List.of())) {
                seconds += own(child.pid());
            }
        }
        return seconds;
    }

    private static double own(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK;
    }
}
