package dev.cinnabar.benches.gateway;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** An OpenAI-compatible model that costs next to nothing: a chat answer of about 1 KB at once, or 50 chunks trickling 20 ms apart. A program of its own. */
final class MockModel {
    static final int CHUNKS = 50;
    static final int PAUSE_MILLIS = 20;

    private static final byte[] WHOLE = whole();

    private MockModel() {}

    public static void main(String[] args) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress())) {
            System.out.println(server.getLocalPort());
            while (true) {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
            OutputStream out = socket.getOutputStream();
            for (String head = Http.head(in); !head.isEmpty(); head = Http.head(in)) {
                String body = new String(Http.body(in, head.toLowerCase(Locale.ROOT)), StandardCharsets.UTF_8);
                if (body.contains("\"stream\":true")) {
                    trickle(out);
                } else {
                    out.write(WHOLE);
                    out.flush();
                }
            }
        } catch (IOException | InterruptedException e) {
            // The client left; a mock has nobody to tell.
        }
    }

    private static void trickle(OutputStream out) throws IOException, InterruptedException {
        out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < CHUNKS; i++) {
            String finish = i == CHUNKS - 1 ? "\"stop\"" : "null";
            chunk(
                    out,
                    "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"mock\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word"
                            + i + " \"},\"finish_reason\":" + finish + "}]}\n\n");
            Thread.sleep(PAUSE_MILLIS);
        }
        chunk(out, "data: [DONE]\n\n");
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void chunk(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write((Integer.toHexString(bytes.length) + "\r\n" + text + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static byte[] whole() {
        String words = "a quiet harbour with small boats and a lamp ".repeat(20);
        String body =
                "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"mock\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
                        + words
                        + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":200,\"total_tokens\":210}}";
        return ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
