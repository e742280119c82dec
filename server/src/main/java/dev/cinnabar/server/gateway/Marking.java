package dev.cinnabar.server.gateway;

import dev.cinnabar.label.AigcLabel;
import dev.cinnabar.label.Format;
import dev.cinnabar.label.Order;
import dev.cinnabar.label.ServiceKind;
import dev.cinnabar.server.apps.Caller;
import dev.cinnabar.server.gateway.Answered.ClearedAnswer;
import dev.cinnabar.server.gateway.surface.Answer;
import dev.cinnabar.server.gateway.surface.ChatAsk;
import dev.cinnabar.server.gateway.surface.Completion;
import dev.cinnabar.server.gateway.surface.CompletionWriter;
import dev.cinnabar.server.gateway.surface.ImageAsk;
import dev.cinnabar.server.gateway.surface.Pictures;
import dev.cinnabar.server.gateway.surface.Sound;
import dev.cinnabar.server.gateway.surface.TextLabel;
import dev.cinnabar.server.gateway.surface.Track;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Lang;
import dev.cinnabar.server.law.Outcome;
import dev.cinnabar.server.tampering.Mark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Room 7: the explicit and the implicit label are put on and read back by a reader that shares no code with the writer. What cannot be confirmed is refused. */
@Article({"17", "16"})
final class Marking {
    private static final Set<Format> PICTURES = Set.of(Format.PNG, Format.JPEG);
    private static final Set<Format> SOUNDS = Set.of(Format.WAV);

    private final TextLabel label;
    private final Press press;
    private final Optional<String> producer;
    private final PublicAddress addresses;

    Marking(TextLabel label, Press press, Optional<String> producer, PublicAddress addresses) {
        this.label = label;
        this.press = press;
        this.producer = producer;
        this.addresses = addresses;
    }

    /** What is labelled, or a stream from which only that comes out. */
    static final class Marked {
        private final ClearedAnswer answer;
        private final Work work;

        private Marked(ClearedAnswer answer, Work work) {
            this.answer = answer;
            this.work = work;
        }

        Work work() {
            return work;
        }

        ClearedAnswer answer() {
            return answer;
        }

        Dossier dossier() {
            return answer.dossier();
        }
    }

    /** The two ways in which it goes on. */
    sealed interface Work {}

    /**
     * A whole answer.
     *
     * @param media the files of their own that belong to it, in order
     * @param labels the labels on it, for the record
     * @param marks how its files are labelled, to be kept for comparison
     */
    record Whole(byte[] body, String mediaType, List<Medium> media, Labelled labels, List<Mark> marks)
            implements Work {}

    /** A labelled file. */
    record Medium(byte[] bytes, String mediaType) {}

    record Streaming(MarkedStream stream, Labelled labels) implements Work {}

    /**
     * The labels, as entries say them.
     *
     * @param explicit where the explicit label is: {@code text}, {@code interface}, or the kind of mark
     * @param implicit where the implicit one is
     */
    record Labelled(String explicit, String implicit) {}

    Outcome<Marked> mark(ClearedAnswer answer) {
        Dossier dossier = answer.dossier();
        dossier.enter(Room.MARKED);
        String code = producer.orElseThrow();
        AigcLabel implicit = AigcLabel.first(code, dossier.content);
        return switch (answer.work()) {
            case Answered.Streaming(ChatAsk ask, ClearedStream stream) ->
                Outcome.done(streaming(answer, ask, stream, implicit));
            case Answered.Whole(Answer whole) ->
                switch (whole) {
                    case Completion completion -> completion(answer, completion, implicit);
                    case Pictures pictures -> pictures(answer, pictures, implicit);
                    case Sound sound -> sound(answer, sound, implicit);
                };
        };
    }

    private Marked streaming(ClearedAnswer answer, ChatAsk ask, ClearedStream stream, AigcLabel implicit) {
        Optional<Lang> explicit = explicit(answer);
        CompletionWriter writer = writer(answer, implicit);
        MarkedStream marked = new MarkedStream(stream, ask, explicit, label, writer, implicit.toJson());
        return new Marked(answer, new Streaming(marked, textLabels(explicit)));
    }

    /** The language of the label in the text; empty where the application shows the label itself. */
    private static Optional<Lang> explicit(ClearedAnswer answer) {
        Caller caller = answer.prompt().permitted().caller();
        return switch (caller.explicit()) {
            case TEXT -> Optional.of(caller.lang());
            case INTERFACE -> Optional.empty();
        };
    }

