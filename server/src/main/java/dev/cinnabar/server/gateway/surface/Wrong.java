package dev.cinnabar.server.gateway.surface;

import dev.cinnabar.server.law.Words;

/** Carries an objection out of the depth of a form; never leaves this package. */
final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Objection objection;

    private Wrong(Objection objection) {
        super(objection.reason().en(), null, false, false);
        this.objection = objection;
    }

    Objection objection() {
        return objection;
    }

    static Wrong type(String where, Words wanted) {
        return new Wrong(new Objection(
                where,
                "",
                new Words(
                        where + " 的类型或取值不对：应为" + wanted.zh() + "。",
                        where + " is not right: " + wanted.en() + " is expected."),
                new Words("请按接口说明修改该字段。", "Correct this field as the interface describes.")));
    }

    static Wrong missing(String where) {
        return new Wrong(new Objection(
                where,
                "",
                new Words("缺少必填字段 " + where + "。", where + " is required."),
                new Words("请补上该字段。", "Add this field.")));
    }

    static Wrong unknown(String where) {
        return new Wrong(new Objection(
                where,
                "",
                new Words(
                        "不接受字段 " + where + "：未列入允许清单的参数可能绕过审核或标识。",
                        where
                                + " is not taken: a parameter that is not on the list of allowed ones could get around review or label."),
                new Words("请去掉该字段。", "Leave this field out.")));
    }

    static Wrong unreviewable(String where, Words what) {
        return new Wrong(new Objection(
                where,
                "10",
                new Words(
                        "无法审核" + what.zh() + "，因此不予受理。",
                        what.en() + " cannot be reviewed here, and what cannot be reviewed is not taken."),
                new Words("请改用文字。", "Send text instead.")));
    }

    static Wrong because(String where, String article, Words reason, Words remedy) {
        return new Wrong(new Objection(where, article, reason, remedy));
    }
}
