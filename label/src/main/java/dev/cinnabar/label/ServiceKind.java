package dev.cinnabar.label;

import java.util.Optional;

/** The kinds of service of Article 17 (1) of the Provisions, which must carry an explicit label, and every other kind. */
public enum ServiceKind {
    /** Intelligent dialogue or writing that imitates a person: Art. 17 (1) 1. */
    DIALOGUE("dialogue"),
    /** Intelligent writing: Art. 17 (1) 1. */
    WRITING("writing"),
    /** Synthetic or imitated voice: Art. 17 (1) 2. */
    VOICE("voice"),
    /** Face generation, replacement, control; posture control: Art. 17 (1) 3. */
    FACE("face"),
    /** Immersive, realistic scenes: Art. 17 (1) 4. */
    SCENE("scene"),
    /** Everything else that generates or markedly changes content: Art. 17 (1) 5 and 17 (2). */
    OTHER("other");

    private final String word;

    ServiceKind(String word) {
        this.word = word;
    }

    /** The word of the command line. */
    public String word() {
        return word;
    }

    /** The kind whose command-line word this is. */
    public static Optional<ServiceKind> ofWord(String word) {
        for (ServiceKind kind : values()) {
            if (kind.word.equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
