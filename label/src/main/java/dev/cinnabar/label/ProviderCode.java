package dev.cinnabar.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The code of a service provider under the coding rules (网安秘字〔2025〕29号): 27 characters, "00", subject type, binding method, the 18 characters of the unified social
 * credit code, and a service extension of five. The credit code's check characters (GB 32100 and, inside, GB 11714) are its only ones.
 */
public final class ProviderCode {
    private static final int LENGTH = 27;

    private final String text;

    private ProviderCode(String text) {
        this.text = text;
    }

    /** The role that the extension's first character names. */
    public enum Role {
        GENERATION('1'),
        PROPAGATION('2');

        private final char code;

        Role(char code) {
            this.code = code;
        }

        /** The character of the extension. */
        public char code() {
            return code;
        }
    }

    /** The code of an organisation without a service extension; throws IllegalArgumentException that explains a wrong credit code. */
    public static ProviderCode of(String creditCode) {
        return checked("0011" + creditCode + "00000");
    }

    /** The code of an organisation's service: its role and four self-assigned characters of 0-9 and A-Z. */
    public static ProviderCode of(String creditCode, Role role, String service) {
        return checked("0011" + creditCode + role.code + service);
    }

    /** The code, where it is right. */
    public static Optional<ProviderCode> parse(String text) {
        return faults(text).isEmpty() ? Optional.of(new ProviderCode(text)) : Optional.empty();
    }

    /** Everything wrong with a code, in plain words; empty where it is right. */
    public static List<String> faults(String text) {
        return faults(text, Lang.EN);
    }

    /** Everything wrong with a code, in plain words of a language; empty where it is right. */
    public static List<String> faults(String text, Lang lang) {
        List<String> wrong = new ArrayList<>();
        if (text.length() != LENGTH) {
            wrong.add(said(
                    lang,
                    "it has " + text.length() + " characters instead of 27",
                    "长度为 " + text.length() + " 位，应为 27 位"));
            return wrong;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z')) {
                wrong.add(said(
                        lang,
                        "position " + (i + 1) + " is " + c + ", neither a digit nor a capital letter",
                        "第 " + (i + 1) + " 位为 " + c + "，不是数字或大写字母"));
                return wrong;
            }
        }
        structure(text, lang, wrong);
        return wrong;
    }

    private static void structure(String text, Lang lang, List<String> wrong) {
        if (!text.startsWith("00")) {
            wrong.add(said(lang, "it does not begin with 00", "未以 00 开头"));
        }
        char subject = text.charAt(2);
        if (subject != '1' && subject != '2') {
            wrong.add(said(
                    lang,
                    "position 3 (subject type) is " + subject + "; 1 is an organisation, 2 a person",
                    "第 3 位（主体类型）为 " + subject + "；1 为组织，2 为个人"));
        }
        if (subject == '1' && text.charAt(3) == '1') {
            wrong.addAll(CreditCode.faults(text.substring(4, 22), lang));
        } else if (subject == '1') {
            wrong.add(said(
                    lang,
                    "position 4 (binding method) is " + text.charAt(3) + "; 1 is the unified social credit code",
                    "第 4 位（绑定方式）为 " + text.charAt(3) + "；1 为统一社会信用代码"));
        }
    }

    /** The unified social credit code inside, where the subject is an organisation bound by it. */
    public Optional<String> creditCode() {
        return text.startsWith("0011") ? Optional.of(text.substring(4, 22)) : Optional.empty();
    }

    /** The service extension, five characters; "00000" where unused. */
    public String extension() {
        return text.substring(22);
    }

    /** What the parts of the code say, in one line. */
    public String explained(Lang lang) {
        boolean organisation = text.charAt(2) == '1';
        String subject = organisation ? said(lang, "an organisation", "组织") : said(lang, "a person", "个人");
        String credit = creditCode()
                .map(code -> said(lang, ", unified social credit code ", "，统一社会信用代码 ") + code)
                .orElse("");
        return subject + credit + said(lang, ", service extension ", "，服务扩展码 ") + extension() + role(lang);
    }

    private String role(Lang lang) {
        return switch (text.charAt(22)) {
            case '1' -> said(lang, " (generation)", "（生成）");
            case '2' -> said(lang, " (propagation)", "（传播）");
            case '0' -> extension().equals("00000") ? said(lang, " (unused)", "（未使用）") : "";
            default -> "";
        };
    }

    private static ProviderCode checked(String text) {
        List<String> wrong = faults(text);
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("not a provider code: " + String.join("; ", wrong));
        }
        return new ProviderCode(text);
    }

    static String said(Lang lang, String en, String zh) {
        return lang == Lang.EN ? en : zh;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProviderCode code && code.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The 27 characters. */
    @Override
    public String toString() {
        return text;
    }
}
