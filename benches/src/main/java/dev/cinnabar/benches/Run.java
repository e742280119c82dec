package dev.cinnabar.benches;

import java.util.List;

/** Runs one of the side-by-side benchmarks and prints its tables as Markdown. */
final class Run {
    private Run() {}

    public static void main(String[] args) throws Exception {
        String what = args.length > 0 ? args[0] : "";
        boolean smoke = List.of(args).contains("smoke");
        switch (what) {
            case "label" -> LabelBeside.run(smoke ? 5 : 200, smoke ? 1 : 5);
            case "ledger" -> LedgerBeside.run(smoke ? 2_000 : 100_000, smoke ? 1 : 5);
            default -> {
                System.err.println("usage: benches/run label|ledger [smoke]");
                System.exit(2);
            }
        }
    }
}
