package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.ZipBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every document in a ZIP container keeps besides the contract: entries as they were packed, and a file that the JDK's readers open. */
abstract class ZipFormatContract extends FormatContract {
    /** The entries that carry the label or speak of it. */
    abstract Set<String> touched();

    @Override
    protected boolean hasMark() {
        return false;
    }

    @Override
    protected byte[] media(byte[] file) {
        ByteArrayOutputStream media = new ByteArrayOutputStream();
        ZipBytes.raw(file).forEach((name, raw) -> {
            if (!touched().contains(name)) {
                media.writeBytes(name.getBytes(StandardCharsets.UTF_8));
                media.writeBytes(raw);
            }
        });
        return media.toByteArray();
    }

    @Test
    void everyOtherEntryIsCopiedAsItWasPackedAndInItsOrder() {
        for (byte[] sample : samples()) {
            Map<String, byte[]> before = ZipBytes.raw(sample);
            Map<String, byte[]> after = ZipBytes.raw(write(sample, Order.implicitOnly(FIRST)));
            assertThat(List.copyOf(after.keySet()).subList(0, before.size()))
                    .containsExactlyElementsOf(before.keySet());
            before.forEach((name, raw) -> {
                if (!touched().contains(name)) {
                    assertThat(after.get(name)).as(name).isEqualTo(raw);
                }
            });
        }
    }

    @Test
    void theJdkReadsTheSameEntriesBothWays(@TempDir Path folder) throws IOException {
        for (byte[] sample : samples()) {
            byte[] labelled = write(sample, Order.implicitOnly(SECOND));
            Map<String, String> streamed = new LinkedHashMap<>();
            try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(labelled))) {
                for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    streamed.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            Path file = Files.write(folder.resolve("a.zip"), labelled);
            try (ZipFile zip = new ZipFile(file.toFile())) {
                assertThat(zip.size()).isEqualTo(streamed.size());
                for (Map.Entry<String, String> entry : streamed.entrySet()) {
                    ZipEntry same = zip.getEntry(entry.getKey());
                    assertThat(new String(zip.getInputStream(same).readAllBytes(), StandardCharsets.UTF_8))
                            .isEqualTo(entry.getValue());
                }
            }
        }
    }
}