    private static Labelled textLabels(Optional<Lang> explicit) {
        return new Labelled(explicit.isPresent() ? "text" : "interface", "json:aigc");
    }

    private static CompletionWriter writer(ClearedAnswer answer, AigcLabel implicit) {
        Dossier dossier = answer.dossier();
        return new CompletionWriter(
                "chatcmpl-" + dossier.content,
                dossier.at.getEpochSecond(),
                answer.prompt().permitted().ask().model(),
                implicit.toJson());
    }

    private Outcome<Marked> completion(ClearedAnswer answer, Completion completion, AigcLabel implicit) {
        Optional<Lang> explicit = explicit(answer);
        List<Completion.Choice> labelled = new ArrayList<>();
        for (Completion.Choice choice : completion.choices()) {
            Map<Track.Kind, String> texts = new LinkedHashMap<>();
            choice.texts()
                    .forEach((kind, text) -> texts.put(
                            kind, explicit.map(lang -> labelled(lang, text)).orElse(text)));
            labelled.add(
                    new Completion.Choice(choice.index(), texts, choice.calls(), choice.logprobs(), choice.finish()));
        }
        byte[] body = writer(answer, implicit).whole(new Completion(labelled, completion.usage()));
        if (!new ReadBack(explicit.map(label::words), implicit.toJson()).whole(body)) {
            return Outcome.not(Refusals.readBackFailed());
        }
        return Outcome.done(
                new Marked(answer, new Whole(body, "application/json", List.of(), textLabels(explicit), List.of())));
    }

    private String labelled(Lang lang, String text) {
        TextLabel.Lead lead = label.lead(lang);
        return lead.feed(text) + lead.finish();
    }

    private Outcome<Marked> pictures(ClearedAnswer answer, Pictures pictures, AigcLabel implicit) {
        Dossier dossier = answer.dossier();
        ImageAsk ask = (ImageAsk) answer.prompt().permitted().ask();
        List<Medium> media = new ArrayList<>();
        List<Mark> marks = new ArrayList<>();
        Labelled labels = new Labelled("", "");
        for (int i = 0; i < pictures.pictures().size(); i++) {
            String number = pictures.pictures().size() == 1 ? dossier.content : dossier.content + '-' + i;
            Order order = order(answer, AigcLabel.first(implicit.contentProducer(), number), ServiceKind.OTHER);
            switch (press.press("picture", pictures.pictures().get(i).bytes(), order, PICTURES, Code.LABEL_FAILED)) {
                case Outcome.Not<Press.Pressed>(var refused) -> {
                    return Outcome.not(refused);
                }
                case Outcome.Done<Press.Pressed>(Press.Pressed pressed) -> {
                    media.add(new Medium(pressed.bytes(), pressed.format().mediaType()));
                    marks.add(pressed.mark().in("media/" + i));
                    labels = labels(pressed);
                }
            }
        }
        byte[] body = new PictureBody(dossier, implicit)
                .of(pictures, media, ask.url() ? Optional.of(addresses) : Optional.empty());
        return Outcome.done(new Marked(answer, new Whole(body, "application/json", media, labels, marks)));
    }

    private Outcome<Marked> sound(ClearedAnswer answer, Sound sound, AigcLabel implicit) {
        return press.press(
                        "speech.wav",
                        sound.bytes(),
                        order(answer, implicit, ServiceKind.VOICE),
                        SOUNDS,
                        Code.LABEL_FAILED)
                .then(pressed -> Outcome.done(new Marked(
                        answer,
                        new Whole(
                                pressed.bytes(),
                                pressed.format().mediaType(),
                                List.of(),
                                labels(pressed),
                                List.of(pressed.mark().in("answer"))))));
    }

    private static Order order(ClearedAnswer answer, AigcLabel implicit, ServiceKind service) {
        dev.cinnabar.label.Lang lang =
                switch (answer.prompt().permitted().caller().lang()) {
                    case ZH -> dev.cinnabar.label.Lang.ZH;
                    case EN -> dev.cinnabar.label.Lang.EN;
                };
        // A seal of the upstream's is its word about its own file; ours is another file, so the seal may break.
        return Order.of(implicit).with(lang).with(service).breakingC2pa();
    }

    private static Labelled labels(Press.Pressed pressed) {
        return new Labelled(
                pressed.explicit().stream()
                        .map(mark -> mark.kind().word())
                        .findFirst()
                        .orElse("none"),
                pressed.place());
    }
}
