package dev.cinnabar.server.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** What came in, as bytes. Knows nothing of servlets, so that the Journey can be walked in a test without a server. */
public interface Request {
    /** The method, in upper case. */
    String method();

    /** The path, decoded, without query. */
    String path();

    /** The first header of this name. */
    Optional<String> header(String name);

    /** A parameter of the query. */
    Optional<String> query(String name);

    /** The address it came from. */
    String remote();

    /** Where the client believes to be, like {@code https://ai.example.cn}: scheme, host and port, without a path. */
    String origin();

    /** How long the body says it is, or -1. */
    long length();

    /** The body; read once. */
    InputStream body() throws IOException;
}
