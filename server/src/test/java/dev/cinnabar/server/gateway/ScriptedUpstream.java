package dev.cinnabar.server.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An upstream over a raw socket that does whatever a test tells it to, however wrong. */
final class ScriptedUpstream implements AutoCloseable {
    /** What is written after a request was read. */
    @FunctionalInterface
    interface Script {
        void play(OutputStream out, Socket socket) throws Exception;
    }

    final List<String> bodies = new CopyOnWriteArrayList<>();
    final List<String> heads = new CopyOnWriteArrayList<>();
    final AtomicInteger asked = new AtomicInteger();
    volatile Script script = (out, socket) -> {};
    private final ServerSocket server;

    ScriptedUpstream() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String head = head(in);
            if (head.isEmpty()) {
                return;
            }
            int length = 0;
            for (String line : head.split("\r\n", -1)) {
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
            }
            heads.add(head);
            bodies.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
            asked.incrementAndGet();
            script.play(socket.getOutputStream(), socket);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            in.readAllBytes();
        } catch (Exception e) {
            // The other side left, as some tests want it to.
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int b; (b = in.read()) >= 0; ) {
            head.write(b);
            if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }

    /** Answers with this body and closes. */
    void answers(int status, String mediaType, byte[] body) {
        script = (out, socket) -> {
            out.write(("HTTP/1.1 " + status + " x\r\nContent-Type: " + mediaType + "\r\nContent-Length: " + body.length
                            + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.write(body);
        };
    }

    void answers(String json) {
        answers(200, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Says one chat completion with this text. */
    void says(String text) {
        answers(
                "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
                        + quoted(text)
                        + "},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7}}");
    }

    /** The head of an event stream that ends with its connection. */
    static final byte[] STREAM = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.UTF_8);

    /** Streams these bytes, each array flushed by itself. */
    void streams(List<byte[]> pieces) {
        script = (out, socket) -> {
            socket.setTcpNoDelay(true);
            out.write(STREAM);
            for (byte[] piece : pieces) {
                out.write(piece);
                out.flush();
            }
        };
    }

    void streams(String... events) {
        streams(List.of(String.join("", events).getBytes(StandardCharsets.UTF_8)));
    }

    static String quoted(String text) {
        return tools.jackson.databind.node.StringNode.valueOf(text).toString();
    }

    /** An event with one piece of text. */
    static String piece(int choice, String text) {
        return "data: {\"choices\":[{\"index\":" + choice + ",\"delta\":{\"content\":" + quoted(text) + "}}]}\n\n";
    }

    static String finish(int choice) {
        return "data: {\"choices\":[{\"index\":" + choice + ",\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    }

    static final String DONE = "data: [DONE]\n\n";

    @Override
    public void close() throws IOException {
        server.close();
    }
}
