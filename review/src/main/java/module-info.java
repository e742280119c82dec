/** The review library of Cinnabar. */
module dev.cinnabar.review {
    requires static org.jspecify;
}
