package dev.cinnabar.server.web;

/** The places of the console's navigation, grouped by task. One is shown when a room has put its page on the table and the person may see it. */
public enum Place {
    OVERVIEW(Group.HOME, "/console/"),
    FEATURES(Group.REVIEW, "/console/features"),
    PEOPLE(Group.PEOPLE, "/console/people"),
    MEASURES(Group.PEOPLE, "/console/measures"),
    FUNCTIONS(Group.ALGORITHMS, "/console/functions"),
    CHECK(Group.LABELS, "/public/check"),
    TAMPERING(Group.LABELS, "/console/tampering"),
    LEDGER(Group.EVIDENCE, "/console/ledger"),
    APPS(Group.SETUP, "/console/apps"),
    STAFF(Group.SETUP, "/console/staff");

    /** A task, under which places are grouped. */
    public enum Group {
        HOME,
        REVIEW,
        PEOPLE,
        ALGORITHMS,
        LABELS,
        EVIDENCE,
        SETUP
    }

    private final Group group;
    private final String path;

    Place(Group group, String path) {
        this.group = group;
        this.path = path;
    }

    /** The task it belongs to. */
    public Group group() {
        return group;
    }

    /** Where its page is. */
    public String path() {
        return path;
    }

    /** Whether a page at this path belongs to the place. */
    public boolean holds(String at) {
        return at.equals(path) || (!path.endsWith("/") && at.startsWith(path + "/"));
    }
}
