package dev.cinnabar.server.web;

import dev.cinnabar.label.Labels;
import dev.cinnabar.label.Limits;
import dev.cinnabar.server.law.Article;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** The pages for everybody: home, and checking the label of a file. No sign-in, no cookie needed, no JavaScript. */
@Article("18")
final class PublicRoutes implements Routes {
    private static final String CHECK = "/public/check";
    /** Tight: anybody may send anything. */
    private static final Limits LIMITS = new Limits(WebSetup.LARGEST_UPLOAD, 20_000, 32, 4L << 20, 40_000_000L);

    private final Labels labels = new Labels(LIMITS);
    private final Claims claims;
    /** Files lie in memory while they are read: this many at a time. */
    private final Semaphore seats = new Semaphore(4);

    PublicRoutes(Claims claims) {
        this.claims = claims;
    }

    @Override
    public void on(RouteTable table) {
        table.get("/", Access.anyone(), visit -> Answer.page("web/home", new HomePage()))
                .get("/public", Access.anyone(), visit -> Answer.redirect("/public/"))
                .get("/public/", Access.anyone(), visit -> Answer.page("web/home", new HomePage()))
                .get(CHECK, Access.anyone(), visit -> page(Form.empty(), Optional.empty()))
                .post(CHECK, Access.anyone(), this::check);
    }

    private static Answer.Page page(Form form, Optional<Checked> checked) {
        return Answer.page("web/check", new CheckPage(form, WebSetup.LARGEST_UPLOAD >> 20, checked));
    }

    private Answer check(Visit visit) throws IOException {
        if (!seats.tryAcquire()) {
            return new Answer.Problem(503);
        }
        try {
            return switch (visit.upload("file")) {
                case Upload.File(String name, byte[] bytes) ->
                    page(Form.empty(), Optional.of(Checked.of(labels, claims, name, bytes, visit.lang())));
                case Upload.Nothing() ->
                    page(Form.empty().wrong("file", "check.nothing"), Optional.empty())
                            .status(422);
                case Upload.TooLarge() ->
                    page(
                                    Form.empty().wrong("file", "check.large", "" + (WebSetup.LARGEST_UPLOAD >> 20)),
                                    Optional.empty())
                            .status(413);
                case Upload.Broken() ->
                    page(Form.empty().wrong("file", "check.broken"), Optional.empty())
                            .status(400);
            };
        } finally {
            seats.release();
        }
    }
}
