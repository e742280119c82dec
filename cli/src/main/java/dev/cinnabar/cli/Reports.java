package dev.cinnabar.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes of a finished journal the table {@code files.csv} and the page {@code report.html}, in one pass and little memory. */
final class Reports {
    static final String TABLE = "files.csv";
    static final String PAGE = "report.html";

    private static final String HEADER =
            "file,outcome,format,place,ContentProducer,ProduceID,explicit,findings,reason,bytes\r\n";

    private Reports() {}

    static Tally write(Path journal) throws IOException {
        Tally tally = new Tally();
        Path table = journal.resolveSibling(TABLE + ".part");
        try (BufferedReader lines = Files.newBufferedReader(journal);
                Writer csv = Files.newBufferedWriter(table)) {
            csv.write("\uFEFF" + HEADER);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<JournalLine> read = JournalLine.parse(line);
                if (read.isPresent()) {
                    tally.add(read.get());
                    csv.write(row(read.get()));
                }
            }
        }
        publish(table, journal.resolveSibling(TABLE));
        Path page = journal.resolveSibling(PAGE + ".part");
        Files.writeString(page, ReportPage.of(tally));
        publish(page, journal.resolveSibling(PAGE));
        return tally;
    }

    private static void publish(Path part, Path whole) throws IOException {
        Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String row(JournalLine line) {
        return Stream.of(
                                line.file(),
                                line.outcome(),
                                line.first("result.format").orElse(""),
                                joined(line.places()),
                                joined(line.producers()),
                                joined(line.contents()),
                                joined(line.all("result.explicit.kind")),
                                joined(line.codes()),
                                line.reason().orElse(""),
                                String.valueOf(line.state().size()))
                        .map(Reports::cell)
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    private static String joined(List<String> values) {
        return String.join(" ", values);
    }

    /** Quoted where needed; what a spreadsheet would take for a formula is made text, for the values come from strangers' files. */
    private static String cell(String value) {
        String text = value.isEmpty() || "=+-@\t\r".indexOf(value.charAt(0)) < 0 ? value : "'" + value;
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
