package dev.cinnabar.server.gateway;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.server.gateway.surface.Json;
import dev.cinnabar.server.gateway.surface.Pictures;
import dev.cinnabar.server.gateway.surface.Utf8;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Writes the answer to a request for pictures: the labelled pictures themselves, or addresses of ours where they lie. */
final class PictureBody {
    private final Dossier dossier;
    private final AigcLabel implicit;

    PictureBody(Dossier dossier, AigcLabel implicit) {
        this.dossier = dossier;
        this.implicit = implicit;
    }

    byte[] of(Pictures pictures, List<Marking.Medium> media, Optional<PublicAddress> addresses) {
        Utf8 out = new Utf8(1024);
        out.ascii("{\"created\":").number(dossier.at.getEpochSecond()).ascii(",\"data\":[");
        for (int i = 0; i < media.size(); i++) {
            out.ascii(i == 0 ? "{" : ",{");
            if (addresses.isPresent()) {
                out.ascii("\"url\":").string(addresses.get().of(dossier, i));
            } else {
                out.ascii("\"b64_json\":\"")
                        .raw(Base64.getEncoder().encode(media.get(i).bytes()))
                        .ascii("\"");
            }
            pictures.pictures()
                    .get(i)
                    .revisedPrompt()
                    .ifPresent(text -> out.ascii(",\"revised_prompt\":").string(text));
            out.ascii("}");
        }
        out.ascii("]");
        pictures.usage().ifPresent(usage -> out.ascii(",\"usage\":").raw(Json.bytes(usage)));
        return out.ascii(",\"aigc\":").ascii(implicit.toJson()).ascii("}").copy();
    }
}
