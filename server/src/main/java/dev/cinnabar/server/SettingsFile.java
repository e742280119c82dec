package dev.cinnabar.server;

import dev.cinnabar.server.SaidSetting.Group;
import dev.cinnabar.server.SaidSetting.Value;
import dev.cinnabar.server.SaidSetting.Values;
import dev.cinnabar.server.law.NotStarted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads settings from a file and the environment, and names everything that is wrong at once: file, line, key, remedy. */
public final class SettingsFile {
    /** Variables that start like ours but belong to the launcher, the build and the tests. */
    private static final Set<String> OTHERS = Set.of(
            "CINNABAR_HOME",
            "CINNABAR_NO_BUILD",
            "CINNABAR_JAVA_OPTIONS",
            "CINNABAR_STRICT",
            "CINNABAR_CORPUS",
            "CINNABAR_FUZZ_SECONDS");

    private static final String PREFIX = "CINNABAR_";

    private SettingsFile() {}

    /** What holds where nothing is said. */
    public static Settings defaults() throws NotStarted {
        return read(Optional.empty(), Map.of());
    }

    /**
     * Reads the file and the variables {@code CINNABAR_*} of the environment, which win over it.
     *
     * @param environment all variables: secrets named {@code env:NAME} are looked up in it too
     */
    public static Settings read(Optional<Path> file, Map<String, String> environment) throws NotStarted {
        List<String> faults = new ArrayList<>();
        Group said = file.isPresent() ? ofFile(file.get(), faults) : new Group("", new LinkedHashMap<>());
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !OTHERS.contains(name)) {
                overrideBy(name, value, said, faults);
            }
        });
        SettingsBinder binder = new SettingsBinder(environment, faults);
        Optional<Settings> settings = binder.bind(Settings.class, said);
        if (settings.isEmpty() || !faults.isEmpty()) {
            throw new NotStarted(
                    "the settings are wrong:\n  " + String.join("\n  ", faults),
                    "mend them; docs/operations/settings.md says what each one takes");
        }
        return settings.get();
    }

    private static void overrideBy(String name, String value, Group said, List<String> faults) {
        String where = "environment variable " + name;
        Optional<List<String>> path = SettingsNames.path(Settings.class, name.substring(PREFIX.length()), said);
        if (path.isEmpty()) {
            faults.add(where + ": there is no such setting"
                    + Nearest.of(name, SettingsNames.variables(Settings.class, PREFIX))
                            .map(near -> "; did you mean " + near + "?")
                            .orElse(""));
            return;
        }
        Group at = said;
        for (String step : path.get().subList(0, path.get().size() - 1)) {
            SaidSetting next = at.entries().get(step);
            if (!(next instanceof Group)) {
                next = new Group(where, new LinkedHashMap<>());
                at.entries().put(step, next);
            }
            at = (Group) next;
        }
        at.entries().put(path.get().getLast(), new Value(where, value));
    }

    private static Group ofFile(Path file, List<String> faults) throws NotStarted {
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            LoaderOptions options = new LoaderOptions();
            options.setMaxAliasesForCollections(20);
            Node root = new Yaml(new SafeConstructor(options)).compose(reader);
            if (root == null || root.getTag().equals(Tag.NULL)) {
                return new Group(file + ":1", new LinkedHashMap<>());
            }
            if (said(file, "", root, faults) instanceof Group group) {
                return group;
            }
            faults.add(at(file, root) + ": a list of settings by their names is expected");
            return new Group(file + ":1", new LinkedHashMap<>());
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new NotStarted(file + ":" + line + ": not YAML: " + e.getProblem(), "mend the line", e);
        } catch (YAMLException e) {
            throw new NotStarted(file + ": not YAML: " + e.getMessage(), "write it as YAML in UTF-8", e);
        } catch (IOException e) {
            throw new NotStarted(
                    "cannot read the configuration file " + file + ": " + e, "name a readable file with --config", e);
        }
    }

    private static String at(Path file, Node node) {
        return file + ":" + (node.getStartMark().getLine() + 1);
    }

    private static SaidSetting said(Path file, String path, Node node, List<String> faults) {
        String where = at(file, node);
        return switch (node) {
            case MappingNode mapping -> new Group(where, entries(file, path, mapping, faults));
            case SequenceNode list -> new Values(where, values(file, path, list, faults));
            case ScalarNode scalar -> new Value(where, scalar.getValue());
            default -> new Value(where, "");
        };
    }

    private static Map<String, SaidSetting> entries(Path file, String path, MappingNode mapping, List<String> faults) {
        Map<String, SaidSetting> entries = new LinkedHashMap<>();
        for (NodeTuple pair : mapping.getValue()) {
            String name = pair.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
            String whole = path.isEmpty() ? name : path + "." + name;
            // A name without a value, like a heading whose lines are all comments, says nothing.
            if (!pair.getValueNode().getTag().equals(Tag.NULL)
                    && entries.put(name, said(file, whole, pair.getValueNode(), faults)) != null) {
                faults.add(at(file, pair.getKeyNode()) + ": " + whole + " is said twice: keep one");
            }
        }
        return entries;
    }

    private static List<String> values(Path file, String path, SequenceNode list, List<String> faults) {
        List<String> values = new ArrayList<>();
        for (Node item : list.getValue()) {
            if (item instanceof ScalarNode scalar) {
                values.add(scalar.getValue());
            } else {
                faults.add(at(file, item) + ": " + path + " takes a list of plain values");
            }
        }
        return values;
    }
}
