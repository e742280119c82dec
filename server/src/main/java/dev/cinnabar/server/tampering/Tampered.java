package dev.cinnabar.server.tampering;

/** What became of the label of a file that is, or claims to be, ours. */
public enum Tampered {
    /** The label is as it was released; a later propagator may have put in its side. */
    INTACT,
    /** The content is ours, and there is no label in it any more. */
    REMOVED,
    /** The content is ours, and its label says something else than it did. */
    ALTERED,
    /** The label names content of ours that this is not, or that never was. */
    FORGED,
    /** The label names us, and there is nothing left to compare it with, or not enough likeness to tell. */
    UNKNOWN;

    /** Whether people must look at it. */
    boolean opensCase() {
        return this != INTACT;
    }
}
