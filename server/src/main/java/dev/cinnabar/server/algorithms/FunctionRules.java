package dev.cinnabar.server.algorithms;

import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Words;
import java.util.Optional;

/** What is said when a function cannot be switched. */
final class FunctionRules {
    /** Why some functions are on in a fresh data folder. */
    static final Words FIRST = new Words(
            "内部默认值：新数据目录开启基本功能；评估与备案的登记簿尚未建立。",
            "A default of ours: the basic functions are on in a fresh data folder; the registers of assessments and filings do not exist yet.");

    private static final int LONGEST_REASON = 2_000;

    private FunctionRules() {}

    static Optional<Refused> may(Function function, boolean wanted, boolean now, String reason) {
        if (wanted && function.trait().biometric()) {
            return Optional.of(Refused.of(
                    Code.NOT_ASSESSED,
                    "15(1)",
                    "“" + function.name().zh() + "”生成或编辑人脸、人声等生物识别信息，须有安全评估（第十五条）和被编辑个人的单独同意（第十四条），目前尚无登记簿可以证明。",
                    function.name().en()
                            + " makes or edits faces or voices: it needs a security assessment (Art. 15) and the consent of the edited person (Art. 14), and no register can prove either yet.",
                    new Words("建立登记簿之前，此功能保持关闭。", "It stays off until the registers exist.")));
        }
        if (wanted == now) {
            return Optional.of(Refused.of(
                    Code.INVALID_REQUEST,
                    "15",
                    "“" + function.name().zh() + "”已经" + (now ? "开启" : "关闭") + "。",
                    function.name().en() + " is already " + (now ? "on" : "off") + ".",
                    new Words("无须操作；请刷新页面。", "There is nothing to do; load the page again.")));
        }
        return reason.length() <= LONGEST_REASON
                ? Optional.empty()
                : Optional.of(Refused.of(
                        Code.INVALID_REQUEST,
                        "15",
                        "理由过长。",
                        "The reason is too long.",
                        new Words("最多 " + LONGEST_REASON + " 个字符。", "At most " + LONGEST_REASON + " characters.")));
    }

    static Refused unlisted(String function) {
        return Refused.of(
                Code.NOT_FOUND,
                "23",
                "功能表中没有“" + function + "”。",
                "The table of functions has no " + function + ".",
                new Words("未列入的功能保持关闭；请从功能表中选择。", "What is not listed stays off; choose one of the table."));
    }

    static Refused alreadyOpen(String function) {
        return Refused.of(
                Code.INVALID_REQUEST,
                "15",
                "“" + function + "”已有一项待确认的申请。",
                "A request for " + function + " already waits for a second person.",
                new Words("请先处理该申请。", "Answer that one first."));
    }

    static Refused noRequest(String id) {
        return Refused.of(
                Code.NOT_FOUND,
                "15",
                "没有编号为 " + id + " 的申请。",
                "There is no request with the id " + id + ".",
                new Words("请核对编号。", "Check the id."));
    }
}
