package dev.cinnabar.server.gateway.upstream;

/** An upstream's answer whose head is there and whose body is read bit by bit, bounded in size and time. */
public interface Reply extends AutoCloseable {
    /** The HTTP status. */
    int status();

    /** The media type without parameters, in lower case; empty where the upstream named none. */
    String mediaType();

    /**
     * Reads what is there, waiting for at least one byte.
     *
     * @return how many bytes were read, or -1 at the end
     * @throws UpstreamFailed when the upstream broke off, took too long or sent too much
     */
    int read(byte[] into, int from, int length) throws UpstreamFailed;

    /** Ends the exchange at once, from any thread; a read under way fails. */
    void cancel();

    /** Gives back what the exchange holds: a body read to its end lets the connection live, any other ends it. */
    @Override
    void close();
}
