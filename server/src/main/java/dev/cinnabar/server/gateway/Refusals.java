package dev.cinnabar.server.gateway;

import dev.cinnabar.server.algorithms.Functions;
import dev.cinnabar.server.law.Code;
import dev.cinnabar.server.law.Refused;
import dev.cinnabar.server.law.Words;

/** The refusals of the rooms, in words. */
final class Refusals {
    private Refusals() {}

    private static final Words AGAIN = new Words("请稍后重试。", "Try again a little later.");
    private static final Words OPERATOR = new Words("请联系服务提供者。", "Ask the provider of this service.");

    static Refused badKey() {
        return Refused.of(
                Code.INVALID_KEY,
                "",
                "缺少有效的 API 密钥。",
                "There is no valid API key in the request.",
                new Words(
                        "请在 Authorization 头中以 Bearer 方式提供有效密钥。",
                        "Send a valid key in the header Authorization, as Bearer."));
    }

    static Refused strangers() {
        return Refused.of(
                Code.RATE_LIMITED,
                "",
                "该地址在一分钟内多次未出示有效密钥。",
                "This address showed no valid key too many times within a minute.",
                AGAIN);
    }

    static Refused scope(String word) {
        return Refused.of(
                Code.SCOPE_MISSING,
                "",
                "该密钥没有 " + word + " 权限。",
                "This key does not have the scope " + word + ".",
                new Words("请使用具备该权限的密钥。", "Use a key that has it."));
    }

    static Refused tooLarge(long most) {
        return Refused.of(
                Code.TOO_LARGE,
                "",
                "请求体超过 " + most + " 字节。",
                "The body is longer than " + most + " bytes.",
                new Words("请缩短内容。", "Send less."));
    }

    static Refused notFound() {
        return Refused.of(
                Code.NOT_FOUND,
                "",
                "没有这个接口，或不支持该方法。",
                "There is no such interface here, or not with this method.",
                new Words("请查看 /openapi.json。", "See /openapi.json."));
    }

    static Refused noModel() {
        return Refused.of(
                Code.NOT_FOUND,
                "",
                "没有这个模型。",
                "There is no such model here.",
                new Words("请用 GET /v1/models 查看可用模型。", "GET /v1/models lists what there is."));
    }

    static Refused noContent() {
        return Refused.of(
                Code.NOT_FOUND,
                "",
                "没有这个内容，或它不属于本应用，或其保存期已过。",
                "There is no such content, or it is not this application's, or it is no longer kept.",
                new Words("请核对内容编号。", "Check the content id."));
    }

    static Refused notReady() {
        return Refused.of(
                Code.NOT_READY,
                "",
                "服务暂时无法确认所需的状态，因此拒绝请求。",
                "What must be known for this request cannot be confirmed at this moment, so it is refused.",
                AGAIN);
    }

    static Refused busy() {
        return Refused.of(Code.NOT_READY, "", "同时处理的请求过多。", "Too many requests are being served at once.", AGAIN);
    }

    static Refused broken() {
        return Refused.of(
                Code.NOT_READY,
                "",
                "服务内部出错，未生成也未释放任何内容。",
                "Something inside this service broke; nothing was released.",
                OPERATOR);
    }

    static Refused nobody() {
        return Refused.of(
                Code.IDENTITY_REQUIRED,
                "9",
                "请求未指明最终用户。",
                "The request names no end user.",
                new Words(
                        "请在 user、safety_identifier 或 X-End-User 中给出已登记的用户。",
                        "Name a registered user in user, safety_identifier or X-End-User."));
    }

    static Refused ambiguousUser() {
        return Refused.of(
                Code.IDENTITY_REQUIRED,
                "9",
                "请求指明了不止一个最终用户，或与本应用绑定的用户不符。",
                "The request names more than one end user, or another than the one this application is bound to.",
                new Words("请只给出一个用户。", "Name one user."));
    }

    static Refused unknownUser() {
        return Refused.of(
                Code.IDENTITY_REQUIRED,
                "9",
                "该最终用户未在本应用登记。",
                "This end user is not registered with the application.",
                new Words(
                        "请先用 POST /users 登记，并完成真实身份认证。",
                        "Register the user with POST /users and have the real identity authenticated."));
    }

    static Refused unverified() {
        return Refused.of(
                Code.IDENTITY_REQUIRED,
                "9",
                "该最终用户的真实身份尚未认证，或认证已失效。",
                "This end user's real identity is not authenticated, or no longer.",
                new Words(
                        "请通过 POST /users/{id}/verifications 完成认证。",
                        "Have it authenticated with POST /users/{id}/verifications."));
    }

