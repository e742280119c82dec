package dev.cinnabar.server.gateway;

import dev.cinnabar.review.Hit;
import dev.cinnabar.review.Library;
import dev.cinnabar.server.algorithms.Functions;
import dev.cinnabar.server.apps.Caller;
import dev.cinnabar.server.apps.Callers;
import dev.cinnabar.server.apps.Scope;
import dev.cinnabar.server.content.Contents;
import dev.cinnabar.server.features.Hits;
import dev.cinnabar.server.features.Live;
import dev.cinnabar.server.gateway.surface.Json;
import dev.cinnabar.server.law.Lang;
import dev.cinnabar.server.logs.Traffic;
import dev.cinnabar.server.people.Identity;
import dev.cinnabar.server.people.Standing;
import dev.cinnabar.server.people.Standings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** The façades that the gateway asks, in memory, with a switch for each bad day. */
final class Fakes implements Callers, Standings, Functions, Live, Hits, Contents, Traffic {
    final Map<String, Caller> callers = new ConcurrentHashMap<>();
    final Map<String, Standing> users = new ConcurrentHashMap<>();
    final Set<String> off = ConcurrentHashMap.newKeySet();
    final Map<String, Part> parts = new ConcurrentHashMap<>();
    final List<byte[]> entries = new CopyOnWriteArrayList<>();
    volatile Optional<Library> library;
    volatile boolean contentsBroken;
    volatile boolean logBroken;
    /** From this entry on the log is broken. */
    volatile int logBreaksAt = Integer.MAX_VALUE;

    private volatile boolean lastFailed;

    Fakes(Library library) {
        this.library = Optional.of(library);
        callers.put("key", caller("app", Caller.Explicit.TEXT, Lang.ZH));
        callers.put("key-en", caller("app-en", Caller.Explicit.TEXT, Lang.EN));
        callers.put("key-ui", caller("app-ui", Caller.Explicit.INTERFACE, Lang.EN));
        for (String app : List.of("app", "app-en", "app-ui")) {
            users.put(app + "/wang", standing("p-wang", Identity.VERIFIED, true, List.of()));
        }
    }

    static Caller caller(String app, Caller.Explicit explicit, Lang lang) {
        return caller(app, explicit, lang, EnumSet.allOf(Scope.class), OptionalInt.empty(), OptionalLong.empty());
    }

    static Caller caller(
            String app,
            Caller.Explicit explicit,
            Lang lang,
            Set<Scope> scopes,
            OptionalInt perMinute,
            OptionalLong perDay) {
        return new Caller(
                "k-" + app, app, app, scopes, explicit, lang, Optional.empty(), perMinute, perDay, Optional.empty());
    }

    static Standing standing(
            String pseudonym, Identity identity, boolean accepted, List<Standing.Restriction> restrictions) {
        return new Standing("u-" + pseudonym, pseudonym, identity, accepted, false, restrictions);
    }

    @Override
    public Callers.Lookup byKey(String presented) {
        Caller caller = callers.get(presented);
        return caller == null ? new Callers.Unknown() : new Callers.Known(caller);
    }

    @Override
    public Standings.Lookup of(String appId, String endUser) {
        Standing standing = users.get(appId + "/" + endUser);
        return standing == null ? new Standings.Unknown() : new Standings.Known(standing);
    }

    @Override
    public Functions.Switch of(String function) {
        return off.contains(function) ? new Functions.Off(function, "switched_off") : new Functions.On(function);
    }

    @Override
    public Optional<Library> current() {
        return library;
    }

    @Override
    public List<Hit> count(List<Hit> hits) {
        return hits;
    }

    @Override
    public void put(String contentId, String part, String mediaType, byte[] bytes) throws IOException {
        if (contentsBroken) {
            throw new IOException("the disk is full");
        }
        parts.put(contentId + "/" + part, new Part(mediaType, bytes));
    }

    @Override
    public Optional<Part> get(String contentId, String part) {
        return Optional.ofNullable(parts.get(contentId + "/" + part));
    }

    @Override
    public synchronized long append(byte[] entry) throws NotRecorded {
        if (logBroken || entries.size() >= logBreaksAt) {
            lastFailed = true;
            throw new NotRecorded("append to a broken log", new IOException("the disk is full"));
        }
        lastFailed = false;
        entries.add(entry);
        return entries.size() - 1L;
    }

    @Override
    public boolean writable() {
        return !lastFailed;
    }

    JsonNode entry(int index) {
        byte[] bytes = entries.get(index);
        return Json.objectOf(bytes, 0, bytes.length).orElseThrow();
    }

    JsonNode last() {
        return entry(entries.size() - 1);
    }

    /** The entries of this kind about this content. */
    List<JsonNode> entries(String kind, String content) {
        return entries.stream()
                .map(bytes -> (JsonNode) Json.objectOf(bytes, 0, bytes.length).orElseThrow())
                .filter(entry -> entry.path("kind").asString("").equals(kind)
                        && entry.path("content").asString("").equals(content))
                .toList();
    }

    String part(String content, String part) {
        return new String(get(content, part).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }
}
