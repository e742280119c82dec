package dev.cinnabar.server.people;

import dev.cinnabar.server.law.Words;

/** On whose word an authentication rests. */
public enum Assurance {
    /** A verifying service compared the identity itself. */
    CHECKED("核验服务比对", "checked by a verifying service"),
    /** The provider's own account system vouches for it, and names its evidence. */
    ATTESTED("服务提供者账号系统声明", "attested by the provider's account system"),
    /** The test verifier said so: worth nothing, only there to try things. */
    TEST("测试核验（无效力）", "test verifier (no authentication)");

    private final String zh;
    private final String en;

    Assurance(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    /** What people call it. */
    public Words label() {
        return new Words(zh, en);
    }
}
