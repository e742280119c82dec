package dev.cinnabar.server.web;

import dev.cinnabar.server.law.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Signing in and out, the own password, and how the pages look. */
final class AccountRoutes implements Routes {
    static final String SIGN_IN = "/console/sign-in";
    static final String PASSWORD = "/console/account/password";
    private static final String SIGN_OUT = "/console/sign-out";
    private static final String LOOK = "/console/look";
    private static final String PUBLIC_LOOK = "/public/look";
    private static final String HOME = "/console/";

    private final Staff staff;
    private final Sessions sessions;

    AccountRoutes(Staff staff, Sessions sessions) {
        this.staff = staff;
        this.sessions = sessions;
    }

    /** Whether the route may be walked before the password given out is changed. */
    static boolean before(String path) {
        return Set.of(SIGN_IN, PASSWORD, SIGN_OUT, LOOK).contains(path) || !path.startsWith("/console");
    }

    @Override
    public void on(RouteTable table) {
        table.get("/console", Access.anyStaff(), visit -> Answer.redirect(HOME))
                .get(SIGN_IN, Access.anyone(), this::ask)
                .post(SIGN_IN, Access.anyone(), this::signIn)
                .post(SIGN_OUT, Access.anyStaff(), this::signOut)
                .get(PASSWORD, Access.anyStaff(), visit -> password(visit, Form.empty()))
                .post(PASSWORD, Access.anyStaff(), this::change)
                .post(LOOK, Access.anyStaff(), this::look)
                .post(PUBLIC_LOOK, Access.anyone(), this::look);
    }

    private Answer ask(Visit visit) {
        return visit.view().me().isPresent()
                ? Answer.redirect(HOME)
                : Answer.page("web/sign-in", new SignInPage(Form.empty(), next(visit.query("next"))));
    }

    private Answer signIn(Visit visit) {
        Form form = visit.form();
        String name = form.text("name", 1, 200);
        String password = form.secret("password");
        String next = next(Optional.of(form.value("next")));
        if (form.bad()) {
            return Answer.page("web/sign-in", new SignInPage(form, next)).status(422);
        }
        HttpServletRequest request = visit.request().servletRequest();
        return switch (staff.signIn(name, password, request.getRemoteAddr())) {
            case Staff.SignIn.In(Staff.Member member) -> {
                sessions.begin(request, response(), member);
                yield Answer.redirect(member.mustChange() ? PASSWORD : next);
            }
            case Staff.SignIn.Wrong() ->
                Answer.page("web/sign-in", new SignInPage(form.wrong("name", "signin.wrong"), next))
                        .status(401);
            case Staff.SignIn.Wait(Duration left) ->
                Answer.page("web/sign-in", new SignInPage(form.wrong("name", "signin.wait", seconds(left)), next))
                        .status(429);
        };
    }

    private static String seconds(Duration left) {
        return String.valueOf(left.toSeconds() + 1);
    }

    private Answer signOut(Visit visit) {
        staff.signedOut(visit.actor());
        sessions.end(visit.request().servletRequest());
        return Answer.redirect(SIGN_IN);
    }

    private Answer.Page password(Visit visit, Form form) {
        boolean forced = visit.view().me().map(View.Me::mustChange).orElse(false);
        return Answer.page("web/password", new PasswordPage(form, forced, Passwords.SHORTEST));
    }

    private Answer change(Visit visit) {
        Form form = visit.form();
        String old = form.secret("old");
        String fresh = form.secret("fresh");
        String again = form.secret("again");
        if (!form.bad() && !fresh.equals(again)) {
            form.wrong("again", "password.differ");
        }
        if (form.bad()) {
            return password(visit, form).status(422);
        }
        return switch (staff.changePassword(visit.actor().id(), old, fresh)) {
            case Outcome.Done<Staff.Member>(Staff.Member member) -> {
                sessions.begin(visit.request().servletRequest(), response(), member);
                yield Answer.redirect(HOME, Flash.done("password.changed"));
            }
            case Outcome.Not<Staff.Member>(var refused) ->
                password(visit, form.refuse(refused)).status(422);
        };
    }

    private Answer look(Visit visit) {
        Form form = visit.form();
        Look look = visit.view().look().with(form.value("set"));
        if (!look.equals(visit.view().look())) {
            keep(visit, look);
        }
        return Answer.redirect(
                local(form.value("back")).orElse(visit.view().me().isPresent() ? HOME : "/"));
    }

    private void keep(Visit visit, Look look) {
        visit.view().me().ifPresent(me -> staff.look(me.actor().id(), look.cookie()));
        String secure = visit.request().servletRequest().isSecure() ? "; Secure" : "";
        response()
                .addHeader(
                        "Set-Cookie",
                        Look.COOKIE + "=" + look.cookie() + "; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly"
                                + secure);
    }

    private static HttpServletResponse response() {
        return Objects.requireNonNull(
                ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getResponse(),
                "a visit has a response");
    }

    private static String next(Optional<String> asked) {
        return asked.flatMap(AccountRoutes::local)
                .filter(path -> path.startsWith("/console/") && !path.startsWith(SIGN_IN))
                .orElse(HOME);
    }

    /** A path of our own and nothing else: no host, no backslash, no control characters. */
    private static Optional<String> local(String path) {
        return path.matches(
                        "/(?:[A-Za-z0-9._~!$&'()*+,;=:@%-][A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?(?:\\?[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?")
                ? Optional.of(path)
                : Optional.empty();
    }
}
