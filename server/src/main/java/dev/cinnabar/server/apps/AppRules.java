package dev.cinnabar.server.apps;

import dev.cinnabar.server.law.Actor;
import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an application and a key must be, and what is said when they are not. */
final class AppRules {
    /** Annex E j) of GB 45438-2025, without the quotation mark, which would need an escape. */
    private static final Pattern LABEL_VALUE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,1024}");

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_EVIDENCE = 2_000;

    private AppRules() {}

    static Optional<Refused> actor(Actor actor) {
        boolean may = actor.is(Apps.MANAGED_BY) || actor.id().equals(Actor.SYSTEM.id());
        return may
                ? Optional.empty()
                : Optional.of(Refused.of(
                        Code.SCOPE_MISSING,
                        "",
                        "只有管理员可以管理应用和密钥。",
                        "Only an admin manages applications and keys.",
                        new Words("请联系管理员。", "Ask an admin.")));
    }

    static Optional<Refused> draft(App.Draft draft) {
        if (draft.name().isEmpty() || draft.name().length() > LONGEST_NAME || control(draft.name())) {
            return bad(
                    "",
                    new Words("应用名称不合格。", "The application's name will not do."),
                    new Words(
                            "请用 1 至 " + LONGEST_NAME + " 个可见字符。", "Use 1 to " + LONGEST_NAME + " visible characters."));
        }
        if (draft.explicit() == Caller.Explicit.INTERFACE && draft.evidence().isEmpty()) {
            return bad(
                    "GB 45438-2025 5.6",
                    new Words(
                            "声明由应用界面持续展示显式标识，但没有证据。",
                            "The application is said to show the explicit label itself, but there is no evidence of it."),
                    new Words(
                            "请写明证据存放处（截图文件名、链接或说明），或改为由本系统在文本中添加标识。",
                            "Say where the evidence is kept (a screenshot's file name, a link, a text), or let us put the label in the text."));
        }
        if (draft.evidence().length() > LONGEST_EVIDENCE || unfit(draft.evidence())) {
            return bad(
                    "",
                    new Words(
                            "证据说明过长或含有无法保存的字符。",
                            "The text of the evidence is too long or holds characters that cannot be kept."),
                    new Words(
                            "最多 " + LONGEST_EVIDENCE + " 个字符；较长的内容请存为文件并写文件名。",
                            "At most " + LONGEST_EVIDENCE + " characters; keep longer ones as a file and name it."));
        }
        if (draft.boundUser()
                .filter(user -> user.length() > 256 || control(user))
                .isPresent()) {
            return bad(
                    "9",
                    new Words("绑定的用户标识不合格。", "The name of the bound user will not do."),
                    new Words(
                            "最多 256 个可见字符，须与登记用户时一致。", "At most 256 visible characters, as the user was registered."));
        }
        if (draft.producer()
                .filter(code -> !LABEL_VALUE.matcher(code).matches())
                .isPresent()) {
            return bad(
                    "GB 45438-2025 Annex E j)",
                    new Words(
                            "ContentProducer 含有标准不允许的字符。",
                            "The ContentProducer holds characters that the standard does not allow."),
                    new Words(
                            "请用服务提供者编码（27 位数字和大写字母），或不含空格、引号、反斜杠和汉字的名称。",
                            "Use the provider's code (27 digits and capital letters), or a name without blanks, quotation marks, backslashes or Chinese characters."));
        }
        return Optional.empty();
    }

    static Optional<Refused> grant(Key.Grant grant, Instant now) {
        if (grant.scopes().isEmpty()) {
            return bad(
                    "",
                    new Words("密钥没有任何权限范围。", "The key has no scope."),
                    new Words("请至少选择一个范围。", "Choose one scope or more."));
        }
        boolean minute = grant.perMinute().isPresent() && grant.perMinute().getAsInt() < 1;
        boolean day = grant.perDay().isPresent() && grant.perDay().getAsLong() < 1;
        if (minute || day) {
            return bad(
                    "",
                    new Words("限额须为正整数。", "A limit is a whole number from 1."),
                    new Words("不需要限额时请留空。", "Leave it empty for no limit."));
        }
        if (grant.expires().filter(end -> !end.isAfter(now)).isPresent()) {
            return bad(
                    "",
                    new Words("到期时间已过。", "The expiry is in the past."),
                    new Words("请选择将来的时间，或留空。", "Choose a moment in the future, or none."));
        }
        return Optional.empty();
    }

    static Optional<Refused> overlap(Duration overlap, Instant now) {
        boolean fits = !overlap.isNegative()
                && !now.plus(overlap).isAfter(Apps.OVERLAP.from(now).at());
        return fits
                ? Optional.empty()
                : bad(
                        "",
                        new Words("并行期超出允许范围。", "The overlap is out of range."),
                        new Words(
                                "可取 0 至 " + Apps.OVERLAP.length() + "。",
                                "It may be zero to " + Apps.OVERLAP.length() + "."));
    }

    static Optional<Refused> reason(String reason) {
        return !reason.isBlank() && reason.length() <= 500 && !unfit(reason)
                ? Optional.empty()
                : bad(
                        "",
                        new Words("须说明理由。", "A reason is needed."),
                        new Words("请填写 1 至 500 个字符。", "Write 1 to 500 characters."));
    }

    static Refused nameTaken(String name) {
        return no(
                Code.INVALID_REQUEST,
                new Words("已有名为“" + name + "”的应用。", "There is already an application called " + name + "."),
                new Words("请换一个名称。", "Choose another name."));
    }

    static Refused noApp(String id) {
        return no(
                Code.NOT_FOUND,
                new Words("没有编号为 " + id + " 的应用。", "There is no application with the id " + id + "."),
                new Words("请核对编号。", "Check the id."));
    }

    static Refused noKey(String id) {
        return no(
                Code.NOT_FOUND,
                new Words("没有编号为 " + id + " 的密钥。", "There is no key with the id " + id + "."),
                new Words("请核对编号。", "Check the id."));
    }

    static Refused notValid(Key.State state) {
        return switch (state) {
            case REVOKED ->
                no(
                        Code.INVALID_REQUEST,
                        new Words("该密钥已被吊销。", "The key was revoked."),
                        new Words("请签发新的密钥。", "Issue a new one."));
            case EXPIRED ->
                no(
                        Code.INVALID_REQUEST,
                        new Words("该密钥已到期。", "The key has expired."),
                        new Words("请签发新的密钥。", "Issue a new one."));
            case OVERLAPPING ->
                no(
                        Code.INVALID_REQUEST,
                        new Words("该密钥已经轮换过。", "The key was rotated before."),
                        new Words("请轮换它的后继密钥。", "Rotate its successor."));
            case VALID ->
                no(
                        Code.INVALID_REQUEST,
                        new Words("该密钥仍然有效。", "The key is valid."),
                        new Words("无须操作。", "There is nothing to do."));
        };
    }

    static Refused raced() {
        return no(
                Code.INVALID_REQUEST,
                new Words("刚刚已有他人修改了此应用。", "Somebody else changed this application at the same moment."),
                new Words("请刷新页面后再修改。", "Load the page again and change it then."));
    }

    /** A null character or half a surrogate pair, which no database keeps. */
    private static boolean unfit(String text) {
        return text.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }

    private static boolean control(String text) {
        return text.codePoints()
                .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    private static Optional<Refused> bad(String article, Words reason, Words remedy) {
        return Optional.of(new Refused(Code.INVALID_REQUEST, article, reason, remedy));
    }

    private static Refused no(Code code, Words reason, Words remedy) {
        return new Refused(code, "", reason, remedy);
    }
}
