package dev.cinnabar.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cinnabar.testkit.Seeded;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class FeatureCsvTest {
    private static final String HEADER = "pattern,kind,risk,severity,action,folds\n";

    @Test
    void readsWhatTheInterfaceSays() {
        FeatureCsv.Parsed parsed = FeatureCsv.parse(new StringReader("\ufeffpattern,kind,risk,severity,action,folds\r\n"
                + "\u82f9\u679c\u6d3e\u5bf9,keyword,A.1.f,high,block,default\r\n"
                + "\"tea, \"\"hot\"\"\",KEYWORD,A.2.i,Low,note,case+zero-width\r\n\r\n"
                + "walnut,keyword,A.5.b,medium,hold,none"));
        assertThat(parsed.errors()).isEmpty();
        assertThat(parsed.features())
                .extracting(Feature::pattern)
                .containsExactly("\u82f9\u679c\u6d3e\u5bf9", "tea, \"hot\"", "walnut");
        assertThat(parsed.features())
                .extracting(Feature::action)
                .containsExactly(Action.BLOCK, Action.NOTE, Action.HOLD);
        assertThat(parsed.features().get(1).folds()).isEqualTo(Samples.folds("case+zero-width"));
        assertThat(parsed.features())
                .extracting(Feature::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.startsWith("csv-"));
    }

    @Test
    void everyBadRowIsToldAndTheGoodOnesKept() {
        FeatureCsv.Parsed parsed = FeatureCsv.parse(HEADER
                + "good one,keyword,A.1.a,low,note,default\n"
                + "x1,keywords,A.1.z,lowest,refuse,case+wide\n"
                + "\"two\nlines\",keyword,A.1.a,low,note,default\n"
                + ",keyword,A.1.a,low,note,default\n"
                + "a,b,c\n"
                + "...,keyword,A.1.a,low,note,default\n"
                + "a.*b,regex,A.1.a,low,note,default\n"
                + "good one,keyword,A.1.a,low,block,default\n"
                + "\"open,keyword,A.1.a,low,note,default\n");
        assertThat(parsed.features()).extracting(Feature::pattern).containsExactly("good one", "two\nlines");
        assertThat(parsed.errors())
                .extracting(error -> error.line() + " " + error.column())
                .containsExactly(
                        "3 kind",
                        "3 risk",
                        "3 severity",
                        "3 action",
                        "3 folds",
                        "6 pattern",
                        "7 ",
                        "8 pattern",
                        "9 pattern",
                        "10 ",
                        "11 ");
        assertThat(parsed.errors()).allSatisfy(error -> {
            assertThat(error.reason()).isNotBlank();
            assertThat(error.remedy()).isNotBlank();
            assertThat(error.toString()).startsWith("line " + error.line());
        });
        assertThat(parsed.errors().get(9).reason()).contains("line 2");
    }

    @Test
    void aBadHeaderIsNamed() {
        assertThat(FeatureCsv.parse("").errors()).hasSize(1);
        assertThat(FeatureCsv.parse("pattern,risk\nx,A.1.a\n").errors())
                .extracting(FeatureCsv.RowError::column)
                .containsExactly("kind", "severity", "action", "folds");
        assertThat(FeatureCsv.parse("pattern,kind,risk,severity,action,folds,colour,kind\n")
                        .errors())
                .extracting(FeatureCsv.RowError::column)
                .containsExactly("kind", "colour", "kind");
    }

    @Test
    void theSameRowHasTheSameIdInEveryFile() {
        String row = "walnut,keyword,A.5.b,medium,hold,none\n";
        Feature one = FeatureCsv.parse(HEADER + row).features().getFirst();
        Feature two = FeatureCsv.parse(HEADER + "tea,keyword,A.5.b,medium,hold,none\n" + row.replace("hold", "note"))
                .features()
                .getLast();
        assertThat(two.id()).isEqualTo(one.id());
        assertThat(two.action()).isNotEqualTo(one.action());
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Seeded.strings(
                500,
                random -> {
                    StringBuilder text = new StringBuilder("ab");
                    for (int i = random.nextInt(8); i >= 0; i--) {
                        text.append(pick(random));
                    }
                    return text.toString();
                },
                pattern -> {
                    if (pattern.isBlank()) {
                        return true;
                    }
                    List<Feature> features = new ArrayList<>();
                    features.add(new Feature(
                            "i,d \"1\"",
                            3,
                            pattern,
                            new Risk("A.3.e"),
                            Severity.HIGH,
                            Action.HOLD,
                            Samples.folds("leet+case")));
                    features.add(
                            new Feature("2", 1, "plain", new Risk("A.3.e"), Severity.LOW, Action.NOTE, Folds.NONE));
                    features.removeIf(feature -> Library.objection(feature).isPresent());
                    FeatureCsv.Parsed parsed = FeatureCsv.parse(FeatureCsv.write(features));
                    assertThat(parsed.errors()).isEmpty();
                    assertThat(parsed.features()).isEqualTo(features);
                    return true;
                });
    }

    private static String pick(RandomGenerator random) {
        String[] some = {"x", "\u7532", ",", " ", "\"", "\n", "\r", "\r\n", ";", "\t", "=", "\ud83d\ude00", "\ufeff"};
        return some[random.nextInt(some.length)];
    }

    @Test
    void ofRubbishOnlyWhatCompilesIsTaken() {
        Seeded.strings(
                2_000,
                random -> {
                    StringBuilder text = new StringBuilder(random.nextBoolean() ? HEADER : "");
                    String[] some = {
                        "\"", ",", "\n", "\r", "keyword", "A.1.a", "low", "note", "default", "x", "\ud800", "regex",
                        "\"\""
                    };
                    for (int i = random.nextInt(60); i >= 0; i--) {
                        text.append(some[random.nextInt(some.length)]);
                    }
                    return text.toString();
                },
                text -> Library.compile("1", FeatureCsv.parse(text).features()).size()
                        == FeatureCsv.parse(text).features().size());
    }

    @Test
    void theStarterIsGoodAndVaried() {
        List<Feature> features = Starter.features();
        assertThat(FeatureCsv.parse(Resource.text("starter.csv")).errors()).isEmpty();
        assertThat(features).extracting(Feature::action).contains(Action.NOTE, Action.HOLD, Action.BLOCK);
        assertThat(features.stream().map(Feature::risk).distinct().count()).isGreaterThan(5);
        Library library = Starter.library();
        assertThat(library.size()).isEqualTo(features.size());
        for (Feature feature : features) {
            assertThat(library.review(feature.pattern()).hits())
                    .extracting(Hit::feature)
                    .contains(feature);
        }
    }
}
