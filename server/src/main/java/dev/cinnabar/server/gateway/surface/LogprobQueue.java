package dev.cinnabar.server.gateway.surface;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the probabilities of tokens until the text they belong to may go. They are shown only as long as the tokens, one after the other, are the text: what does not
 * agree with the reviewed text is unreviewed text.
 */
public final class LogprobQueue {
    private final ArrayDeque<Logprob> waiting = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private byte[] behind = {};
    private boolean broken;

    /** Takes what came with a piece of text. */
    public void add(List<Logprob> more) {
        if (!broken) {
            waiting.addAll(more);
        }
    }

    /** Says that this text goes out now, and gives the probabilities that go with it. */
    public List<Logprob> release(String released) {
        if (broken || (waiting.isEmpty() && text.isEmpty() && behind.length == 0)) {
            return List.of();
        }
        text.append(released);
        int whole = text.length();
        if (whole > 0 && Character.isHighSurrogate(text.charAt(whole - 1))) {
            whole--;
        }
        byte[] more = text.substring(0, whole).getBytes(StandardCharsets.UTF_8);
        text.delete(0, whole);
        byte[] all = new byte[behind.length + more.length];
        System.arraycopy(behind, 0, all, 0, behind.length);
        System.arraycopy(more, 0, all, behind.length, more.length);
        return match(all);
    }

    private List<Logprob> match(byte[] all) {
        List<Logprob> out = new ArrayList<>();
        int at = 0;
        while (!waiting.isEmpty()) {
            byte[] token = waiting.peekFirst().bytes();
            if (at + token.length > all.length) {
                break;
            }
            if (!java.util.Arrays.equals(token, 0, token.length, all, at, at + token.length)) {
                broken = true;
                waiting.clear();
                return List.of();
            }
            at += token.length;
            out.add(waiting.removeFirst());
        }
        behind = java.util.Arrays.copyOfRange(all, at, all.length);
        return out;
    }
}
