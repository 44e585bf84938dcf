package org.deadletteroffice.core.cause;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.deadletteroffice.spi.message.Failure;

/// One short name for equal failures: SHA-256 over the root cause's type, its message with what
/// varies folded, and its top frames without line numbers. The same in every process and version of
/// the program that has the same [#VERSION].
public final class Fingerprint {
    /// Part of what is digested: a change of the folding rules must not look like other failures of
    /// the same name.
    private static final String VERSION = "1";

    /// 48 bits: among 10,000 groups two collide once in 5 million queues.
    private static final int BYTES = 6;

    private static final int FRAMES = 3;

    /// 12 hexadecimal digits.
    public static String of(Failure failure) {
        var text = new StringBuilder(VERSION);
        text.append('\n').append(failure.type() == null ? "" : failure.type()).append('\n');
        if (failure.message() != null) {
            MessageFold.fold(failure.message(), text);
        }
        if (failure.stackTrace() != null) {
            for (var frame : StackTraces.topFrames(failure.stackTrace(), FRAMES)) {
                text.append('\n');
                foldDigits(frame, text);
            }
        }
        return hash(text.toString());
    }

    /// Lambdas and anonymous classes are numbered by the compiler, anew at each build.
    private static void foldDigits(String frame, StringBuilder out) {
        for (int i = 0; i < frame.length(); i++) {
            char c = frame.charAt(i);
            if (c < '0' || c > '9') {
                out.append(c);
            } else if (out.charAt(out.length() - 1) != '#') {
                out.append('#');
            }
        }
    }

    private static String hash(String text) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private Fingerprint() {}
}
