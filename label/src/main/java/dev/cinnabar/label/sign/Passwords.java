package dev.cinnabar.label.sign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where the password of a key file comes from: the environment or a file, never the configuration itself. */
@FunctionalInterface
public interface Passwords {
    /** The password of the key file known by a name; empty where none is set. */
    char[] of(String keyFile) throws KeyFailed;

    /** {@code NAME}, else the first line of the file that {@code NAME_FILE} names, else an empty password. */
    static Passwords environment(Map<String, String> environment, String name) {
        return keyFile -> {
            String file = environment.get(name + "_FILE");
            if (environment.containsKey(name) || file == null) {
                return environment.getOrDefault(name, "").toCharArray();
            }
            try {
                return Files.readString(Path.of(file))
                        .lines()
                        .findFirst()
                        .orElse("")
                        .toCharArray();
            } catch (IOException e) {
                throw new KeyFailed("the password of " + keyFile + " could not be read from " + file, e);
            }
        };
    }
}
