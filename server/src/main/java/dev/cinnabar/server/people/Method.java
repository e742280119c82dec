package dev.cinnabar.server.people;

import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Words;

/** The four ways of authenticating a real identity that Article 9 names. */
@Article("9")
public enum Method {
    MOBILE("手机号码", "mobile number"),
    ID_NUMBER("身份证件号码", "identity document number"),
    USCC("统一社会信用代码", "unified social credit code"),
    /** The national online identity authentication public service: no number is ever asked, only its result is kept. */
    NATIONAL_ID_SERVICE("国家网络身份认证公共服务", "national online identity service");

    private final String zh;
    private final String en;

    Method(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    /** What people call it. */
    public Words label() {
        return new Words(zh, en);
    }

    /** Whether it fits this kind of user: an organisation by its credit code, a person by any other way. */
    public boolean fits(User.Kind kind) {
        return switch (this) {
            case MOBILE, ID_NUMBER, NATIONAL_ID_SERVICE -> kind == User.Kind.PERSON;
            case USCC -> kind == User.Kind.ORGANISATION;
        };
    }
}
