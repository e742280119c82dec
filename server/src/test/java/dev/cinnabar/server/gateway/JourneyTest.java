package dev.cinnabar.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.law.Article;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No room can be skipped, swapped or made up: the wrong orders do not compile, not even inside the package. */
@Article({"9", "10", "16", "17"})
class JourneyTest {
    private static final String RIGHT = """
            var incoming = j.door().enter(d);
            var admitted = incoming.then(j.who()::admit);
            var permitted = admitted.then(j.may()::permit);
            var cleared = permitted.then(j.asked()::clear);
            var draft = cleared.then(j.made()::make);
            var answer = draft.then(j.answered()::clear);
            var marked = answer.then(j.marking()::mark);
            j.kept().release(marked, d, c);
            """;

    @Test
    void theRightOrderCompiles() {
        assertThat(errors(RIGHT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "var admitted = incoming.then(j.who()::admit);",
                "var permitted = admitted.then(j.may()::permit);",
                "var cleared = permitted.then(j.asked()::clear);",
                "var draft = cleared.then(j.made()::make);",
                "var answer = draft.then(j.answered()::clear);",
                "var marked = answer.then(j.marking()::mark);"
            })
    void aSkippedRoomDoesNotCompile(String room) {
        String after = room.substring(4, room.indexOf(' ', 4));
        String before = room.substring(room.indexOf('=') + 2, room.indexOf('.'));
        // The next room is given what the skipped one was given.
        String skipped = RIGHT.replace(room + "\n", "")
                .replace(after + ".then", before + ".then")
                .replace("(" + after + ",", "(" + before + ",");
        assertThat(errors(skipped)).as(skipped).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new Door.Incoming(d, null, null);",
                "new Who.Admitted(null, null, null);",
                "new May.Permitted(null);",
                "new Asked.ClearedPrompt(null, null);",
                "new Made.Draft(null, null);",
                "new Answered.ClearedAnswer(null, null);",
                "new Marking.Marked(null, null);",
                "new Kept.Released(null);"
            })
    void noResultCanBeMadeOutsideItsRoom(String made) {
        assertThat(errors(made)).hasSize(1).first().asString().contains("private access");
    }

    @Test
    void everyResultIsFinalWithAPrivateConstructorAndItsOwnType() {
        List<Class<?>> results = List.of(
                Door.Incoming.class,
                Who.Admitted.class,
                May.Permitted.class,
                Asked.ClearedPrompt.class,
                Made.Draft.class,
                Answered.ClearedAnswer.class,
                Marking.Marked.class,
                Kept.Released.class);
        assertThat(results).doesNotHaveDuplicates().hasSize(Room.values().length);
        for (Class<?> each : results) {
            assertThat(Modifier.isFinal(each.getModifiers())).isTrue();
            assertThat(Stream.of(each.getDeclaredConstructors()).map(Constructor::getModifiers))
                    .allMatch(Modifier::isPrivate);
        }
    }

    private static List<Diagnostic<? extends JavaFileObject>> errors(String statements) {
        String source = "package dev.cinnabar.server.gateway; class Wrong { void go(Journey j, Dossier d, ReplyTo c) { "
                + statements + " } }";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///Wrong.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignore) {
                return source;
            }
        };
        List<String> options = List.of(
                "-proc:none",
                "-Xlint:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-implicit:none",
                "-d",
                System.getProperty("java.io.tmpdir"));
        compiler.getTask(null, null, found, options, null, List.of(file)).call();
        assertThat(Locale.getDefault()).isNotNull();
        return found.getDiagnostics().stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .<Diagnostic<? extends JavaFileObject>>map(each -> each)
                .toList();
    }
}
