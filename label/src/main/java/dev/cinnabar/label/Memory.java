package dev.cinnabar.label;

/** A target in memory for {@link Labels#write(Source, Order, Memory)}: filled once, and only with a file that was read back well. */
public final class Memory {
    private byte[] bytes = {};

    /** A target that is still empty. */
    public Memory() {}

    /** The labelled file; empty until a write was done. */
    public byte[] bytes() {
        return bytes;
    }

    void fill(byte[] labelled) {
        bytes = labelled;
    }
}
