package dev.cinnabar.server.conduct;

import dev.cinnabar.server.cases.Machine;
import dev.cinnabar.server.cases.Sheet;
import dev.cinnabar.server.cases.Term;
import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Words;
import dev.cinnabar.server.people.Plaintext;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The rules of measures: their states, who needs a second person, which terms run, and what a user is told. */
final class ConductRules {
    static final Machine<Measure.State> MACHINE =
            Machine.of("measure", Measure.State.class, Sheet.of(ConductRules.class, "measure.txt"));

    private static final Sheet TERMS = Sheet.of(ConductRules.class, "terms.txt");
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.of("Asia/Shanghai"));
    private static final int LONGEST = 2_000;

    private ConductRules() {}

    static Instant after(String term, Instant start) {
        return Term.in(TERMS, term).orElseThrow().from(start).at();
    }

    /** Whether one person may decide it: a warning, a limit, a short suspension. */
    static boolean alone(Sanction sanction, Instant now) {
        return switch (sanction) {
            case Sanction.Warn() -> true;
            case Sanction.Limit limit -> true;
            case Sanction.Suspend suspend -> !suspend.until().isAfter(after("suspend.alone", now));
            case Sanction.Close() -> false;
        };
    }

    /** What is wrong with the form of a measure. */
    static Optional<Refused> wrong(Sanction sanction, Reasons reasons, Instant now) {
        if (sanction.end().filter(end -> !end.isAfter(now)).isPresent()) {
            return no("措施的截止时间须晚于现在。", "A measure must end later than now.", "请改截止时间。", "Choose a later end.");
        }
        if (sanction instanceof Sanction.Limit(String function, var until) && function.isBlank()) {
            return no("限制功能须指明哪一项功能。", "A limit must name the function.", "请选择功能。", "Choose a function.");
        }
        if (Plaintext.in(reasons.facts()) || Plaintext.in(reasons.clause()) || Plaintext.in(reasons.category())) {
            return Optional.of(plaintext());
        }
        if (reasons.clause().isBlank()
                || reasons.facts().isBlank()
                || reasons.facts().length() > LONGEST
                || reasons.clause().length() > LONGEST) {
            return no(
                    "措施须写明依据的条款与事实，各不超过 2000 字。",
                    "A measure names the clause it stands on and the facts, each at most 2,000 characters.",
                    "请补写。",
                    "Add what is missing.");
        }
        return Optional.empty();
    }

    static Refused plaintext() {
        return no(
                        "文字中含有身份证件号码或手机号码，这里不保存明文号码。",
                        "The text holds an identity or mobile number; no plaintext number is ever stored.",
                        "请删去或遮盖号码后重新提交。",
                        "Take the number out or mask it, and send it again.")
                .orElseThrow();
    }

    private static Optional<Refused> no(String zh, String en, String zhRemedy, String enRemedy) {
        return Optional.of(Refused.of(Code.INVALID_REQUEST, "10(3)", zh, en, new Words(zhRemedy, enRemedy)));
    }

    static Refused noUser(String userId) {
        return no("没有编号为 " + userId + " 的用户。", "There is no user " + userId + ".", "请核对编号。", "Check the id.")
                .orElseThrow();
    }

    static Refused noMeasure(String id) {
        return no("没有编号为 " + id + " 的措施。", "There is no measure " + id + ".", "请核对编号。", "Check the id.")
                .orElseThrow();
    }

    static Refused tooLate(Instant end) {
        return no(
                        "申诉期限已于 " + DAY.format(end) + " 届满。",
                        "The time to appeal ended on " + DAY.format(end) + ".",
                        "仍可向主管部门投诉（12377）。",
                        "A complaint to the authorities (12377) is still possible.")
                .orElseThrow();
    }

    /** What the user is told. */
    static Words notice(Sanction sanction, Reasons reasons, Instant now) {
        String appeal = DAY.format(after("appeal.window", now));
        String zhEnd = sanction.end().map(end -> "，至 " + DAY.format(end)).orElse("");
        String enEnd = sanction.end().map(end -> " until " + DAY.format(end)).orElse("");
        return new Words(
                what(sanction).zh() + zhEnd + "。依据：" + reasons.clause() + "。事实：" + reasons.facts()
                        + "。您仍可查看、导出、删除自己的数据，并可投诉。如不同意，可在 " + appeal + "（北京时间）前申诉，由另一人处理；也可向 12377 举报。",
                what(sanction).en() + enEnd + ". It stands on: " + reasons.clause() + ". Facts: " + reasons.facts()
                        + ". You may still read, export and delete your data and complain. If you disagree, appeal before "
                        + appeal
                        + " (Beijing time); somebody else decides. You may also turn to 12377.");
    }

    private static Words what(Sanction sanction) {
        return switch (sanction) {
            case Sanction.Warn() -> new Words("警示", "A warning");
            case Sanction.Limit limit ->
                new Words("限制功能 " + limit.function(), "The function " + limit.function() + " is limited");
            case Sanction.Suspend suspend -> new Words("暂停服务", "The service is suspended");
            case Sanction.Close() -> new Words("关闭账号", "The account is closed");
        };
    }
}
