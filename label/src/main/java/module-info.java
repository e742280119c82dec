/** The label library of Cinnabar. */
module dev.cinnabar.label {
    requires static org.jspecify;
}
