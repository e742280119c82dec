/** Reads, writes and verifies the labels of GB 45438-2025 on media. Only the values and {@code Labels} are exported; readers and writers stay inside. */
module dev.cinnabar.label {
    requires static org.jspecify;
    requires java.desktop;

    exports dev.cinnabar.label;
    exports dev.cinnabar.label.propagation;
}
