package dev.cinnabar.server.cases;

import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Words;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** What a case says when a step is not taken. */
final class Refusals {
    private Refusals() {}

    static Refused noSuchStep(String article, String kind, String name) {
        return Refused.of(
                Code.INVALID_REQUEST,
                article,
                "“" + kind + "”没有名为“" + name + "”的步骤。",
                "A " + kind + " has no step called " + name + ".",
                new Words("请从页面列出的步骤中选择。", "Choose one of the steps that the page lists."));
    }

    static Refused wrongState(String article, String kind, String name, String state, Set<String> reach) {
        return Refused.of(
                Code.INVALID_REQUEST,
                article,
                "“" + kind + "”现处于 " + state + " 状态，不能执行“" + name + "”。",
                "This " + kind + " is " + state + ", so it cannot " + name + ".",
                reach.isEmpty()
                        ? new Words("该状态为终态，请新建一项。", "This state is final; begin a new one.")
                        : new Words(
                                "请刷新页面；此状态可执行：" + String.join("、", reach) + "。",
                                "Load the page again; from here it can: " + String.join(", ", reach) + "."));
    }

    static Refused notAllowed(String article, String kind, String name, Collection<Party> by) {
        String who = joined(by.stream().map(Party::name).toList());
        return Refused.of(
                Code.SCOPE_MISSING,
                article,
                "您的角色不能对“" + kind + "”执行“" + name + "”。",
                "Your roles do not allow the step " + name + " on a " + kind + ".",
                new Words("请由以下角色之一办理：" + who + "。", "Ask somebody with one of the roles: " + who + "."));
    }

    static Refused samePerson(String article, String kind, String name, Set<String> apart) {
        String others = joined(apart);
        return Refused.of(
                Code.SCOPE_MISSING,
                article,
                "您已对此“" + kind + "”执行过“" + others + "”，不能再由您“" + name + "”。",
                "You made one of the steps " + others + " of this " + kind + ", so you may not " + name + " it.",
                new Words("任何人不得批准自己提出的事项，请由另一人办理。", "Nobody approves what they proposed: ask another person."));
    }

    static Refused noReason(String article, String kind, String name) {
        return Refused.of(
                Code.INVALID_REQUEST,
                article,
                "对“" + kind + "”执行“" + name + "”须说明理由。",
                "The step " + name + " on a " + kind + " needs a reason.",
                new Words("请填写理由后重试。", "Write the reason and send it again."));
    }

    static Refused badReason(String article, String kind, String name, int longest) {
        return Refused.of(
                Code.INVALID_REQUEST,
                article,
                "“" + kind + "”步骤“" + name + "”的理由过长或含有无法保存的字符。",
                "The reason for " + name + " on a " + kind + " is too long or holds characters that cannot be kept.",
                new Words("最多 " + longest + " 个字符。", "At most " + longest + " characters."));
    }

    static Refused noCase(String article, String kind, String id) {
        return Refused.of(
                Code.NOT_FOUND,
                article,
                "没有编号为 " + id + " 的“" + kind + "”。",
                "There is no " + kind + " with the id " + id + ".",
                new Words("请核对编号。", "Check the id."));
    }

    static Refused raced(String article, String kind, String id) {
        return Refused.of(
                Code.INVALID_REQUEST,
                article,
                "刚刚已有他人处理了此“" + kind + "”（" + id + "）。",
                "Somebody else acted on this " + kind + " (" + id + ") at the same moment.",
                new Words("请刷新页面查看结果后再决定。", "Load the page again, see what they did, then decide."));
    }

    private static String joined(Collection<String> names) {
        return String.join(", ", new TreeSet<>(names));
    }
}
