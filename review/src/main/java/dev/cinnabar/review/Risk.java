package dev.cinnabar.review;

import java.util.List;
import java.util.Optional;

/** One of the 31 risks of GB/T 45654-2025, annex A, by its code: {@code A.1.a} to {@code A.5.b}. */
public record Risk(String code) {
    public Risk {
        if (RiskTable.find(code).isEmpty()) {
            throw new IllegalArgumentException("risk " + code + " is not in GB/T 45654-2025: use A.1.a to A.5.b");
        }
    }

    /** The risk of that code, or empty when the standard has none such. */
    public static Optional<Risk> of(String code) {
        return RiskTable.find(code.strip()).map(row -> new Risk(row.code()));
    }

    /** All 31 risks in the order of the standard. */
    public static List<Risk> all() {
        return RiskTable.ROWS.stream().map(row -> new Risk(row.code())).toList();
    }

    /** The risk's name in Chinese, in the standard's words. */
    public String zh() {
        return row().zh();
    }

    /** The risk's name in English; a translation of ours. */
    public String en() {
        return row().en();
    }

    /** The standard and edition these codes come from. */
    public static String source() {
        return RiskTable.SOURCE;
    }

    private RiskTable.Row row() {
        return RiskTable.find(code).orElseThrow();
    }
}
