package dev.cinnabar.label.write;

/** A corner of a picture, in the order in which they are preferred (GB 45438-2025 5.2: an edge or a corner). */
enum Corner {
    BOTTOM_RIGHT("bottom-right"),
    BOTTOM_LEFT("bottom-left"),
    TOP_RIGHT("top-right"),
    TOP_LEFT("top-left");

    private final String word;

    Corner(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    boolean isRight() {
        return this == BOTTOM_RIGHT || this == TOP_RIGHT;
    }

    boolean isBottom() {
        return this == BOTTOM_RIGHT || this == BOTTOM_LEFT;
    }
}
