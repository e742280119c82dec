package dev.cinnabar.label.read;

import dev.cinnabar.label.Look;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** glTF scenes: the key AIGC of {@code asset.extras}, in the JSON text or in the first chunk of a GLB. */
final class GltfReader implements FormatReader {
    private static final long MOST = 4 << 20;

    private final boolean binary;
    private final Place place;

    GltfReader(boolean binary) {
        this.binary = binary;
        this.place = Place.main((binary ? "glb" : "gltf") + ":asset/extras/AIGC", Place.VIDEO_GUIDE);
    }

    @Override
    public void read(Window file, Look look, Report report) throws IOException, Damage {
        long from = 0;
        long length = file.size();
        if (binary) {
            length = file.u32le(12);
            from = 20;
            if (file.u32le(4) != 2 || !file.has(16, "JSON")) {
                throw Damage.at(12, "the GLB file does not begin with a JSON chunk of version 2");
            }
        }
        if (length > file.size() - from) {
            throw Damage.at(12, "the JSON chunk claims " + length + " bytes");
        }
        if (length > Math.min(MOST, report.limits().textBytes())) {
            throw Damage.limit("the JSON of the scene has " + length + " bytes");
        }
        String text = new String(file.copy(from, (int) length), StandardCharsets.UTF_8);
        Json root;
        try {
            root = LenientJson.parse(text, report.limits().depth());
        } catch (LenientJson.NotJson e) {
            throw Damage.at(from, "the scene is not JSON: " + e.why());
        }
        if (root instanceof Json.Obj object) {
            assets(object, report);
        }
    }

    private void assets(Json.Obj root, Report report) {
        LabelText label = new LabelText(report);
        for (Json.Member asset : root.members()) {
            if (!asset.key().equals("asset") || !(asset.value() instanceof Json.Obj inAsset)) {
                continue;
            }
            for (Json.Member extras : inAsset.members()) {
                if (!extras.key().equals("extras") || !(extras.value() instanceof Json.Obj inExtras)) {
                    continue;
                }
                for (Json.Member each : inExtras.members()) {
                    if (each.key().equalsIgnoreCase("AIGC")) {
                        label.named(place, each.value().raw());
                    }
                }
            }
        }
    }
}
