package dev.cinnabar.server.people;

import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Words;
import java.time.Instant;
import java.util.Collection;
import java.util.TreeSet;

/** What this room says when it says no. No sentence repeats what might be a number. */
final class Refusals {
    private static final Words SEND_AGAIN = new Words("请改正后重新提交。", "Correct it and send it again.");

    private Refusals() {}

    static Refused noUser() {
        return Refused.of(
                Code.NOT_FOUND,
                "9",
                "本应用没有登记过此用户。",
                "This application never registered such a user.",
                new Words("请先用 POST /users 登记。", "Register the user with POST /users first."));
    }

    static Refused badName() {
        return Refused.of(
                Code.INVALID_REQUEST,
                "7",
                "id 须为 1 至 128 个字符：字母、数字或 . _ ~ : @ + = , | -。",
                "The id needs 1 to 128 characters: letters, digits or . _ ~ : @ + = , | -.",
                SEND_AGAIN);
    }

    static Refused numberAsName() {
        return Refused.of(
                Code.INVALID_REQUEST,
                "9",
                "id 看起来是身份证件号码或手机号码，这里不保存此类号码。",
                "The id looks like an identity or mobile number; none is ever stored here.",
                new Words("请使用账号系统自己的用户编号。", "Use your account system's own id of the user."));
    }

    static Refused plaintext(String field) {
        return Refused.of(
                Code.INVALID_REQUEST,
                "9",
                "“" + field + "”中含有身份证件号码或手机号码，这里不保存明文号码。",
                "The field " + field + " holds an identity or mobile number; no plaintext number is ever stored.",
                new Words("请删去或遮盖号码后重新提交。", "Take the number out or mask it, and send it again."));
    }

    static Refused otherKind(User.Kind kind) {
        return Refused.of(
                Code.INVALID_REQUEST,
                "9",
                "此用户已登记为" + kind.label().zh() + "。",
                "This user is registered as a " + kind.label().en() + ".",
                new Words("请换用另一个 id 登记。", "Register under another id."));
    }

    static Refused minorByNumber() {
        return Refused.of(
                Code.INVALID_REQUEST,
                "9",
                "证件上的出生日期表明此用户未成年。",
                "The date in the document says that this user is a minor.",
                new Words("成年后请重新认证，年龄会随之更新。", "Authenticate the user again after coming of age; the age follows."));
    }

    static Refused noVerifier(Collection<String> known) {
        String names = String.join(", ", known);
        return Refused.of(
                Code.INVALID_REQUEST,
                "9",
                "没有此名称的核验方。",
                "There is no verifier of this name.",
                new Words("可用的核验方：" + names + "。", "Verifiers at hand: " + names + "."));
    }

    static Refused notBy(Method method, String verifier) {
        return Refused.of(
                Code.INVALID_REQUEST,
                "9",
                "核验方 " + verifier + " 不支持" + method.label().zh() + "。",
                "The verifier " + verifier + " does not serve the method " + method + ".",
                new Words("请换用其他方式。", "Use another method."));
    }

    static Refused wrongMethod(User.Kind kind) {
        return Refused.of(
                Code.INVALID_REQUEST,
                "9",
                "此方式不适用于" + kind.label().zh() + "。",
                "This method is not for a " + kind.label().en() + ".",
                kind == User.Kind.PERSON
                        ? new Words(
                                "个人请用 MOBILE、ID_NUMBER 或 NATIONAL_ID_SERVICE。",
                                "For a person use MOBILE, ID_NUMBER or NATIONAL_ID_SERVICE.")
                        : new Words("组织请用 USCC。", "For an organisation use USCC."));
    }

    static Refused neverANumber() {
        return Refused.of(
                Code.INVALID_REQUEST,
                "9",
                "使用国家网络身份认证时，不得再要求用户提供明文号码。",
                "With the national online identity service no number may be asked of the user.",
                new Words(
                        "请去掉 number 字段，只提交核验结果的编号。",
                        "Leave the number out and send only the reference of the result."));
    }

    static Refused badEvidence() {
        return Refused.of(
                Code.INVALID_REQUEST,
                "9",
                "evidence 须为 1 至 200 个可见字符。",
                "The evidence needs 1 to 200 visible characters.",
                new Words("请填写账号系统中该次核验的编号。", "Give the account system's reference of that check."));
    }

