/** Reads, writes and verifies the labels of GB 45438-2025 on media. The values, {@code Labels} and signing are exported; readers and writers stay inside. */
module dev.cinnabar.label {
    requires static org.jspecify;
    requires static org.bouncycastle.provider;
    requires java.desktop;

    exports dev.cinnabar.label;
    exports dev.cinnabar.label.propagation;
    exports dev.cinnabar.label.sign;
}
