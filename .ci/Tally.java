import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Counts the tests of all modules from Surefire's reports; where CINNABAR_STRICT is set, a skip for any reason but an absent corpus is a failure. */
public class Tally {
    private int passed;
    private int failed;
    private final List<String> skipped = new ArrayList<>();
    private final List<String> forbidden = new ArrayList<>();

    public static void main(String[] args) throws Exception {
        Tally tally = new Tally();
        tally.walk(Path.of(args[0]));
        tally.skipped.forEach(line -> System.out.println("skipped: " + line));
        tally.forbidden.forEach(line -> System.out.println("skipped, and must not be here: " + line));
        if (tally.passed + tally.failed == 0) {
            System.out.println("no test ran");
        }
        System.out.println(tally.passed + " passed, " + (tally.failed + tally.forbidden.size()) + " failed, " + tally.skipped.size() + " skipped");
        System.exit(tally.failed + tally.forbidden.size() > 0 || tally.passed == 0 ? 1 : 0);
    }

    private void walk(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attrs) {
                String name = dir.getFileName() == null ? "" : dir.getFileName().toString();
                return name.equals("node_modules") || name.equals(".git") || name.equals("src") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attrs) throws IOException {
                String name = file.getFileName().toString();
                if (name.startsWith("TEST-") && name.endsWith(".xml") && file.toString().contains("surefire-reports")) {
                    count(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void count(Path report) throws IOException {
        NodeList cases;
        try {
            cases = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile()).getElementsByTagName("testcase");
        } catch (Exception e) {
            throw new IOException("cannot read " + report, e);
        }
        for (int i = 0; i < cases.getLength(); i++) {
            Element test = (Element) cases.item(i);
            NodeList skips = test.getElementsByTagName("skipped");
            if (test.getElementsByTagName("failure").getLength() + test.getElementsByTagName("error").getLength() > 0) {
                failed++;
            } else if (skips.getLength() > 0) {
                note(test, ((Element) skips.item(0)).getAttribute("message"));
            } else {
                passed++;
            }
        }
    }

    private void note(Element test, String reason) {
        String line = test.getAttribute("classname") + "." + test.getAttribute("name") + ": " + reason;
        boolean allowed = System.getenv("CINNABAR_STRICT") == null || reason.contains("corpus absent");
        (allowed ? skipped : forbidden).add(line);
    }
}
