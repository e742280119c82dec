package dev.cinnabar.review;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Gives every code point, as one set of folds sees it, a number for the automaton: a symbol of the library's alphabet, or one of the small numbers below that say
 * what else it is. Symbols are numbered letters first, then digits, then the rest, so that a comparison tells what kind one is.
 */
final class Symbols {
    /** Kinds for word boundaries. */
    static final int NEITHER = 0;

    static final int LETTER = 1;
    static final int DIGIT = 2;

    /** In no pattern, and no letter or digit; plus {@link #LETTER} or {@link #DIGIT} when it is one. */
    static final int OTHER = 0;

    static final int INVISIBLE = 3;
    static final int SEPARATOR = 4;
    static final int SEVERAL = 5;
    static final int HIGH_SURROGATE = 6;

    /** The first number of a symbol. */
    static final int FIRST = 8;

    private static final char UNKNOWN = 0xFFFF;
    private static final int MOST = 0xFFF0;

    final char[] low = new char[0x10000];
    final int firstDigit;
    final int firstRest;
    final int end;
    private final FoldMap map;
    private final Map<Integer, Character> numbers = new HashMap<>();
    private final Map<Integer, int[]> several = new HashMap<>();
    private final char[][] pages = new char[0x1100][];

    /** @throws IllegalArgumentException when there are more different letters than numbers */
    Symbols(FoldMap map, IntStream letters) {
        this.map = map;
        int[] alphabet = letters.distinct().sorted().toArray();
        if (alphabet.length > MOST - FIRST) {
            throw new IllegalArgumentException("the patterns of one set of folds have " + alphabet.length
                    + " different letters; at most " + (MOST - FIRST) + " can be compiled");
        }
        int next = FIRST;
        next = number(alphabet, LETTER, next);
        firstDigit = next;
        next = number(alphabet, DIGIT, next);
        firstRest = next;
        end = number(alphabet, NEITHER, next);
        for (int cp = 0; cp <= 0xFFFF; cp++) {
            low[cp] = lowNumber(cp);
        }
        map.several()
                .forEach(cp -> several.put(
                        cp, Arrays.stream(map.fold(cp)).map(this::symbol).toArray()));
        map.changedHigh().forEach(cp -> set(cp, number(map.fold(cp))));
        for (int letter : alphabet) {
            if (letter > 0xFFFF && map.fold(letter).length == 1 && map.fold(letter)[0] == letter) {
                set(letter, symbol(letter));
            }
        }
    }

    /** The number of any code point. */
    int of(int codePoint) {
        if (codePoint <= 0xFFFF) {
            return low[codePoint];
        }
        char[] page = pages[codePoint >> 8];
        int known = page == null ? UNKNOWN : page[codePoint & 0xFF];
        return known != UNKNOWN ? known : number(map.fold(codePoint));
    }

    /** The numbers of a code point that folds to several. */
    int[] several(int codePoint) {
        int[] known = several.get(codePoint);
        return known != null ? known : new int[] {OTHER};
    }

    /** The number of a code point that is already folded. */
    char symbol(int letter) {
        Character number = numbers.get(letter);
        return number != null ? number : (char) (OTHER + FoldData.kind(letter));
    }

    private int number(int[] alphabet, int kind, int from) {
        int next = from;
        for (int letter : alphabet) {
            if (FoldData.kind(letter) == kind) {
                numbers.put(letter, (char) next++);
            }
        }
        return next;
    }

    private char lowNumber(int cp) {
        if (Character.isHighSurrogate((char) cp)) {
            return HIGH_SURROGATE;
        }
        return number(map.single(cp));
    }

    private char number(int[] folded) {
        return folded.length > 1 ? SEVERAL : number(folded[0]);
    }

    private char number(int folded) {
        return switch (folded) {
            case FoldMap.INVISIBLE -> INVISIBLE;
            case FoldMap.SEPARATOR -> SEPARATOR;
            case FoldMap.SEVERAL -> SEVERAL;
            default -> symbol(folded);
        };
    }

    private void set(int codePoint, char number) {
        char[] page = pages[codePoint >> 8];
        if (page == null) {
            page = new char[256];
            Arrays.fill(page, UNKNOWN);
            pages[codePoint >> 8] = page;
        }
        page[codePoint & 0xFF] = number;
    }
}
