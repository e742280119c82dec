package dev.cinnabar.label;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import org.junit.jupiter.api.Tag;

/**
 * Any bytes under any name: reading and writing must answer, in bounded time and memory, and what is written must be read back. No exception is allowed. Fuzzes for real with
 * {@code JAZZER_FUZZ=1}; otherwise it tries the empty input and whatever findings have been kept beside it.
 */
@Tag("deep")
class LabelFuzzTest {
    private static final AigcLabel LABEL = AigcLabel.first("001191110102MACQD9K64010000", "fuzz");
    private static final Limits SMALL = new Limits(1 << 24, 500, 32, 1 << 18, 250_000);
    private static final Labels LABELS = new Labels(SMALL);

    @FuzzTest(maxDuration = "5m")
    void readingAnswers(byte[] file) throws IOException {
        for (String name : new String[] {"a.bin", "a.md", "a.txt", "a.html", "a.gltf", "a.svg", "a.docx"}) {
            Reading reading = LABELS.read(Source.of(name, file));
            if (!ReadingJson.of(name, reading, Lang.EN).endsWith("}")) {
                throw new AssertionError("no JSON");
            }
        }
    }

    @FuzzTest(maxDuration = "5m")
    void writingAnswersAndIsReadBack(byte[] file) throws IOException {
        for (String name : new String[] {"a.bin", "a.md", "a.txt", "a.html", "a.gltf", "a.svg", "a.docx"}) {
            for (Order order : new Order[] {Order.implicitOnly(LABEL), Order.of(LABEL)}) {
                Memory target = new Memory();
                Written written = LABELS.write(Source.of(name, file), order.breakingC2pa(), target);
                if (written instanceof Written.Impossible impossible
                        && impossible.why().fault() == Fault.NOT_READ_BACK) {
                    throw new AssertionError("written and not read back: " + impossible.reason(Lang.EN));
                }
            }
        }
    }
}
