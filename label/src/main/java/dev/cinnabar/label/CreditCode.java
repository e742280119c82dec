package dev.cinnabar.label;

import java.util.ArrayList;
import java.util.List;

/** The check characters of a unified social credit code: GB 32100-2015, with the organisation code of GB 11714-1997 inside. */
final class CreditCode {
    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int[] WEIGHTS = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    private static final int[] INNER_WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};

    private CreditCode() {}

    /** Everything wrong with 18 characters, in plain words. */
    static List<String> faults(String code, Lang lang) {
        List<String> wrong = new ArrayList<>();
        int sum = 0;
        for (int i = 0; i < 18; i++) {
            int value = ALPHABET.indexOf(code.charAt(i));
            if (value < 0) {
                wrong.add(ProviderCode.said(
                        lang,
                        "the credit code holds " + code.charAt(i) + " at its position " + (i + 1)
                                + ", which GB 32100 does not use",
                        "信用代码第 " + (i + 1) + " 位为 " + code.charAt(i) + "，不在 GB 32100 字符集内"));
                return wrong;
            }
            sum += i < 17 ? value * WEIGHTS[i] : 0;
        }
        char check = ALPHABET.charAt((31 - sum % 31) % 31);
        if (code.charAt(17) != check) {
            wrong.add(ProviderCode.said(
                    lang,
                    "the credit code's check character (its position 18, position 22 of the provider code) is "
                            + code.charAt(17) + " and should be " + check + " (GB 32100)",
                    "信用代码校验位（其第 18 位，编码第 22 位）为 " + code.charAt(17) + "，应为 " + check + "（GB 32100）"));
        }
        char inner = innerCheck(code.substring(8, 16));
        if (code.charAt(16) != inner) {
            wrong.add(ProviderCode.said(
                    lang,
                    "the organisation code's check character (position 17 of the credit code, 21 of the provider code) is "
                            + code.charAt(16) + " and should be " + inner + " (GB 11714)",
                    "组织机构代码校验位（信用代码第 17 位，编码第 21 位）为 " + code.charAt(16) + "，应为 " + inner + "（GB 11714）"));
        }
        return wrong;
    }

    private static char innerCheck(String eight) {
        int sum = 0;
        for (int i = 0; i < 8; i++) {
            sum += Character.digit(eight.charAt(i), 36) * INNER_WEIGHTS[i];
        }
        int check = 11 - sum % 11;
        return check == 10 ? 'X' : check == 11 ? '0' : (char) ('0' + check);
    }
}
