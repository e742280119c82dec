package dev.cinnabar.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.FlvBytes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** FLV keeps the contract: with and without metadata, as array and as object, with positions of key frames. */
class FlvFormatTest extends FormatContract {
    @Override
    protected String name() {
        return "a.flv";
    }

    @Override
    protected Format format() {
        return Format.FLV;
    }

    @Override
    protected List<byte[]> samples() {
        return List.of(
                FlvBytes.of().bytes(),
                FlvBytes.of().metadata().bytes(),
                FlvBytes.of().metadata().object().keyframes().bytes(),
                FlvBytes.of()
                        .metadata(FlvBytes.text("encoder", "teapot"))
                        .keyframes()
                        .bytes(),
                FlvBytes.of()
                        .before(FlvBytes.script("onCuePoint", FlvBytes.text("name", "x")))
                        .metadata()
                        .keyframes()
                        .bytes(),
                FlvBytes.of()
                        .after(FlvBytes.script("onMetaData", FlvBytes.text("title", "x")))
                        .bytes());
    }

    @Override
    protected byte[] media(byte[] file) {
        return FlvBytes.media(file);
    }

    private static byte[] stranger(String key) {
        return FlvBytes.text(key, "moonlit");
    }

    private static byte[] cue() {
        return FlvBytes.script("onCuePoint", stranger("tea2"));
    }

    @Override
    protected byte[] withStrangers() {
        return FlvBytes.of()
                .metadata(stranger("tea1"), FlvBytes.object("pot", stranger("tea3")))
                .after(cue())
                .bytes();
    }

    @Override
    protected List<byte[]> strangers() {
        return List.of(stranger("tea1"), cue(), FlvBytes.object("pot", stranger("tea3")));
    }

    @Override
    protected Optional<byte[]> sealed() {
        return Optional.empty();
    }

    @Override
    protected boolean hasMark() {
        return false;
    }

    @Test
    void everyPlaceIsReadAndReplaced() {
        String good = FIRST.toJson();
        Map<String, byte[]> places = new LinkedHashMap<>();
        places.put("flv:onMetaData/AIGC", FlvBytes.text("AIGC", good));
        places.put("flv:script/aigc", FlvBytes.text("aigc", good));
        places.put("flv:script/comment", FlvBytes.text("comment", good));
        places.put("flv:script/AIGC", FlvBytes.object("tags", FlvBytes.text("AIGC", good)));
        places.forEach((place, member) -> {
            byte[] file = FlvBytes.of().metadata(member).keyframes().bytes();
            replaced(place, file);
            replaced(
                    place.replace("onMetaData", "script"),
                    FlvBytes.of()
                            .metadata()
                            .keyframes()
                            .after(FlvBytes.script("onTextData", member))
                            .bytes());
        });
    }

    private void replaced(String place, byte[] file) {
        Reading reading = read(file, Look.METADATA);
        assertThat(reading.labels())
                .singleElement()
                .matches(found -> found.place().equals(place));
        byte[] labelled = write(file, Order.implicitOnly(SECOND));
        assertThat(read(labelled, Look.METADATA).labels()).as(place).hasSize(1);
        assertThat(read(labelled, Look.METADATA).verdict()).isEqualTo(new Verdict.Compliant());
        assertThat(indexOf(labelled, "first-0001".getBytes(StandardCharsets.US_ASCII)))
                .isNegative();
    }

    @Test
    void positionsStayTrueWhenTagsShrinkBehindAndBefore() {
        byte[] old = FlvBytes.script("onTextData", FlvBytes.text("AIGC", FIRST.toJson()));
        byte[] file =
                FlvBytes.of().before(old).metadata().keyframes().after(old).bytes();
        byte[] clean = FlvBytes.of()
                .before(FlvBytes.script("onTextData"))
                .metadata()
                .keyframes()
                .bytes();
        assertThat(media(write(file, Order.implicitOnly(SECOND)))).isEqualTo(media(clean));
    }

    @Test
    void aLabelThatIsNoTextIsSaidAndReplaced() {
        byte[] file = FlvBytes.of()
                .metadata(FlvBytes.object("AIGC", stranger("Label")))
                .bytes();
        assertThat(read(file, Look.METADATA).findings()).anyMatch(finding -> finding.fault() == Fault.NOT_JSON);
        Reading reading = read(write(file, Order.implicitOnly(FIRST)), Look.METADATA);
        assertThat(reading.findings()).isEmpty();
        assertThat(reading.verdict()).isEqualTo(new Verdict.Compliant());
    }
}
