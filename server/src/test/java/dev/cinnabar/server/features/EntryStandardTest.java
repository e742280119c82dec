package dev.cinnabar.server.features;

import static dev.cinnabar.server.features.TestFeatures.ADM;
import static dev.cinnabar.server.features.TestFeatures.REV;
import static dev.cinnabar.server.features.TestFeatures.SEN;
import static dev.cinnabar.server.features.TestFeatures.done;
import static dev.cinnabar.server.features.TestFeatures.proposal;
import static dev.cinnabar.server.features.TestFeatures.refused;
import static dev.cinnabar.server.features.TestFeatures.versionOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.review.Action;
import dev.cinnabar.server.TestDatabase;
import dev.cinnabar.server.law.Article;
import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Refused;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is taken into the library, and what is refused with the point of the entry standard that it misses. */
@Article("10")
class EntryStandardTest {
    private static final TestDatabase DB = TestDatabase.open();

    private final TestFeatures desk = new TestFeatures(DB);

    @AfterAll
    static void close() {
        DB.close();
    }

    static Stream<Arguments> belowStandard() {
        Instant soon = Instant.parse("2026-12-23T04:00:00Z");
        return Stream.of(
                Arguments.of(proposal("纸鸢", Action.BLOCK, "", "p", "o", soon), "evidence"),
                Arguments.of(proposal("纸鸢", Action.BLOCK, "e", "", "o", soon), "where it comes from"),
                Arguments.of(proposal("纸鸢", Action.BLOCK, "e", "p", " ", soon), "owner"),
                Arguments.of(
                        proposal("纸鸢", Action.BLOCK, "e", "p", "o", Instant.parse("2026-11-22T00:00:00Z")),
                        "looked at again"),
                Arguments.of(
                        proposal("纸鸢", Action.BLOCK, "e", "p", "o", Instant.parse("2028-11-22T00:00:00Z")),
                        "looked at again"),
                Arguments.of(proposal("鸢", Action.BLOCK), "two characters"),
                Arguments.of(proposal("x9", Action.BLOCK), "three letters"),
                Arguments.of(proposal("消毒", Action.BLOCK), "ordinary sentences"),
                Arguments.of(proposal("please", Action.HOLD), "ordinary sentences"),
                Arguments.of(proposal("…… !!", Action.BLOCK), "taken into the library"));
    }

    @ParameterizedTest
    @MethodSource("belowStandard")
    void whatIsBelowTheEntryStandardIsNotApproved(Proposal proposal, String about) {
        Entry entry = done(desk.features.propose(REV, proposal, "try"));
        Refused refused = refused(desk.features.take(SEN, entry.id(), 1, "review", "looks fine"));
        assertThat(refused.article()).isEqualTo("10(2)");
        assertThat(refused.code()).isEqualTo(Code.INVALID_REQUEST);
        assertThat(refused.reason().en()).contains(about).contains("entry-standard-1");
        assertThat(refused.reason().zh()).contains("入库标准");
        assertThat(refused.remedy().en()).contains("Reject");
        Features.Version version =
                desk.features.file(SEN, entry.id()).orElseThrow().versions().getFirst();
        assertThat(version.standard()).anyMatch(line -> !line.holds());
        assertThat(version.entry().state()).isEqualTo(Entry.State.CANDIDATE);
        desk.step(SEN, entry, "reject");
    }

    @Test
    void aTwinIsNotApproved() {
        desk.inForce("纸鸢暗号丙", Action.HOLD);
        Entry twin = done(desk.features.propose(REV, proposal("纸鸢暗号丙", Action.BLOCK), "again"));
        assertThat(refused(desk.features.take(SEN, twin.id(), 1, "review", "hm"))
                        .reason()
                        .en())
                .contains("no other live or waiting feature");
        desk.step(SEN, twin, "reject");
    }

    static Stream<Arguments> badForm() {
        return Stream.of(
                Arguments.of(proposal("", Action.BLOCK), "keyword"),
                Arguments.of(proposal(" \t", Action.BLOCK), "keyword"),
                Arguments.of(proposal("a\0b", Action.BLOCK), "keyword"),
                Arguments.of(proposal("x".repeat(257), Action.BLOCK), "keyword"),
                Arguments.of(proposal("half \ud83d a pair", Action.BLOCK), "keyword"),
                Arguments.of(proposal("纸鸢", Action.BLOCK, "e".repeat(4_001), "p", "o", Instant.MAX), "too long"),
                Arguments.of(withId("a b"), "id"),
                Arguments.of(withId("x~shadow"), "id"),
                Arguments.of(withId(""), "id"),
                Arguments.of(withId("a/1"), "id"));
    }

    @ParameterizedTest
    @MethodSource("badForm")
    void whatHasNoFormIsNotEvenWrittenDown(Proposal proposal, String about) {
        Refused refused = refused(desk.features.propose(REV, proposal, "try"));
        assertThat(refused.code()).isEqualTo(Code.INVALID_REQUEST);
        assertThat(refused.article()).isEqualTo("10(2)");
        assertThat(refused.reason().en()).contains(about);
        assertThat(refused.remedy().zh()).isNotBlank();
    }

    @Test
    void proposingNeedsARoleAndAReason() {
        assertThat(refused(desk.features.propose(ADM, proposal("纸鸢", Action.BLOCK), "x"))
                        .code())
                .isEqualTo(Code.SCOPE_MISSING);
        assertThat(refused(desk.features.propose(REV, proposal("纸鸢", Action.BLOCK), " "))
                        .reason()
                        .en())
                .contains("needs a reason");
        assertThat(refused(desk.features.take(SEN, "nothing", 1, "review", "x")).code())
                .isEqualTo(Code.NOT_FOUND);
        assertThat(refused(desk.features.renew(SEN, "nothing", 1, desk.now, "x"))
                        .code())
                .isEqualTo(Code.NOT_FOUND);
        assertThat(desk.features.file(SEN, "nothing")).isEmpty();
    }

    private static Proposal withId(String id) {
        return versionOf(id, "纸鸢暗号", Action.BLOCK);
    }
}
