package dev.cinnabar.server.features;

import dev.cinnabar.review.Feature;
import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Words;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a proposal must be to be written down at all, and what is said when something about a feature cannot be done. */
final class FeatureRules {
    static final String ARTICLE = "10(2)";
    static final int LONGEST_PAPER = 4_000;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private FeatureRules() {}

    /** The form only; whether it is good enough to enter is for the entry standard. */
    static Optional<Refused> form(Proposal proposal) {
        if (proposal.id().filter(id -> !ID.matcher(id).matches()).isPresent()) {
            return bad(
                    new Words("特征编号不合格。", "The feature's id will not do."),
                    new Words(
                            "请用 1 至 64 个字母、数字、点、下划线或连字符，以字母或数字开头。",
                            "Use 1 to 64 letters, digits, dots, underscores or hyphens, beginning with a letter or digit."));
        }
        String pattern = proposal.pattern();
        if (pattern.isBlank() || pattern.length() > Feature.LONGEST || unfit(pattern)) {
            return bad(
                    new Words(
                            "关键词为空、过长或含有无法保存的字符。",
                            "The keyword is empty, too long or holds characters that cannot be kept."),
                    new Words("请用 1 至 " + Feature.LONGEST + " 个字符。", "Use 1 to " + Feature.LONGEST + " characters."));
        }
        for (String paper : List.of(proposal.evidence(), proposal.provenance(), proposal.owner())) {
            if (paper.length() > LONGEST_PAPER || unfit(paper)) {
                return bad(
                        new Words(
                                "证据、来源或负责人的文字过长或含有空字符。",
                                "Evidence, provenance or owner is too long or holds a null character."),
                        new Words(
                                "最多 " + LONGEST_PAPER + " 个字符；较长的内容请存为文件并写明文件名。",
                                "At most " + LONGEST_PAPER + " characters; keep longer ones as a file and name it."));
            }
        }
        return Optional.empty();
    }

    /** A null character or half a surrogate pair, which no database keeps. */
    private static boolean unfit(String text) {
        return text.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }

    static Refused belowStandard(Entry entry, EntryStandard.Report report) {
        List<EntryStandard.Line> missing = report.missing();
        return Refused.of(
                Code.INVALID_REQUEST,
                ARTICLE,
                "“" + entry.id() + "”第 " + entry.version() + " 版不符合入库标准（" + report.version() + "）："
                        + missing.stream()
                                .map(line -> line.asked().zh() + "（" + line.found() + "）")
                                .collect(Collectors.joining("；"))
                        + "。",
                entry.id() + " version " + entry.version() + " does not hold the entry standard ("
                        + report.version() + "), which asks that a feature "
                        + missing.stream()
                                .map(line -> line.asked().en() + " (found: " + line.found() + ")")
                                .collect(Collectors.joining("; "))
                        + ".",
                new Words("请驳回此版，补正后重新提出。", "Reject this version and propose it again with what is missing."));
    }

    static Refused notFound(String id, int version) {
        return Refused.of(
                Code.NOT_FOUND,
                ARTICLE,
                "没有特征“" + id + "”的第 " + version + " 版。",
                "There is no version " + version + " of a feature " + id + ".",
                new Words("请核对编号和版本。", "Check the id and the version."));
    }

    static Refused stillOpen(String id) {
        return no(
                new Words("特征“" + id + "”已有一版尚未了结。", "A version of " + id + " is still on its way."),
                new Words("请先启用、驳回或停用该版。", "Put it in force, reject or retire it first."));
    }

    static Refused unchanged(String id) {
        return no(
                new Words("与“" + id + "”的现行版本相同。", "It is the same as the version of " + id + " in force."),
                new Words("请修改内容，或对现行版本续期。", "Change something, or renew the version in force."));
    }

    static Refused twin(String id) {
        return no(
                new Words("与特征“" + id + "”相同。", "It looks for the same as " + id + "."),
                new Words("无须再次提出。", "There is no need to propose it again."));
    }

    static Refused raced(String caseId) {
        return no(
                new Words(
                        "刚刚已有他人处理了“" + caseId + "”，整批未作改动。",
                        "Somebody else acted on " + caseId + " at the same moment; nothing of the batch was changed."),
                new Words("请刷新页面后再试。", "Load the page again and try once more."));
    }

    static Refused noSuchStep(String step) {
        return no(
                new Words("此处不能执行“" + step + "”。", "The step " + step + " cannot be made here."),
                new Words("请从页面列出的步骤中选择。", "Choose one of the steps that the page lists."));
    }

    static Refused badDate(String longest) {
        return no(
                new Words("复核日期不在允许范围内。", "The review date is out of range."),
                new Words("须在将来，且距今不超过 " + longest + "。", "It lies in the future, at most " + longest + " from now."));
    }

    static Refused tooMany(int most) {
        return no(
                new Words("文件中的特征过多。", "The file has too many features."),
                new Words("每个文件最多 " + most + " 条，请分成几个文件。", "At most " + most + " in one file; cut it in several."));
    }

    static Refused nothingToDo(String batch) {
        return no(
                new Words(
                        "批次“" + batch + "”中没有可执行此步骤的特征。", "No feature of the batch " + batch + " can make this step."),
                new Words("请刷新页面查看各条状态。", "Load the page again and see where each stands."));
    }

    private static Optional<Refused> bad(Words reason, Words remedy) {
        return Optional.of(no(reason, remedy));
    }

    private static Refused no(Words reason, Words remedy) {
        return new Refused(Code.INVALID_REQUEST, ARTICLE, reason, remedy);
    }
}
