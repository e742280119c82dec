package dev.cinnabar.label;

/** The language of an explicit label and of messages to people. */
public enum Lang {
    ZH("zh"),
    EN("en");

    private final String word;

    Lang(String word) {
        this.word = word;
    }

    /** The word of the command line: zh, en. */
    public String word() {
        return word;
    }
}