    static Refused notAccepted() {
        return Refused.of(
                Code.AGREEMENT_REQUIRED,
                "8",
                "该最终用户尚未接受现行协议。",
                "This end user has not accepted the agreement in force.",
                new Words(
                        "请展示协议并通过 POST /users/{id}/acceptances 记录接受。",
                        "Show the agreement and record its acceptance with POST /users/{id}/acceptances."));
    }

    static Refused closed(String measure) {
        return Refused.of(
                Code.ACCOUNT_CLOSED,
                "10",
                "该账号已被关闭（处置编号 " + measure + "）。",
                "This account is closed (measure " + measure + ").",
                appeal());
    }

    static Refused suspended(String measure, String until) {
        return Refused.of(
                Code.SUSPENDED,
                "10",
                "该用户已被暂停服务至 " + until + "（处置编号 " + measure + "）。",
                "This user is suspended until " + until + " (measure " + measure + ").",
                appeal());
    }

    static Refused limited(String measure, String function) {
        return Refused.of(
                Code.FUNCTION_LIMITED,
                "10",
                "该用户的功能 " + function + " 已被限制（处置编号 " + measure + "）。",
                "The function " + function + " is limited for this user (measure " + measure + ").",
                appeal());
    }

    private static Words appeal() {
        return new Words("可凭处置编号申诉。", "The measure can be appealed, by its number.");
    }

    static Refused off(Functions.Off off) {
        return Refused.of(
                Code.FUNCTION_OFF,
                "15",
                "功能 " + off.function() + " 未开启。",
                "The function " + off.function() + " is not on.",
                OPERATOR);
    }

    static Refused labelImpossible(String field) {
        return Refused.of(
                Code.LABEL_IMPOSSIBLE,
                "17",
                "使用 " + field + " 时无法在文本中加显式标识，而本应用没有登记自有的显著标识。",
                "With " + field
                        + " no explicit label can stand in the text, and this application is not registered as showing one of its own.",
                new Words(
                        "请去掉该字段，或由管理员将应用登记为自行展示标识（explicit: interface）。",
                        "Leave the field out, or have the application registered as showing the label itself (explicit: interface)."));
    }

    static Refused noProducer() {
        return Refused.of(
                Code.LABEL_FAILED,
                "16",
                "尚未配置服务提供者编码，无法写入隐式标识。",
                "No provider code is configured, so no implicit label can be written.",
                new Words("请在配置中设置 label.producer。", "Set label.producer in the configuration."));
    }

    static Refused labelFailed(String clause, Words why) {
        return new Refused(Code.LABEL_FAILED, clause.isEmpty() ? "17" : clause, why, OPERATOR);
    }

    static Refused readBackFailed() {
        return labelFailed(
                "16",
                new Words(
                        "写入的标识未能被独立读取器确认，内容不予释放。",
                        "The label that was written could not be confirmed by the independent reader; the content is not released."));
    }

    static Refused blockedPrompt(String risk) {
        return Refused.of(
                Code.CONTENT_BLOCKED,
                "10",
                "输入内容未通过审核（风险类别 " + risk + "）。",
                "The input did not pass review (risk " + risk + ").",
                new Words("请修改被指出的位置。", "Change the passage that is pointed out."));
    }

    static Refused blockedAnswer(String risk) {
        return Refused.of(
                Code.CONTENT_BLOCKED,
                "10",
                "生成的内容未通过审核（风险类别 " + risk + "），已停止输出。",
                "What was generated did not pass review (risk " + risk + "); it stops here.",
                new Words("请调整请求后重试。", "Ask for something else."));
    }

    static Refused held(String content) {
        return Refused.of(
                Code.HELD_FOR_REVIEW,
                "10",
                "内容需要人工审核（内容编号 " + content + "）。",
                "The content waits for a person's review (content " + content + ").",
                new Words(
                        "审核通过后可用 GET /v1/contents/" + content + " 获取。",
                        "Once it is approved, GET /v1/contents/" + content + " gives it."));
    }

    static Refused notRecorded() {
        return Refused.of(
                Code.NOT_RECORDED,
                "16",
                "无法写入日志，因此不释放任何内容。",
                "The record cannot be written, so nothing is released.",
                AGAIN);
    }

    static Refused upstreamFailed() {
        return Refused.of(
                Code.UPSTREAM_FAILED,
                "",
                "模型服务没有给出可用的结果。",
                "The model behind this service gave no usable answer.",
                AGAIN);
    }

    static Refused upstreamRejected() {
        return Refused.of(
                Code.INVALID_REQUEST,
                "",
                "模型服务不接受该请求（例如过长，或参数不被支持）。",
                "The model behind this service does not take this request (too long, for example, or with a parameter it does not know).",
                new Words("请缩短内容或减少参数。", "Shorten it, or leave out parameters."));
    }

    static Refused form(Words reason, Words remedy, String article) {
        return new Refused(Code.INVALID_REQUEST, article, reason, remedy);
    }
}
