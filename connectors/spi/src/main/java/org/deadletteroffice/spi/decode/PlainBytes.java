package org.deadletteroffice.spi.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Quick looks at bytes that may be text, eight at a time: every message of a search or
/// a transfer passes here.
public final class PlainBytes {
    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH = 0x8080_8080_8080_8080L;
    private static final long SPACES = ' ' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;

    public static boolean isAscii(byte[] bytes) {
        int at = 0;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            if (((long) EIGHT.get(bytes, at) & HIGH) != 0) {
                return false;
            }
        }
        for (; at < bytes.length; at++) {
            if (bytes[at] < 0) {
                return false;
            }
        }
        return true;
    }

    /// Whether all are ASCII and none is a control character but tab and line breaks. Some texts
    /// that have other ones are texts all the same.
    public static boolean areText(byte[] bytes) {
        int at = 0;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, at);
            if (((eight | ((eight - SPACES) & ~eight)) & HIGH) != 0
                    && !areText(bytes, at, at + Long.BYTES)) {
                return false;
            }
        }
        return areText(bytes, at, bytes.length);
    }

    private static boolean areText(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            byte b = bytes[at];
            if (b < ' ' && b != '\t' && b != '\n' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    /// Whether nothing in a text says something else than it reads: no control character but tab
    /// and line breaks (so that it is neither UTF-16 nor binary), no backslash, no `&` in XML.
    public static boolean escapeNothing(byte[] bytes) {
        int at = 0;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, at);
            long slashes = eight ^ BACKSLASHES;
            // The well-known test for a byte below n, exact about whether there is one.
            long found = ((eight - SPACES) & ~eight) | ((slashes - ONES) & ~slashes);
            if ((found & HIGH) != 0 && !isPlain(bytes, at, at + Long.BYTES)) {
                return false;
            }
        }
        return isPlain(bytes, at, bytes.length) && !(begins(bytes, '<') && has(bytes, '&'));
    }

    private static boolean isPlain(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            byte b = bytes[at];
            boolean control = b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r';
            if (control || b == '\\') {
                return false;
            }
        }
        return true;
    }

    public static boolean isUtf8(byte[] bytes) {
        // A text that really holds the replacement character is not worth another way.
        return isAscii(bytes) || new String(bytes, StandardCharsets.UTF_8).indexOf('\uFFFD') < 0;
    }

    /// Whether the first byte that is no white space is this one.
    private static boolean begins(byte[] bytes, char first) {
        for (byte b : bytes) {
            if (b < 0 || b > ' ') {
                return b == first;
            }
        }
        return false;
    }

    private static boolean has(byte[] bytes, char wanted) {
        for (byte b : bytes) {
            if (b == wanted) {
                return true;
            }
        }
        return false;
    }

    private PlainBytes() {}
}
