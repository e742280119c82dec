/** The testkit library of Cinnabar. */
module dev.cinnabar.testkit {
    requires static org.jspecify;
    requires transitive java.desktop;

    exports dev.cinnabar.testkit;
}
