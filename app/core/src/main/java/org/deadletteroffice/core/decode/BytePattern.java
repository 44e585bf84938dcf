package org.deadletteroffice.core.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Locale;

/// A short text of ASCII that is looked for in bytes, eight of them at a time and without a copy:
/// every message of a search passes here. Immutable.
public final class BytePattern {
    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH = 0x8080_8080_8080_8080L;
    private static final int CASE = 0x20;

    /// As often as they are met in JSON and in headers, the most frequent first; all others are
    /// rarer.
    private static final String FREQUENT = "\":,e0a1tino rs2l3c5d4u6m8p7g9hbfy{}vkw-._/xjzq";

    private final String text;
    private final boolean anyCase;

    /// The place of the letter that is least often met: it is looked for first.
    private final int rare;

    private BytePattern(String text, boolean anyCase) {
        this.text = text;
        this.anyCase = anyCase;
        this.rare = rarest(text);
    }

    /// @param ascii not empty
    public static BytePattern of(String ascii) {
        return new BytePattern(ascii, false);
    }

    /// @param ascii not empty
    public static BytePattern ofAnyCase(String ascii) {
        return new BytePattern(ascii.toLowerCase(Locale.ROOT), true);
    }

    private static int rarest(String text) {
        int best = 0;
        for (int i = 1; i < text.length(); i++) {
            if (rank(text.charAt(i)) > rank(text.charAt(best))) {
                best = i;
            }
        }
        return best;
    }

    private static int rank(char c) {
        int rank = FREQUENT.indexOf(Character.toLowerCase(c));
        return rank < 0 ? FREQUENT.length() : rank;
    }

    public boolean isIn(byte[] bytes) {
        return isIn(bytes, bytes.length);
    }

    /// @param most so many of the first bytes are looked at
    public boolean isIn(byte[] bytes, int most) {
        // Where the rare letter may stand.
        int end = Math.min(most, bytes.length) - (text.length() - rare) + 1;
        int letter = text.charAt(rare);
        // A letter's two cases differ by one bit, and with that set nothing else is like them.
        int folded = anyCase && isLetter(letter) ? CASE : 0;
        long wanted = letter * ONES;
        long fold = folded * ONES;
        int at = rare;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long eight = ((long) EIGHT.get(bytes, at) | fold) ^ wanted;
            // The well-known test for a byte that is zero, exact about whether there is one.
            if (((eight - ONES) & ~eight & HIGH) != 0
                    && isAt(bytes, at, at + Long.BYTES, folded, letter)) {
                return true;
            }
        }
        return isAt(bytes, at, end, folded, letter);
    }

    private boolean isAt(byte[] bytes, int from, int to, int folded, int letter) {
        for (int at = from; at < to; at++) {
            if ((bytes[at] | folded) == letter && stands(bytes, at - rare)) {
                return true;
            }
        }
        return false;
    }

    private boolean stands(byte[] bytes, int from) {
        for (int i = 0; i < text.length(); i++) {
            int b = bytes[from + i];
            if (b != text.charAt(i)
                    && !(anyCase && isLetter(text.charAt(i)) && (b | CASE) == text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z';
    }
}
