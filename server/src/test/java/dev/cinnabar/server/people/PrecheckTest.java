package dev.cinnabar.server.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.law.Article;
import dev.cinnabar.testkit.Seeded;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers here are made up by the arithmetic of their standards; the credit codes are those that providers print in their public labels. */
@Article("9")
class PrecheckTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    private static Precheck check(Method method, String typed) {
        return Precheck.of(IdentityNumber.of(method, typed).orElseThrow(), TODAY);
    }

    private static String clause(Precheck found) {
        return switch (found) {
            case Precheck.Plausible good -> "";
            case Precheck.Implausible bad -> bad.clause();
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "91110102MACQD9K640",
                "91330106MA2CFLDG4R",
                "91440300708461136T",
                "91440300MA5G49LC9K",
                "91310104MACE0YX639"
            })
    void realCreditCodesPass(String code) {
        assertThat(clause(check(Method.USCC, code))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "91310104MACE0YX638, GB 32100, wrong check character",
        "91310104MACE0YX63I, GB 32100, a letter that is not used",
        "9131A104MACE0YX639, GB 32100, a letter in the division",
        "91310104MACE0YX63, GB 32100, too short",
        "'', GB 32100, empty",
    })
    void wrongCreditCodesAreNamed(String code, String clause, String why) {
        assertThat(clause(check(Method.USCC, code))).as(why).isEqualTo(clause);
    }

    @Test
    void theOrganisationCodeInsideIsCheckedToo() {
        // The inner code is broken and the outer check character made right again.
        String broken = "91310104MACE0YX64";
        String alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        Optional<String> outerRight = alphabet.chars()
                .mapToObj(c -> broken + (char) c)
                .filter(code -> clause(check(Method.USCC, code)).equals("GB 11714"))
                .findFirst();
        assertThat(outerRight).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"13800138000", "+86 138-0013-8000", "１９９００００００００", "14912345678"})
    void mobilesPassHoweverTheyAreTyped(String number) {
        assertThat(clause(check(Method.MOBILE, number))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"12800138000", "1380013800", "138001380000", "+85212345678", "1380013800a", "", "١٣٨٠٠١٣٨٠٠٠"})
    void otherMobilesDoNot(String number) {
        assertThat(clause(check(Method.MOBILE, number))).isEqualTo("9");
    }

    @Test
    void documentsWithARealDatePass() {
        for (String body :
                new String[] {"11010519491231002", "44030020000229123", "83000019991231001", "93112419810803002"}) {
            String id = MadeUp.document(body);
            assertThat(check(Method.ID_NUMBER, id)).isInstanceOf(Precheck.Plausible.class);
        }
        assertThat(((Precheck.Plausible) check(Method.ID_NUMBER, MadeUp.document("44030020000229123"))).born())
                .contains(LocalDate.of(2000, 2, 29));
    }

    @ParameterizedTest
    @CsvSource({
        "44030020010229123, 29 February of a common year",
        "44030020001301123, month 13",
        "44030020000100123, day 0",
        "44030020271231123, in the future",
        "44030018760101123, 150 years old",
        "00030020000101123, no region",
        "99030020000101123, no region",
        "17030020000101123, no region",
    })
    void documentsThatCannotBeAreNamed(String body, String why) {
        assertThat(clause(check(Method.ID_NUMBER, MadeUp.document(body))))
                .as(why)
                .isEqualTo("GB 11643");
    }

    @Test
    void everySingleWrongDigitAndEverySwapOfNeighboursIsFound() {
        Seeded.strings(300, MadeUp::document, id -> {
            for (int at = 0; at < 17; at++) {
                char wrong = id.charAt(at) == '9' ? '1' : (char) (id.charAt(at) + 1);
                String other = id.substring(0, at) + wrong + id.substring(at + 1);
                if (clause(check(Method.ID_NUMBER, other)).isEmpty()) {
                    return false;
                }
                String swapped = id.substring(0, at) + id.charAt(at + 1) + id.charAt(at) + id.substring(at + 2);
                if (!swapped.equals(id)
                        && clause(check(Method.ID_NUMBER, swapped)).isEmpty()) {
                    return false;
                }
            }
            return clause(check(Method.ID_NUMBER, id)).isEmpty()
                    && clause(check(Method.ID_NUMBER, id.toLowerCase(java.util.Locale.ROOT)))
                            .isEmpty();
        });
    }

    @Test
    void fifteenDigitsAreNotTakenAnyMore() {
        assertThat(clause(check(Method.ID_NUMBER, "110105491231002"))).isEqualTo("GB 11643");
    }

    @Test
    void theNationalServiceNeverTakesANumber() {
        assertThat(IdentityNumber.of(Method.NATIONAL_ID_SERVICE, MadeUp.document("11010519491231002")))
                .isEmpty();
    }

    @Test
    void noNumberIsEverWrittenOut() {
        Seeded.strings(200, MadeUp::document, id -> {
            IdentityNumber number = IdentityNumber.of(Method.ID_NUMBER, id).orElseThrow();
            Attempt attempt = new Attempt("attested", Method.ID_NUMBER, "ref", Optional.empty(), Optional.of(id));
            return !number.toString().contains(id.substring(4, 14))
                    && !number.masked().contains(id.substring(1, 17))
                    && !attempt.toString().contains(id)
                    && !Precheck.of(number, TODAY).toString().contains(id);
        });
    }

    @Test
    void textWithANumberInItIsFoundAndOtherTextIsNot() {
        String id = MadeUp.document("44030020000229123");
        String spaced = id.substring(0, 6) + " " + id.substring(6, 14) + "-" + id.substring(14);
        for (String text : new String[] {
            id,
            "号码" + id + "。",
            "id=" + id,
            spaced,
            id.toLowerCase(java.util.Locale.ROOT),
            wide(id),
            "tel 13800138000",
            "+86 138 0013 8000",
            "１３８００１３８０００"
        }) {
            assertThat(Plaintext.in(text)).as(text).isTrue();
        }
        for (String text : new String[] {
            "",
            "acct-20261123-000123",
            "01KAQ5ZC3N8B6T2W9X4Y7V1M0P",
            "440300200002291234",
            "138001380001",
            "2026-11-23T08:00:00Z",
            "moonlit-teapot 12800138000"
        }) {
            assertThat(Plaintext.in(text)).as(text).isFalse();
        }
    }

    private static String wide(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> out.append((char) (c - '!' + '！')));
        return out.toString();
    }

    @Test
    void foldingNeverLosesWhatItShouldSee() {
        Seeded.strings(200, MadeUp::document, id -> Plaintext.in("x " + id + " y") && Plaintext.in(wide(id)));
    }
}
