package dev.cinnabar.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The page of a run's report: figures, bars and the first files that are not well. One file, no script, nothing fetched. */
final class ReportPage {
    private static final String HEAD = """
            <!doctype html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>标识报告 · Label report</title>
            <style>
            :root { color-scheme: light dark; --ink: #1c1c1c; --paper: #fff; --line: #c9c4bd; --good: #2e7d4f; --bad: #b3261e; --dim: #8a6d1a }
            @media (prefers-color-scheme: dark) { :root { --ink: #ece8e1; --paper: #171614; --line: #4a4640; --good: #7fd3a2; --bad: #f2998f; --dim: #e0c56e } }
            body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
            table { border-collapse: collapse; width: 100%; margin: 0 0 2rem }
            th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; vertical-align: top }
            td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
            td.bar { width: 45% }
            svg { display: block; width: 100%; height: 1.1rem }
            .good { fill: var(--good) } .bad { fill: var(--bad) } .dim { fill: var(--dim) }
            .wide { overflow-x: auto }
            </style>
            </head>
            <body>
            <main>
            """;

    private final Tally tally;
    private final StringBuilder out = new StringBuilder(HEAD);

    private ReportPage(Tally tally) {
        this.tally = tally;
    }

    static String of(Tally tally) {
        return new ReportPage(tally).page();
    }

    private String page() {
        out.append("<h1>标识报告 · Label report</h1>\n<p>%,d 个文件 · files, %,d 字节 · bytes.</p>\n"
                .formatted(tally.files(), tally.bytes()));
        section("结果 · What came of them", "结果 · outcome");
        for (Map.Entry<String, Long> one : Tally.ranked(tally.outcomes())) {
            row(text(one.getKey()), one.getValue(), bar(Map.of(one.getKey(), one.getValue()), tally.files()));
        }
        close();
        section("格式 · By format", "格式 · format");
        long most = tally.formats().values().stream()
                .mapToLong(ReportPage::sum)
                .max()
                .orElse(1);
        new TreeMap<>(tally.formats())
                .forEach((format, outcomes) -> row(text(format), sum(outcomes), bar(outcomes, most)));
        close();
        faults();
        producers();
        notWell();
        return out.append("</main>\n</body>\n</html>\n").toString();
    }

    private void faults() {
        if (tally.faults().isEmpty()) {
            return;
        }
        section("发现的问题 · What was found", "代码与条款 · code and clause");
        List<Map.Entry<String, Long>> all = Tally.ranked(tally.faults());
        for (Map.Entry<String, Long> one : all) {
            String[] parts = one.getKey().split("\t", 2);
            String clause = parts.length > 1 && !parts[1].equals("-") ? " [" + parts[1] + "]" : "";
            row(
                    text(parts[0] + clause),
                    one.getValue(),
                    bar(Map.of("", one.getValue()), all.getFirst().getValue()));
        }
        close();
    }

    private void producers() {
        if (tally.producers().isEmpty()) {
            return;
        }
        section("生成合成服务提供者 · Producers named", "名称或编码 · name or code");
        List<Map.Entry<String, Long>> all = Tally.ranked(tally.producers());
        all.stream()
                .limit(50)
                .forEach(one -> row(
                        text(one.getKey()),
                        one.getValue(),
                        bar(Map.of("", one.getValue()), all.getFirst().getValue())));
        close();
    }

    private void notWell() {
        if (tally.notWell().isEmpty()) {
            return;
        }
        out.append(
                "<h2>未通过的文件 · Files that are not well</h2>\n<p>前 %d 个；全部见 files.csv。 · The first %d; all are in files.csv.</p>\n"
                        .formatted(tally.notWell().size(), tally.notWell().size()));
        out.append(
                "<div class=\"wide\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">文件 · file</th><th scope=\"col\">结果 · outcome</th><th scope=\"col\">原因 · why</th></tr></thead><tbody>\n");
        for (JournalLine line : tally.notWell()) {
            String why = line.reason().orElse(String.join(" ", line.codes()));
            out.append("<tr><td>%s</td><td>%s</td><td>%s</td></tr>\n"
                    .formatted(text(line.file()), text(line.outcome()), text(why)));
        }
        out.append("</tbody></table></div>\n");
    }

    private void section(String title, String first) {
        out.append(
                "<h2>%s</h2>\n<table><thead><tr><th scope=\"col\">%s</th><th scope=\"col\">文件数 · files</th><th scope=\"col\">图 · chart</th></tr></thead><tbody>\n"
                        .formatted(title, first));
    }

    private void close() {
        out.append("</tbody></table>\n");
    }

    private void row(String name, long count, String bar) {
        out.append(
                "<tr><td>%s</td><td class=\"n\">%,d</td><td class=\"bar\">%s</td></tr>\n".formatted(name, count, bar));
    }

    /** A bar of a length in proportion to {@code full}, one piece an outcome. */
    private static String bar(Map<String, Long> pieces, long full) {
        StringBuilder svg =
                new StringBuilder("<svg viewBox=\"0 0 1000 20\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
        double at = 0;
        for (Map.Entry<String, Long> piece : new TreeMap<>(pieces).entrySet()) {
            double width = 1000.0 * piece.getValue() / Math.max(1, full);
            svg.append("<rect class=\"%s\" x=\"%.1f\" width=\"%.1f\" height=\"20\"/>"
                    .formatted(colour(piece.getKey()), at, width));
            at += width;
        }
        return svg.append("</svg>").toString();
    }

    private static String colour(String outcome) {
        return switch (outcome) {
            case "compliant", "labelled" -> "good";
            case "noncompliant", "failed" -> "bad";
            default -> "dim";
        };
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String text(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
