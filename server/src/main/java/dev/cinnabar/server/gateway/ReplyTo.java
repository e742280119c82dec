package dev.cinnabar.server.gateway;

import java.util.Map;

/** The way back to the client. Only room 8 holds one. */
public interface ReplyTo {
    /** Says the status and the headers, once and before anything else. */
    void head(int status, Map<String, String> headers);

    /** Hands over bytes of the body and sees that they leave. */
    void send(byte[] bytes, int from, int length) throws ClientLeft;

    /** Whether the head was said. */
    boolean begun();

    /** The client is gone. */
    final class ClientLeft extends Exception {
        private static final long serialVersionUID = 1L;

        public ClientLeft(Throwable cause) {
            super("the client left", cause);
        }
    }
}
