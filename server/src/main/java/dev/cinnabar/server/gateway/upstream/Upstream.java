package dev.cinnabar.server.gateway.upstream;

/** One place that answers calls. */
public interface Upstream {
    /** What operators call it; stands in entries and metrics. */
    String name();

    /**
     * Sends the call and waits for the head of the answer.
     *
     * @param upstreamModel the name under which this upstream knows the model
     * @throws UpstreamFailed when no head came
     */
    Reply send(Call call, String upstreamModel) throws UpstreamFailed;
}
