package dev.cinnabar.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Runs the short commands on small files of its own making, so that the ahead-of-time cache holds their classes. For the build of {@code dist/} only. */
final class Warm {
    private Warm() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Path text = Files.writeString(folder.resolve("a.md"), "# A page\n\nwords\n");
        for (String kind : new String[] {"png", "jpg"}) {
            Path picture = folder.resolve("a." + kind);
            ImageIO.write(new BufferedImage(320, 200, BufferedImage.TYPE_INT_RGB), kind, picture.toFile());
            label(picture, folder.resolve("b." + kind));
        }
        label(text, folder.resolve("b.md"));
        Main.run("verify", "-r", folder.toString());
        Main.run("verify", "--json", folder.resolve("b.png").toString());
        Main.run("review", text.toString());
    }

    private static void label(Path from, Path to) {
        Main.run("label", from.toString(), "-o", to.toString(), "--producer", "warm");
        Main.run("label", from.toString(), "-o", to.toString(), "--producer", "warm", "--explicit", "none", "--json");
    }
}
