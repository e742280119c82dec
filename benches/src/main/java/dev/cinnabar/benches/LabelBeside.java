package dev.cinnabar.benches;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.label.Labels;
import dev.cinnabar.label.Limits;
import dev.cinnabar.label.Look;
import dev.cinnabar.label.Order;
import dev.cinnabar.label.Source;
import dev.cinnabar.label.Verdict;
import dev.cinnabar.label.Written;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** The implicit label on JPEGs of about 3 MB in memory-backed files: written and read by us, by ExifTool in one batch, and a plain copy of the same files. */
final class LabelBeside {
    /** Teaches ExifTool the name space of the label, which it does not know. */
    static final String CONFIG = """
            %Image::ExifTool::UserDefined = ('Image::ExifTool::XMP::Main' => {
                TC260 => { SubDirectory => { TagTable => 'Image::ExifTool::UserDefined::TC260' } } });
            %Image::ExifTool::UserDefined::TC260 = (GROUPS => { 0 => 'XMP', 1 => 'XMP-TC260', 2 => 'Other' },
                NAMESPACE => { 'TC260' => 'http://www.tc260.org.cn/ns/AIGC/1.0/' }, WRITABLE => 'string', AIGC => { });
            1;
            """;

    private final Path root;
    private final int files;
    private final Labels labels = new Labels(Limits.standard());

    private LabelBeside(Path root, int files) {
        this.root = root;
        this.files = files;
    }

    static void run(int files, int rounds) throws Exception {
        Path root = Files.createTempDirectory(
                Path.of(Files.isDirectory(Path.of("/dev/shm")) ? "/dev/shm" : System.getProperty("java.io.tmpdir")),
                "label-bench");
        try {
            new LabelBeside(root, files).measure(rounds);
        } finally {
            delete(root);
        }
    }

    private void measure(int rounds) throws Exception {
        List<Path> pictures = pictures();
        long bytes = 0;
        for (Path picture : pictures) {
            bytes += Files.size(picture);
        }
        System.out.printf("%d JPEGs of %,d bytes on average%n%n", files, bytes / files);
        Path config = Files.writeString(root.resolve("exiftool.config"), CONFIG);
        Rounds write = new Rounds()
                .with(
                        "cp",
                        () -> into(
                                "cp",
                                to -> Rounds.program(
                                        "cp", "-r", root.resolve("in").toString(), to.toString())))
                .with("cinnabar", () -> into("ours", to -> Rounds.timed(() -> write(pictures, to))))
                .with(
                        "exiftool, one batch",
                        () -> into(
                                "exiftool",
                                to -> Rounds.program(
                                        "exiftool",
                                        "-config",
                                        config.toString(),
                                        "-q",
                                        "-q",
                                        "-XMP-TC260:AIGC=" + label(0).toJson(),
                                        "-o",
                                        to + "/",
                                        root.resolve("in").toString())))
                .run(rounds);
        System.out.println("Writing the implicit label\n\n" + write.table("files", files));
        System.out.printf(
                "Cinnabar writes %.2f times as many files a second as ExifTool.%n%n",
                write.times("cinnabar", "exiftool, one batch"));
        Path labelled = Files.createDirectories(root.resolve("labelled"));
        write(pictures, labelled);
        List<Path> all = list(labelled);
        Rounds read = new Rounds()
                .with("cinnabar, metadata", () -> Rounds.timed(() -> read(all)))
                .with(
                        "exiftool -fast2",
                        () -> Rounds.program("exiftool", "-fast2", "-q", "-json", "-XMP:all", labelled.toString()))
                .run(rounds);
        System.out.println("Reading it\n\n" + read.table("files", files));
    }

    private List<Path> pictures() throws IOException {
        Path in = Files.createDirectories(root.resolve("in"));
        byte[] noise = jpeg();
        List<Path> all = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            all.add(Files.write(in.resolve("p" + i + ".jpg"), noise));
        }
        return all;
    }

    private static byte[] jpeg() throws IOException {
        BufferedImage image = new BufferedImage(4200, 3150, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(7);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int grey = (x + y) / 20 & 0x7f;
                image.setRGB(
                        x,
                        y,
                        (grey + random.nextInt(60)) << 16
                                | (grey + random.nextInt(60)) << 8
                                | (grey + random.nextInt(60)));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", out);
        return out.toByteArray();
    }

    private void write(List<Path> pictures, Path to) throws IOException {
        int i = 0;
        for (Path picture : pictures) {
            Written written =
                    labels.write(Source.of(picture), Order.implicitOnly(label(i++)), to.resolve(picture.getFileName()));
            if (!(written instanceof Written.Done)) {
                throw new IllegalStateException("not written: " + written);
            }
        }
    }

    private void read(List<Path> pictures) throws IOException {
        for (Path picture : pictures) {
            if (!(labels.read(Source.of(picture), Look.METADATA).verdict() instanceof Verdict.Compliant)) {
                throw new IllegalStateException("not compliant: " + picture);
            }
        }
    }

    private static AigcLabel label(int i) {
        return AigcLabel.first("001191330106MA2CFLDG4R10001", "BENCH" + i);
    }

    private interface Into {
        double work(Path to) throws Exception;
    }

    /** A new folder for each round: overwriting truncated files is slower on some file systems, and no contestant should pay for another. */
    private double into(String name, Into work) throws Exception {
        Path to = Files.createDirectories(root.resolve(name));
        try {
            return work.work(to);
        } finally {
            delete(to);
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
