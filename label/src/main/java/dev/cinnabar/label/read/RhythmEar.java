package dev.cinnabar.label.read;

import dev.cinnabar.label.ExplicitMark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Listens for the rhythm 短长 短短 of GB 45438-2025 5.3 (Morse A I): four tones of one pitch, short, long, a wider gap, short, short. The standard gives no lengths or
 * pitch, so none is expected: only the proportions, and silence between.
 */
final class RhythmEar {
    private static final double BLOCK_SECONDS = 0.01;
    private static final int WINDOW_SECONDS = 10;
    private static final double AUDIBLE = 0.005;
    private static final double SILENT = 0.002;

    private enum Kind {
        TONE,
        QUIET,
        OTHER
    }

    private static final class Run {
        private final Kind kind;
        private final double pitch;
        private final long block;
        private int blocks;

        Run(Kind kind, double pitch, long block) {
            this.kind = kind;
            this.pitch = pitch;
            this.block = block;
        }

        boolean continues(Kind next, double nextPitch) {
            return kind == next && (kind != Kind.TONE || Math.abs(pitch - nextPitch) < 0.06 * nextPitch);
        }
    }

    private final Report report;
    private final Sound sound;
    private final int blockFrames;
    private double lastTone;

    RhythmEar(Report report, Sound sound) {
        this.report = report;
        this.sound = sound;
        this.blockFrames = Math.max(16, (int) (sound.rate() * BLOCK_SECONDS));
    }

    /** Listens to the first, the middle and the last ten seconds, or to all of a shorter sound, and reports each rhythm heard. */
    void listen() throws IOException, Damage {
        long blocks = sound.frames() / blockFrames;
        long window = (long) WINDOW_SECONDS * sound.rate() / blockFrames;
        if (blocks <= 3 * window) {
            stretch(0, blocks, blocks);
        } else {
            stretch(0, window, blocks);
            stretch((blocks - window) / 2, (blocks + window) / 2, blocks);
            stretch(blocks - window, blocks, blocks);
        }
    }

    private void stretch(long from, long to, long all) throws IOException, Damage {
        List<Run> runs = runs(from, to);
        for (int i = 0; i + 6 < runs.size(); i++) {
            if (isRhythm(runs, i)) {
                long begins = runs.get(i).block;
                long ends = runs.get(i + 6).block + runs.get(i + 6).blocks;
                report.add(new ExplicitMark(ExplicitMark.Kind.RHYTHM, where(begins, ends, all)));
                i += 6;
            }
        }
    }

    private String where(long begins, long ends, long all) {
        long edge = Math.min(all / 3, (long) WINDOW_SECONDS * sound.rate() / blockFrames / 2);
        if (begins <= edge) {
            return "start";
        }
        return ends >= all - edge ? "end" : "middle";
    }

    private List<Run> runs(long from, long to) throws IOException, Damage {
        List<Run> runs = new ArrayList<>();
        float[] block = new float[blockFrames];
        lastTone = 0;
        for (long b = from; b < to; b++) {
            sound.mono(b * blockFrames, block);
            double pitch = pitch(block);
            Kind kind = kind(block, pitch);
            if (runs.isEmpty() || !runs.getLast().continues(kind, pitch)) {
                runs.add(new Run(kind, pitch, b));
            }
            runs.getLast().blocks++;
        }
        return withoutEdges(runs);
    }

    /** A tone that begins or ends within a block makes one block that is neither; it belongs to the silence beside it. */
    private static List<Run> withoutEdges(List<Run> runs) {
        List<Run> clean = new ArrayList<>(runs.size());
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            boolean edge = run.blocks == 1 && i > 0 && i + 1 < runs.size();
            if (edge && isEdge(runs.get(i - 1), run, runs.get(i + 1))) {
                continue;
            }
            if (!clean.isEmpty() && run.kind == Kind.QUIET && clean.getLast().kind == Kind.QUIET) {
                clean.getLast().blocks += run.blocks;
            } else {
                clean.add(run);
            }
        }
        return clean;
    }

    private static boolean isEdge(Run before, Run run, Run after) {
        boolean quietBeside = (before.kind == Kind.QUIET && after.kind == Kind.TONE)
                || (before.kind == Kind.TONE && after.kind == Kind.QUIET);
        return run.kind != Kind.QUIET && quietBeside;
    }

    private boolean isRhythm(List<Run> runs, int i) {
        for (int k = 0; k < 7; k++) {
            if (runs.get(i + k).kind != (k % 2 == 0 ? Kind.TONE : Kind.QUIET)) {
                return false;
            }
            if (Math.abs(runs.get(i + k).pitch - runs.get(i).pitch) > 0.04 * runs.get(i).pitch && k % 2 == 0) {
                return false;
            }
        }
        double dit = seconds(runs.get(i));
        double dah = seconds(runs.get(i + 2));
        double third = seconds(runs.get(i + 4));
        double fourth = seconds(runs.get(i + 6));
        double longest = Math.max(dit, Math.max(third, fourth));
        double shortest = Math.min(dit, Math.min(third, fourth));
        double gap = Math.max(seconds(runs.get(i + 1)), seconds(runs.get(i + 5)));
        double letter = seconds(runs.get(i + 3));
        return shortest >= 0.03
                && longest <= 0.4
                && longest <= 2 * shortest
                && dah >= 1.8 * longest
                && dah <= 8 * longest
                && gap <= 4 * longest
                && letter >= 1.4 * gap
                && letter <= 3
                && endsHere(runs, i + 7, runs.get(i).pitch, gap);
    }

    /** Whether no further tone of the same pitch follows as closely as a fifth element would. */
    private boolean endsHere(List<Run> runs, int next, double pitch, double gap) {
        if (next + 1 >= runs.size() || runs.get(next).kind != Kind.QUIET) {
            return true;
        }
        Run after = runs.get(next + 1);
        return seconds(runs.get(next)) > 1.4 * gap
                || after.kind != Kind.TONE
                || Math.abs(after.pitch - pitch) > 0.04 * pitch;
    }

    private double seconds(Run run) {
        return (double) run.blocks * blockFrames / sound.rate();
    }

    private Kind kind(float[] block, double pitch) {
        double energy = 0;
        for (float sample : block) {
            energy += (double) sample * sample;
        }
        double rms = Math.sqrt(energy / block.length);
        if (rms < SILENT || rms < 0.05 * lastTone) {
            return Kind.QUIET;
        }
        if (rms >= AUDIBLE && pitch > 0 && purity(block, pitch, energy) > 0.7) {
            lastTone = rms;
            return Kind.TONE;
        }
        return Kind.OTHER;
    }

    /** The share of a block's energy in one sine of that pitch. */
    private double purity(float[] block, double pitch, double energy) {
        double cos = 0;
        double sin = 0;
        double step = 2 * Math.PI * pitch / sound.rate();
        for (int i = 0; i < block.length; i++) {
            cos += block[i] * Math.cos(step * i);
            sin += block[i] * Math.sin(step * i);
        }
        return 2 * (cos * cos + sin * sin) / (block.length * energy);
    }

    /** The pitch from the upward crossings of zero; 0 where there are fewer than three. */
    private double pitch(float[] block) {
        double first = -1;
        double last = -1;
        int crossings = 0;
        for (int i = 1; i < block.length; i++) {
            if (block[i - 1] < 0 && block[i] >= 0) {
                double at = i - block[i] / (block[i] - block[i - 1]);
                first = crossings == 0 ? at : first;
                last = at;
                crossings++;
            }
        }
        return crossings < 3 ? 0 : (crossings - 1) * sound.rate() / (last - first);
    }
}
