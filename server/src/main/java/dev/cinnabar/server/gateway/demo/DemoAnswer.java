package dev.cinnabar.server.gateway.demo;

import dev.cinnabar.server.gateway.surface.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the demo says to a question: that it is a demo, what it was asked, and a sentence chosen by the question. Two small arts can be asked for by name: to say a text
 * backwards ({@code 倒着说：} or {@code backwards:}), which lets a tour show an answer that is blocked although the question was not; and, where tools are offered, to
 * call the first one. Asked for {@code the forbidden tale} or {@code 禁忌故事} it begins one and then
 * says a stand-in word of the starter library, which must not leave.
 *
 * @param tool the tool it calls; then the text is the arguments
 */
record DemoAnswer(String text, Optional<String> tool) {
    private static final List<String> ZH =
            List.of("灯一盏一盏亮起来，河水慢慢地走。", "茶凉了，故事还没有讲完。", "风从山那边来，带着松针的气味。", "先把一件小事做好，再做下一件。");
    private static final List<String> EN = List.of(
            "Lamps come on one by one while the river walks slowly by.",
            "The tea is cold and the story is not yet told.",
            "Wind comes over the hill and smells of pines.",
            "Do one small thing well, and then the next.");
    private static final int ECHO = 60;
    private static final int PIECE = 3;

    /** The answer number {@code i} to a chat request. */
    static DemoAnswer to(ObjectNode asked, int i) {
        JsonNode messages = asked.path("messages");
        JsonNode last = messages.path(messages.size() - 1);
        String question = said(lastOf(messages, "user"));
        if (callable(asked) && last.path("role").asString("").equals("user")) {
            JsonNode function = asked.path("tools").path(0).path("function");
            return new DemoAnswer(
                    arguments(function.path("parameters"), question),
                    Optional.of(function.path("name").asString("")));
        }
        if (asked.path("response_format").path("type").asString("text").startsWith("json")) {
            JsonNode schema = asked.path("response_format").path("json_schema").path("schema");
            return new DemoAnswer(schema.isObject() ? arguments(schema, question) : plain(question), Optional.empty());
        }
        if (last.path("role").asString("").equals("tool")) {
            return new DemoAnswer(afterTool(said(last), question), Optional.empty());
        }
        return new DemoAnswer(words(question, i), Optional.empty());
    }

    /** The text in the pieces in which it is streamed: a few characters each, never half of one. */
    List<String> pieces() {
        List<String> pieces = new ArrayList<>();
        int[] points = text.codePoints().toArray();
        for (int at = 0; at < points.length; at += PIECE) {
            pieces.add(new String(points, at, Math.min(PIECE, points.length - at)));
        }
        return pieces;
    }

    private static String words(String question, int i) {
        Optional<String> backwards =
                after(question, "倒着说：").or(() -> after(question, "倒着说:")).or(() -> after(question, "backwards:"));
        if (question.contains("forbidden tale")) {
            return "This is the demo upstream. Once upon a time, behind the third hill, there stood a moonlit-teapot, and nobody was to know.";
        }
        if (question.contains("禁忌故事")) {
            return "这里是演示上游。很久以前，在第三座山的后面，有一场苹果派对，谁也不许知道。";
        }
        if (backwards.isPresent()) {
            return new StringBuilder(backwards.get().strip()).reverse().toString();
        }
        int pick = Math.floorMod(question.hashCode() + i, ZH.size());
        String number = i == 0 ? "" : " (" + (i + 1) + ")";
        int length = question.codePointCount(0, question.length());
        return chinese(question)
                ? "这里是演示上游，背后没有模型。您的问题有 " + length + " 个字符：“" + echo(question) + "”。" + ZH.get(pick) + number
                : "This is the demo upstream; there is no model behind it. Your question has " + length
                        + " characters: \"" + echo(question) + "\". " + EN.get(pick) + number;
    }

    private static String afterTool(String result, String question) {
        return chinese(question)
                ? "这里是演示上游。工具返回了：“" + echo(result) + "”。"
                : "This is the demo upstream. The tool said: \"" + echo(result) + "\".";
    }

    private static String plain(String question) {
        return Json.newObject()
                .put("demo", true)
                .put("question", echo(question))
                .toString();
    }

    private static Optional<String> after(String text, String words) {
        int at = text.indexOf(words);
        return at < 0 ? Optional.empty() : Optional.of(text.substring(at + words.length()));
    }

    private static boolean chinese(String text) {
        return text.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    }

    private static String echo(String text) {
        int[] points = text.codePoints().limit(ECHO + 1L).toArray();
        String begun = new String(points, 0, Math.min(points.length, ECHO));
        return points.length > ECHO ? begun + '…' : begun;
    }

    private static boolean callable(ObjectNode asked) {
        return asked.path("tools").size() > 0
                && !asked.path("tool_choice").asString("").equals("none");
    }

    private static JsonNode lastOf(JsonNode messages, String role) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).path("role").asString("").equals(role)) {
                return messages.get(i);
            }
        }
        return messages.path(-1);
    }

    private static String said(JsonNode message) {
        JsonNode content = message.path("content");
        if (content.isString()) {
            return content.stringValue();
        }
        StringBuilder all = new StringBuilder();
        content.forEach(part -> all.append(part.path("text").asString("")));
        return all.toString();
    }

    /** Arguments that fit the schema's properties: the question for strings, small numbers, false, empty lists. */
    private static String arguments(JsonNode schema, String question) {
        ObjectNode out = Json.newObject();
        for (Map.Entry<String, JsonNode> each : schema.path("properties").properties()) {
            JsonNode first = each.getValue().path("enum").path(0);
            switch (each.getValue().path("type").asString("string")) {
                case "integer", "number" -> out.put(each.getKey(), 1);
                case "boolean" -> out.put(each.getKey(), false);
                case "array" -> out.putArray(each.getKey());
                case "object" -> out.putObject(each.getKey());
                default -> out.put(each.getKey(), first.isString() ? first.stringValue() : echo(question));
            }
        }
        return out.toString();
    }
}
