package dev.cinnabar.server.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.session.ChangeSessionIdAuthenticationStrategy;
import org.springframework.security.web.authentication.session.CompositeSessionAuthenticationStrategy;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfAuthenticationStrategy;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The sessions of signed-in people: begun with a new id and a new token, ended by idleness, by age, and by any change of the account.
 */
final class Sessions {
    private static final String MEMBER = Sessions.class.getName() + ".member";

    private final Staff staff;
    private final InstantSource clock;
    private final Duration idle;
    private final Duration longest;
    private final HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();
    private final HttpSessionCsrfTokenRepository tokens = new HttpSessionCsrfTokenRepository();
    private final SessionAuthenticationStrategy fresh = new CompositeSessionAuthenticationStrategy(
            List.of(new ChangeSessionIdAuthenticationStrategy(), new CsrfAuthenticationStrategy(tokens)));

    Sessions(Staff staff, InstantSource clock, Duration idle, Duration longest) {
        this.staff = staff;
        this.clock = clock;
        this.idle = idle;
        this.longest = longest;
    }

    HttpSessionSecurityContextRepository contexts() {
        return contexts;
    }

    HttpSessionCsrfTokenRepository tokens() {
        return tokens;
    }

    /** Begins the person's session: the id and the token that were there before are worth nothing any more. */
    void begin(HttpServletRequest request, HttpServletResponse response, Staff.Member member) {
        Authentication who = UsernamePasswordAuthenticationToken.authenticated(
                new SignedIn(member.id(), member.epoch(), clock.instant()),
                null,
                AuthorityUtils.createAuthorityList("STAFF"));
        request.getSession(true).setMaxInactiveInterval(Math.toIntExact(idle.toSeconds()));
        fresh.onAuthentication(who, request, response);
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(who);
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
        request.setAttribute(MEMBER, member);
    }

    /** Ends the session. */
    void end(HttpServletRequest request) {
        SecurityContextHolder.clearContext();
        request.removeAttribute(MEMBER);
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    /** The person signed in on this request, as the account is now. */
    static Optional<Staff.Member> member(HttpServletRequest request) {
        return Optional.ofNullable((Staff.Member) request.getAttribute(MEMBER));
    }

    /** The filter that looks at the account behind a session on every request, and ends the session where it does not hold any more. */
    OncePerRequestFilter watch() {
        return new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                Authentication who = SecurityContextHolder.getContext().getAuthentication();
                if (who != null && who.getPrincipal() instanceof SignedIn signedIn) {
                    Optional<Staff.Member> holds =
                            staff.byId(signedIn.staffId()).filter(m -> holds(signedIn, m));
                    holds.ifPresentOrElse(m -> request.setAttribute(MEMBER, m), () -> end(request));
                }
                chain.doFilter(request, response);
            }
        };
    }

    private boolean holds(SignedIn signedIn, Staff.Member member) {
        return !member.disabled()
                && member.epoch() == signedIn.epoch()
                && clock.instant().isBefore(signedIn.since().plus(longest));
    }
}
