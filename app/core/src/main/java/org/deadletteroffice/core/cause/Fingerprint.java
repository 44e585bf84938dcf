package org.deadletteroffice.core.cause;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.deadletteroffice.spi.message.Failure;
import org.jspecify.annotations.Nullable;

/// One short name for equal failures: SHA-256 over the root cause's type, its message with what
/// varies folded ([MessageFold]), and the place: the user's own code nearest to the root cause,
/// without line numbers, else the library's that threw. A function of the failure alone, so that
/// groups are the same in any order of messages, in every process, and in every version of the
/// program that has the same [#VERSION].
public final class Fingerprint {
    /// Part of what is digested: a change of the folding rules must not look like other failures of
    /// the same name.
    private static final String VERSION = "6";

    /// 48 bits: among 10,000 groups two collide once in 5 million queues.
    private static final int BYTES = 6;

    /// Which rules made a fingerprint: of other rules it means other failures.
    public static String rules() {
        return VERSION;
    }

    /// 12 hexadecimal digits.
    public static String of(Failure failure) {
        return hash(told(failure));
    }

    /// A sentence with what varies folded, as in the message of a failure.
    public static String folded(String sentence) {
        return MessageFold.fold(sentence);
    }

    /// What is digested, readable.
    static String told(Failure failure) {
        var trace = failure.stackTrace();
        var place = trace == null ? null : StackTraces.place(trace);
        var message = failure.message();
        // Without a trace only the type could tell that a library speaks.
        boolean own = place == null ? !isOfLibrary(failure.type()) : place.thrownThere();
        return VERSION
                + '\n'
                + (failure.type() == null ? "" : failure.type())
                + '\n'
                + (message == null ? "" : MessageFold.fold(message, own))
                + (place == null ? "" : '\n' + place.name());
    }

    /// Of a library that is known: its sentences keep their capitals.
    private static boolean isOfLibrary(@Nullable String type) {
        return type != null
                && (ForeignCode.of(TraceLanguage.JAVA).isForeign(type, 0, type.length())
                        || ForeignCode.of(TraceLanguage.DOTNET).isForeign(type, 0, type.length()));
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
