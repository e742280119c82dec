package dev.cinnabar.server.algorithms;

import dev.cinnabar.server.law.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that the law asks of a function before it may run, and what we can say of it.
 *
 * @param article the article that asks it
 * @param why why it says so
 */
public record Condition(String article, Words what, State state, Words why) {
    /** What can be said of a condition. */
    public enum State {
        /** The register that would prove it does not exist yet: neither yes nor no. */
        NOT_EVALUABLE,
        /** It is not met, whatever a register would say. */
        FAILING
    }

    private static final Words NO_REGISTER =
            new Words("本系统尚无相应登记簿，无法判定。", "This system has no register of it yet, so nothing can be said.");

    /** The conditions of a function. */
    static List<Condition> of(Function function) {
        List<Condition> all = new ArrayList<>();
        all.add(unknown("15", new Words("算法机制机理定期审核、评估、验证", "Regular review of the algorithm's mechanism")));
        if (function.trait().biometric()) {
            all.add(failing("14", new Words("被编辑个人的单独同意", "Separate consent of the edited person")));
            all.add(failing("15(1)", new Words("生成或编辑人脸、人声的安全评估", "Security assessment of faces and voices")));
        }
        if (function.trait() == Function.Trait.SPECIAL) {
            all.add(unknown("15(2)", new Words("特殊物体、场景的安全评估", "Security assessment of special objects and scenes")));
        }
        all.add(unknown("19", new Words("算法备案", "Filing of the algorithm")));
        all.add(unknown("20", new Words("新功能上线的安全评估", "Security assessment of a new function")));
        return List.copyOf(all);
    }

    private static Condition unknown(String article, Words what) {
        return new Condition(article, what, State.NOT_EVALUABLE, NO_REGISTER);
    }

    private static Condition failing(String article, Words what) {
        return new Condition(
                article,
                what,
                State.FAILING,
                new Words(
                        "登记簿建立之前无法取得，因此该功能不得开启。",
                        "It cannot be had before its register exists, so the function stays off."));
    }
}
