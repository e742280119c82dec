package dev.cinnabar.server.people;

import dev.cinnabar.server.law.Words;
import java.util.EnumSet;
import java.util.Set;

/**
 * Authenticates nobody: for demonstrations and tests only, and off unless the server runs as a demo. It passes every attempt but those whose evidence
 * begins with {@code fail}; evidence that begins with {@code later} is answered later, {@code down} is as if it could not be reached.
 */
public final class TestVerifier implements Verifier {
    /** Its name, as {@code POST /users/{id}/verifications} knows it. */
    public static final String NAME = "test";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Assurance assurance() {
        return Assurance.TEST;
    }

    @Override
    public Set<Method> methods() {
        return EnumSet.allOf(Method.class);
    }

    @Override
    public Answer check(Request request) throws Unreachable {
        if (request.evidence().startsWith("fail")) {
            return new Failed(new Words("测试核验：按要求不通过。", "Test verifier: fails as asked."));
        }
        if (request.evidence().startsWith("down")) {
            throw new Unreachable("asking the test verifier, which was told to be down");
        }
        return request.evidence().startsWith("later") ? new Later() : new Passed();
    }
}
