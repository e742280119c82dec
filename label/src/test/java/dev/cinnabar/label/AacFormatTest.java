package dev.cinnabar.label;

import static dev.cinnabar.testkit.SoundBytes.joined;

import dev.cinnabar.testkit.Id3Bytes;
import dev.cinnabar.testkit.SoundBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** AAC in ADTS keeps the contract: it has no place of its own, so the label stands in the ID3v2 tag before it, as in MP3. */
class AacFormatTest extends FormatContract {
    private static final byte[] SOUND = SoundBytes.aac(20);

    @Override
    protected String name() {
        return "a.aac";
    }

    @Override
    protected Format format() {
        return Format.AAC;
    }

    @Override
    protected boolean hasMark() {
        return false;
    }

    @Override
    protected List<byte[]> samples() {
        Id3Bytes tag = Id3Bytes.of(4).text(3, "mood", "tea");
        return List.of(
                SOUND, joined(tag.bytes(), SOUND), joined(tag.padding(30_000).bytes(), SOUND));
    }

    @Override
    protected byte[] media(byte[] file) {
        return Arrays.copyOfRange(file, indexOf(file, Arrays.copyOf(SOUND, 7)), file.length);
    }

    @Override
    protected byte[] withStrangers() {
        return joined(Id3Bytes.of(3).text(3, "mood", "tea").bytes(), SOUND, SoundBytes.id3v1("x"));
    }

    @Override
    protected List<byte[]> strangers() {
        return List.of(Id3Bytes.textContent(3, "mood", "tea"), joined(SOUND, SoundBytes.id3v1("x")));
    }

    @Override
    protected Optional<byte[]> sealed() {
        byte[] manifest = "\0application/c2pa\0c2pa\0\0jumbf".getBytes(StandardCharsets.ISO_8859_1);
        return Optional.of(joined(Id3Bytes.of(4).frame("GEOB", manifest).bytes(), SOUND));
    }
}