    static Refused badTime(String field) {
        return Refused.of(
                Code.INVALID_REQUEST,
                "9",
                "“" + field + "”缺失、在将来或早于 2000 年。",
                "The time " + field + " is missing, in the future, or before the year 2000.",
                new Words("请用 ISO 8601 时间，例如 2026-11-23T08:00:00Z。", "Use ISO 8601, like 2026-11-23T08:00:00Z."));
    }

    static Refused badForm(Precheck.Implausible found) {
        return Refused.of(
                Code.INVALID_REQUEST,
                found.clause(),
                "号码格式预检未通过（预检不等于认证）：" + found.reason().zh(),
                "The form of the number is wrong (a pre-check, not authentication): "
                        + found.reason().en(),
                SEND_AGAIN);
    }

    static Refused locked(Instant until) {
        return Refused.of(
                        Code.RATE_LIMITED,
                        "9",
                        "多次认证失败，已锁定至 " + until + "。",
                        "Too many failures: locked until " + until + ".",
                        new Words("请在锁定结束后重试。", "Try again after that."))
                .until(until);
    }

    static Refused olderThanRevocation() {
        return Refused.of(
                Code.INVALID_REQUEST,
                "9",
                "认证已被撤销，撤销之前的核验不再有效。",
                "The authentication was revoked; a check from before that no longer counts.",
                new Words("请重新核验用户并提交新的证据。", "Check the user anew and send the new evidence."));
    }

    static Refused usedUp() {
        return Refused.of(
                Code.INVALID_REQUEST,
                "9",
                "此证据已用过，其认证已到复核期、失效或被撤销。",
                "This evidence was used before; the authentication it gave is due for a re-check, lapsed or revoked.",
                new Words("请重新核验用户并提交新的证据。", "Check the user anew and send the new evidence."));
    }

    static Refused tooManyAccounts() {
        return Refused.of(
                Code.INVALID_REQUEST,
                "9",
                "同一号码在本应用已认证 " + IdentityRules.ACCOUNTS + " 个账号（内部默认上限）。",
                "The same number already authenticates " + IdentityRules.ACCOUNTS
                        + " accounts of this application (a default of ours).",
                new Words(
                        "请核对是否同一人；不用的账号可注销。",
                        "Check whether it is the same person; erase accounts that are not used."));
    }

    static Refused unreachable(String verifier) {
        return Refused.of(
                Code.NOT_READY,
                "9",
                "核验方 " + verifier + " 暂时无法答复；此次不计入失败。",
                "The verifier " + verifier + " cannot answer now; this does not count as a failure.",
                new Words("请稍后重试。", "Try again later."));
    }

    static Refused notAuthenticated() {
        return Refused.of(
                Code.INVALID_REQUEST,
                "9",
                "此用户没有可撤销的认证。",
                "This user has no authentication to revoke.",
                new Words("请刷新页面查看现状。", "Load the page again to see how things stand."));
    }

    static Refused revocationOpen() {
        return Refused.of(
                Code.INVALID_REQUEST,
                "9",
                "已有一项撤销提议待第二人决定。",
                "A proposal to revoke already waits for a second person.",
                new Words("请先决定该项。", "Decide that one first."));
    }

    static Refused noDocument(String kind, int version) {
        return Refused.of(
                Code.NOT_FOUND,
                "8",
                "没有" + kind + "第 " + version + " 版。",
                "There is no version " + version + " of " + kind + ".",
                new Words("GET /public/v1/agreements 列出各版。", "GET /public/v1/agreements lists the versions."));
    }

    static Refused otherHash(String hash) {
        return Refused.of(
                Code.INVALID_REQUEST,
                "8",
                "展示给用户的文本哈希与该版本不符。",
                "The hash of what was shown is not that of this version.",
                new Words("请展示原文；该版本的哈希为 " + hash + "。", "Show the text as published; its hash is " + hash + "."));
    }

    static Refused badChannel() {
        return Refused.of(
                Code.INVALID_REQUEST,
                "8",
                "channel 须为 1 至 64 个可见字符。",
                "The channel needs 1 to 64 visible characters.",
                SEND_AGAIN);
    }

    static Refused badText(String field, int longest) {
        return Refused.of(
                Code.INVALID_REQUEST,
                "8",
                "“" + field + "”须为 1 至 " + longest + " 个字符。",
                "The field " + field + " needs 1 to " + longest + " characters.",
                SEND_AGAIN);
    }

    static Refused tooSoon(Instant earliest) {
        return Refused.of(
                Code.INVALID_REQUEST,
                "8",
                "新版本须先公示，最早可于 " + earliest + " 生效。",
                "A new version is announced first; it can be in force from " + earliest + " at the earliest.",
                new Words("请选择更晚的生效时间。", "Choose a later time."));
    }

