package dev.cinnabar.server.gateway;

import dev.cinnabar.server.apps.Caller;
import dev.cinnabar.server.gateway.surface.Ask;
import dev.cinnabar.server.law.Lang;
import dev.cinnabar.server.people.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The folder that goes with one request through the rooms: each writes down what it found, the last makes the entry of it. Used by one thread at a time. */
final class Dossier {
    final Request request;
    /** The content id: of what is made, or of what was refused. */
    final String content;

    final Instant at;
    final long begun = System.nanoTime();
    String trace;
    String surface = "other";
    Lang lang;
    Optional<Caller> caller = Optional.empty();
    Optional<Standing> standing = Optional.empty();
    Optional<Ask> ask = Optional.empty();
    byte[] body = {};
    Optional<String> upstream = Optional.empty();
    Optional<ObjectNode> usage = Optional.empty();
    Optional<String> library = Optional.empty();
    Optional<Judged> asked = Optional.empty();
    Optional<Judged> answered = Optional.empty();
    /** What was made and then withheld, for whoever reviews it. */
    Optional<byte[]> withheld = Optional.empty();

    /** The place in the request that a refusal points to. */
    String param = "";

    /** A refusal that is one of many of its kind within a minute, and shares their entry. */
    Optional<String> tallied = Optional.empty();

    private final List<Stay> stays = new ArrayList<>(Room.values().length);

    /** When a room was entered. */
    record Stay(Room room, long nanos) {}

    Dossier(Request request, String content, Instant at, String trace, Lang lang) {
        this.request = request;
        this.content = content;
        this.at = at;
        this.trace = trace;
        this.lang = lang;
    }

    void enter(Room room) {
        stays.add(new Stay(room, System.nanoTime()));
    }

    List<Stay> stays() {
        return stays;
    }

    /** Points to the passage that a review stopped at. */
    void point(Judged judged) {
        judged.first().ifPresent(place -> param = place.where());
    }
}
