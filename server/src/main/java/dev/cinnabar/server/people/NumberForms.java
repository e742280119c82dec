package dev.cinnabar.server.people;

import dev.cinnabar.server.cases.Sheet;
import dev.cinnabar.server.law.Words;
import dev.cinnabar.server.people.Precheck.Implausible;
import dev.cinnabar.server.people.Precheck.Plausible;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The forms of the numbers of Article 9: GB 11643 documents, GB 32100 credit codes with the GB 11714 code inside, mobile numbers. */
final class NumberForms {
    private static final Pattern MOBILE = Pattern.compile("1[3-9][0-9]{9}");
    private static final Pattern DOCUMENT = Pattern.compile("[1-9][0-9]{16}[0-9X]");
    private static final String CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final Pattern CREDIT_CODE =
            Pattern.compile("[1-9A-HJ-NPQRTUWXY][0-9A-HJ-NPQRTUWXY][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}");
    private static final int[] DOCUMENT_WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final int[] ORGANISATION_WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};
    private static final int OLDEST = 150;
    private static final Set<String> REGIONS = Sheet.of(NumberForms.class, "regions.txt").rows().stream()
            .map(row -> row.getOrDefault("code", ""))
            .collect(Collectors.toUnmodifiableSet());

    private NumberForms() {}

    static Precheck check(IdentityNumber number, LocalDate today) {
        return switch (number.method()) {
            case MOBILE -> mobile(number);
            case ID_NUMBER -> document(number, today);
            case USCC -> creditCode(number);
            case NATIONAL_ID_SERVICE -> bad("9", "此方式不收取任何号码。", "This method never takes a number.");
        };
    }

    /** Whether the text is, in form, an identity document number: shape, region, check character and a real date. */
    static boolean looksLikeDocument(String id) {
        return DOCUMENT.matcher(id).matches()
                && REGIONS.contains(id.substring(0, 2))
                && documentCheck(id)
                && born(id).isPresent();
    }

    private static Precheck mobile(IdentityNumber number) {
        return MOBILE.matcher(number.reveal()).matches()
                ? new Plausible(number, Optional.empty())
                : bad("9", "不是中国大陆手机号码的格式。", "This does not have the form of a mainland mobile number.");
    }

    private static Precheck document(IdentityNumber number, LocalDate today) {
        String id = number.reveal();
        if (!DOCUMENT.matcher(id).matches()) {
            return bad(
                    "GB 11643",
                    "应为 17 位数字加 1 位数字或 X（15 位旧号码已停用）。",
                    "17 digits and then a digit or X are needed (15-digit numbers are no longer valid).");
        }
        if (!REGIONS.contains(id.substring(0, 2))) {
            return bad("GB 11643", "前两位不是已知的地区代码。", "The first two digits are no known region.");
        }
        if (!documentCheck(id)) {
            return bad("GB 11643", "校验码不符。", "The check character is wrong.");
        }
        Optional<LocalDate> born = born(id);
        if (born.isEmpty()) {
            return bad("GB 11643", "出生日期不是真实的日期。", "The date of birth is no real date.");
        }
        return born.get().isAfter(today) || born.get().isBefore(today.minusYears(OLDEST))
                ? bad("GB 11643", "出生日期不合理。", "The date of birth cannot be.")
                : new Plausible(number, born);
    }

    private static Optional<LocalDate> born(String id) {
        try {
            return Optional.of(LocalDate.of(
                    Integer.parseInt(id.substring(6, 10)),
                    Integer.parseInt(id.substring(10, 12)),
                    Integer.parseInt(id.substring(12, 14))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** MOD 11-2 over 18 characters. */
    private static boolean documentCheck(String id) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (id.charAt(i) - '0') * DOCUMENT_WEIGHTS[i];
        }
        return id.charAt(17) == "10X98765432".charAt(sum % 11);
    }

    private static Precheck creditCode(IdentityNumber number) {
        String code = number.reveal();
        if (!CREDIT_CODE.matcher(code).matches()) {
            return bad(
                    "GB 32100",
                    "应为 18 位数字或大写字母（不含 I、O、S、V、Z），第 3 至 8 位为数字。",
                    "18 digits or capitals without I, O, S, V, Z are needed, the third to eighth being digits.");
        }
        int sum = 0;
        for (int i = 0, weight = 1; i < 17; i++, weight = weight * 3 % 31) {
            sum += CREDIT_ALPHABET.indexOf(code.charAt(i)) * weight;
        }
        if (CREDIT_ALPHABET.indexOf(code.charAt(17)) != (31 - sum % 31) % 31) {
            return bad("GB 32100", "校验码不符。", "The check character is wrong.");
        }
        return organisationCheck(code.substring(8, 17))
                ? new Plausible(number, Optional.empty())
                : bad(
                        "GB 11714",
                        "第 9 至 17 位的主体标识码校验不符。",
                        "The organisation code inside (ninth to seventeenth character) has a wrong check character.");
    }

    private static boolean organisationCheck(String code) {
        int sum = 0;
        for (int i = 0; i < 8; i++) {
            sum += Character.digit(code.charAt(i), 36) * ORGANISATION_WEIGHTS[i];
        }
        int check = 11 - sum % 11;
        char expected = check == 10 ? 'X' : check == 11 ? '0' : (char) ('0' + check);
        return code.charAt(8) == expected;
    }

    private static Implausible bad(String clause, String zh, String en) {
        return new Implausible(clause, new Words(zh, en));
    }
}
