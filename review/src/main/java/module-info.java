/** The review library of Cinnabar. */
module dev.cinnabar.review {
    requires static org.jspecify;

    exports dev.cinnabar.review;
}
