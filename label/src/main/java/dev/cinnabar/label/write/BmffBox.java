package dev.cinnabar.label.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One box of an ISO base media or QuickTime file, with the box it stands in, and by how much what is in it will grow. */
final class BmffBox {
    /** How a box says its size. */
    enum Size {
        /** In 32 bits. */
        SHORT,
        /** In 64 bits behind its name. */
        LONG,
        /** Not at all: it goes to the end. */
        OPEN
    }

    private final String type;
    private final long at;
    private final long end;
    private final Size size;
    private final Optional<BmffBox> parent;
    private final List<BmffBox> children = new ArrayList<>();
    private long growth;

    BmffBox(String type, long at, long end, Size size, Optional<BmffBox> parent) {
        this.type = type;
        this.at = at;
        this.end = end;
        this.size = size;
        this.parent = parent;
    }

    /** Its four letters. */
    String type() {
        return type;
    }

    boolean is(String name) {
        return type.equals(name);
    }

    long at() {
        return at;
    }

    /** Where its content begins. */
    long body() {
        return at + (size == Size.LONG ? 16 : 8);
    }

    long end() {
        return end;
    }

    /** The length of its content. */
    long length() {
        return end - body();
    }

    Size size() {
        return size;
    }

    Optional<BmffBox> parent() {
        return parent;
    }

    List<BmffBox> children() {
        return children;
    }

    /** The child of a name. */
    Optional<BmffBox> child(String name) {
        return children.stream().filter(child -> child.is(name)).findFirst();
    }

    /** The children of a name. */
    List<BmffBox> all(String name) {
        return children.stream().filter(child -> child.is(name)).toList();
    }

    long growth() {
        return growth;
    }

    /** Something in it grows: so does everything it stands in. */
    void grow(long by) {
        growth += by;
        parent.ifPresent(box -> box.grow(by));
    }
}
