package dev.cinnabar.server.web;

import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Lang;
import java.util.Optional;
import org.springframework.web.servlet.function.ServerRequest;

/** One request of a person: what was asked, and who asks. */
public final class Visit {
    private final ServerRequest request;
    private final View view;

    Visit(ServerRequest request, View view) {
        this.request = request;
        this.view = view;
    }

    /** A part of the path, like {@code id} of {@code /console/people/{id}}. */
    public String path(String name) {
        return request.pathVariable(name);
    }

    /** A value of the query, trimmed; empty where there is none or it is blank. */
    public Optional<String> query(String name) {
        return request.param(name).map(String::strip).filter(v -> !v.isEmpty());
    }

    /** The form that was sent. */
    public Form form() {
        return Form.typed(request.params());
    }

    /** A file that was sent with the form. */
    public Upload upload(String name) {
        return Upload.of(request, name);
    }

    /** Who asks; only on routes for staff. */
    public Actor actor() {
        return view.me()
                .map(View.Me::actor)
                .orElseThrow(() -> new IllegalStateException("nobody is signed in on " + view.path()));
    }

    /** The language to answer in. */
    public Lang lang() {
        return view.lang();
    }

    /** Whether htmx asks for the inside of {@code main} only. */
    public boolean fragment() {
        return view.fragment();
    }

    ServerRequest request() {
        return request;
    }

    View view() {
        return view;
    }
}