    static Refused badWord(String field, String words) {
        return Refused.of(
                Code.INVALID_REQUEST,
                "9",
                "“" + field + "”缺失或不是可用的值。",
                "The field " + field + " is missing or has no usable value.",
                new Words("可用的值：" + words + "。", "Usable values: " + words + "."));
    }

    static Refused unknownField(Collection<String> known) {
        return form(
                "含有未知的字段。",
                "There is a field that is not known.",
                "可用的字段：" + sorted(known) + "。",
                "Fields: " + sorted(known) + ".");
    }

    static Refused notText(String field) {
        return form(
                "“" + field + "”不是文本。",
                "The field " + field + " is no text.",
                "请用双引号括起该值。",
                "Write its value in double quotes.");
    }

    static Refused notJson() {
        return form("不是一个 JSON 对象。", "This is no JSON object.", "每次提交一个对象。", "Send one object.");
    }

    static Refused badHeader(Collection<String> known) {
        return form(
                "第一行不是可用的表头；未读取任何行。",
                "The first line is no usable header; no row was read.",
                "表头须含 id、method、evidence、at，可用的列：" + sorted(known) + "。",
                "It needs id, method, evidence and at; columns: " + sorted(known) + ".");
    }

    static Refused badCells(int cells) {
        return form(
                "此行不是 " + cells + " 个单元格，或引号没有闭合。",
                "This line has not " + cells + " cells, or a quote does not close.",
                "请按表头填写；含逗号的值用双引号括起。",
                "Follow the header; put a value with commas in double quotes.");
    }

    static Refused longLine(int longest) {
        return form(
                "此行超过 " + longest + " 字节。",
                "This line is longer than " + longest + " bytes.",
                "请拆成一行一条记录。",
                "Write one record a line.");
    }

    static Refused notUtf8() {
        return form(
                "此行不是 UTF-8 文本。",
                "This line is no UTF-8 text.",
                "请以 UTF-8 保存后重新提交。",
                "Save it as UTF-8 and send it again.");
    }

    static Refused missing(String field) {
        return form(
                "缺少“" + field + "”。",
                "The field " + field + " is missing.",
                "请填写后重新提交。",
                "Fill it in and send it again.");
    }

    static Refused noKey() {
        return Refused.of(
                Code.INVALID_KEY,
                "",
                "密钥缺失、无效、已过期或已撤销。",
                "The key is missing, invalid, expired or revoked.",
                new Words("请在 Authorization: Bearer 中使用有效的密钥。", "Send a valid key as Authorization: Bearer."));
    }

    static Refused noScope() {
        return Refused.of(
                Code.SCOPE_MISSING,
                "",
                "此密钥没有 people 权限。",
                "This key has not the scope people.",
                new Words("请由管理员签发带有该权限的密钥。", "Ask an admin for a key with it."));
    }

    static Refused notReady() {
        return Refused.of(
                Code.NOT_READY,
                "",
                "服务暂时无法处理此请求；重试前请先查询现状。",
                "The service cannot do this now; ask for the state before you send it again.",
                new Words("请稍后重试。", "Try again later."));
    }

    static Refused noRoute() {
        return Refused.of(
                Code.NOT_FOUND,
                "",
                "没有这个接口。",
                "There is no such interface.",
                new Words("请查看 /openapi.json。", "See /openapi.json."));
    }

    static Refused tooLarge(long most) {
        return Refused.of(
                Code.TOO_LARGE,
                "",
                "请求正文超过 " + most + " 字节。",
                "The body is larger than " + most + " bytes.",
                new Words("请分批提交。", "Send it in parts."));
    }

    static Words sendAgain() {
        return new Words("未记录；请重新提交此行。", "Not recorded; send this row again.");
    }

    private static Refused form(String zh, String en, String zhRemedy, String enRemedy) {
        return Refused.of(Code.INVALID_REQUEST, "", zh, en, new Words(zhRemedy, enRemedy));
    }

    private static String sorted(Collection<String> names) {
        return String.join(", ", new TreeSet<>(names));
    }

    static Refused notYours() {
        return Refused.of(
                Code.SCOPE_MISSING,
                "8",
                "只有合规专员可以发布规则和协议。",
                "Only a compliance officer publishes rules and agreements.",
                new Words("请由合规专员办理。", "Ask a compliance officer."));
    }
}
