package dev.cinnabar.server.people;

import dev.cinnabar.server.law.Words;
import java.util.EnumSet;
import java.util.Set;

/** Takes the word of the provider's own account system, which names its method, evidence and time. What it passes is recorded as attested, not as checked. */
public final class AttestedVerifier implements Verifier {
    /** Its name, as {@code POST /users/{id}/verifications} knows it. */
    public static final String NAME = "attested";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Assurance assurance() {
        return Assurance.ATTESTED;
    }

    @Override
    public Set<Method> methods() {
        return EnumSet.allOf(Method.class);
    }

    @Override
    public boolean local() {
        return true;
    }

    @Override
    public Answer check(Request request) {
        return request.evidence().isBlank() || request.at().isEmpty()
                ? new Failed(new Words("声明缺少证据编号或时间。", "The attestation names no evidence or no time."))
                : new Passed();
    }
}
