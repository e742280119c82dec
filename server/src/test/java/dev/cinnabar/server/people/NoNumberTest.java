package dev.cinnabar.server.people;

import static dev.cinnabar.server.people.TestPeople.APP;
import static dev.cinnabar.server.people.TestPeople.CALLER;
import static dev.cinnabar.server.people.TestPeople.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.testkit.Seeded;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** Sends numbers through every entrance, then reads every column of every table for them. */
@Article("9")
class NoNumberTest {
    @Test
    void noTableHoldsANumberInAnyForm() throws Exception {
        try (TestDatabase db = TestDatabase.open()) {
            MovedClock clock = new MovedClock(TestPeople.START);
            People people = TestPeople.on(db, clock);
            List<String> numbers = send(people);
            List<String> found = new ArrayList<>();
            int columns = db.database().inTransaction(handle -> look(handle, numbers, found));
            assertThat(columns).isGreaterThan(60);
            assertThat(found).isEmpty();
            // The search itself finds what is there.
            List<String> masked = new ArrayList<>();
            db.database().<Integer, RuntimeException>inTransaction(handle -> look(handle, List.of("138****"), masked));
            assertThat(masked).isNotEmpty();
        }
    }

    private static List<String> send(People people) throws Exception {
        List<String> numbers = new ArrayList<>(List.of("13800138002", "91110102MACQD9K640", "13800138003"));
        for (int i = 0; i < 4; i++) {
            numbers.add(MadeUp.document(Seeded.random(Seeded.base() + i)));
        }
        done(people.register(APP, "u", User.Kind.PERSON, Optional.empty(), CALLER));
        done(people.register(APP, "o", User.Kind.ORGANISATION, Optional.empty(), CALLER));
        attempt(people, "u", "attested", Method.MOBILE, "e1", numbers.get(0));
        attempt(people, "o", "attested", Method.USCC, "e2", numbers.get(1));
        attempt(people, "u", "test", Method.MOBILE, "later", numbers.get(2));
        attempt(people, "u", "test", Method.ID_NUMBER, "fail", numbers.get(3));
        attempt(people, "u", "test", Method.ID_NUMBER, "down", numbers.get(4));
        attempt(people, "u", "attested", Method.ID_NUMBER, "evidence " + numbers.get(4), numbers.get(4));
        attempt(people, "u", "attested", Method.NATIONAL_ID_SERVICE, "e", numbers.get(4));
        attempt(people, "u", numbers.get(5), Method.ID_NUMBER, "e", numbers.get(5));
        people.register(APP, numbers.get(5), User.Kind.PERSON, Optional.empty(), CALLER);
        people.revocations()
                .propose(people.find(APP, "u").orElseThrow().id(), TestPeople.SENIOR, "number " + numbers.get(5));
        people.agreements().accept(APP, "u", Document.Kind.AGREEMENT, 1, "x", TestPeople.START, numbers.get(0));
        String csv = "id,method,evidence,at,number\nrow,ID_NUMBER,e,2026-11-20T08:00:00Z," + numbers.get(6) + "\n"
                + numbers.get(6) + ",ID_NUMBER," + numbers.get(6) + ",2026-11-20T08:00:00Z," + numbers.get(6);
        people.attestations()
                .run(
                        APP,
                        AttestationImport.Format.CSV,
                        new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
                        CALLER,
                        (row, result) -> numbers.forEach(
                                number -> assertThat(result.toString()).doesNotContain(number)));
        return numbers;
    }

    private static void attempt(
            People people, String id, String verifier, Method method, String evidence, String number) {
        Object outcome = people.identities()
                .verify(
                        APP,
                        id,
                        new Attempt(verifier, method, evidence, Optional.of(TestPeople.START), Optional.of(number)),
                        CALLER);
        assertThat(outcome.toString()).doesNotContain(number);
    }

    private static int look(Handle handle, List<String> needles, List<String> found) {
        record Column(String table, String name) {}
        List<Column> columns = handle.createQuery(
                        "select table_name, column_name from information_schema.columns where table_schema = 'public'")
                .map((row, context) -> new Column(row.getString(1), row.getString(2)))
                .list();
        for (Column column : columns) {
            Set<String> values = handle.createQuery("select \"" + column.name() + "\"::text from \"" + column.table()
                            + "\" where \"" + column.name() + "\" is not null")
                    .mapTo(String.class)
                    .set();
            for (String needle : needles) {
                String hex = HexFormat.of().formatHex(needle.getBytes(StandardCharsets.UTF_8));
                values.stream()
                        .filter(value -> value.contains(needle) || value.contains(hex))
                        .forEach(value -> found.add(column + ": " + value));
            }
        }
        return columns.size();
    }
}
