package dev.cinnabar.server.people;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/** Numbers made up by the arithmetic of their standards; they are nobody's on purpose. */
public final class MadeUp {
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String[] REGIONS = {"110105", "310104", "440300", "512001", "650105"};

    private MadeUp() {}

    /** A document number of these 17 digits. */
    public static String document(String body) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (body.charAt(i) - '0') * WEIGHTS[i];
        }
        // Written another way than in the product: the check digit makes the weighted sum 1 modulo 11.
        for (int check = 0; check <= 10; check++) {
            if ((sum + check) % 11 == 1) {
                return body + (check == 10 ? "X" : String.valueOf(check));
            }
        }
        throw new AssertionError("no check digit for " + body);
    }

    /** Some document number of a grown-up. */
    public static String document(RandomGenerator random) {
        LocalDate born = LocalDate.of(1950, 1, 1).plusDays(random.nextInt(20_000));
        return document(REGIONS[random.nextInt(REGIONS.length)]
                + born.format(DateTimeFormatter.BASIC_ISO_DATE)
                + String.format("%03d", random.nextInt(1_000)));
    }
}
