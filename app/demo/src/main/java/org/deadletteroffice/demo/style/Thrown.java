package org.deadletteroffice.demo.style;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An exception as dead letters tell of it: without its class, so that a failure of any library can
/// be told without having the library.
///
/// @param type the class's name
/// @param frames as a trace prints them, without the leading `at`; innermost first
public record Thrown(
        String type,
        @Nullable String message,
        List<String> frames,
        List<Thrown> suppressed,
        @Nullable Thrown cause) {
    public Thrown {
        frames = List.copyOf(frames);
        suppressed = List.copyOf(suppressed);
    }

    public Thrown(String type, @Nullable String message, List<String> frames) {
        this(type, message, frames, List.of(), null);
    }

    public static Thrown of(Throwable throwable) {
        return new Thrown(
                throwable.getClass().getName(),
                throwable.getMessage(),
                Arrays.stream(throwable.getStackTrace()).map(StackTraceElement::toString).toList(),
                Arrays.stream(throwable.getSuppressed()).map(Thrown::of).toList(),
                throwable.getCause() == null ? null : of(throwable.getCause()));
    }

    /// With the innermost frames only, as long as they begin with `prefix`; in its causes too.
    public Thrown framesOf(String prefix) {
        return new Thrown(
                type,
                message,
                frames.stream().takeWhile(frame -> frame.startsWith(prefix)).toList(),
                suppressed,
                cause == null ? null : cause.framesOf(prefix));
    }

    public Thrown causedBy(Thrown newCause) {
        return new Thrown(type, message, frames, suppressed, newCause);
    }

    public Thrown suppressing(Thrown other) {
        return new Thrown(type, message, frames, List.of(other), cause);
    }

    /// The same exception thrown in code that `callers` called: their frames stand below its own,
    /// and below those of its causes.
    public Thrown below(List<String> callers) {
        return new Thrown(
                type,
                message,
                Stream.concat(frames.stream(), callers.stream()).toList(),
                suppressed,
                cause == null ? null : cause.below(callers));
    }

    /// Byte for byte what [Throwable#printStackTrace()] prints, with `\n` as line separator.
    public String stackTrace() {
        var text = new StringBuilder();
        print(text, "", "", List.of());
        return text.toString();
    }

    private void print(StringBuilder text, String indent, String caption, List<String> enclosing) {
        var common = commonEnd(frames, enclosing);
        text.append(indent).append(caption).append(this).append('\n');
        for (var frame : frames.subList(0, frames.size() - common)) {
            text.append(indent).append("\tat ").append(frame).append('\n');
        }
        if (common > 0) {
            text.append(indent).append("\t... ").append(common).append(" more\n");
        }
        for (var other : suppressed) {
            other.print(text, indent + '\t', "Suppressed: ", frames);
        }
        if (cause != null) {
            cause.print(text, indent, "Caused by: ", frames);
        }
    }

    private static int commonEnd(List<String> one, List<String> other) {
        var common = 0;
        while (common < Math.min(one.size(), other.size())
                && one.get(one.size() - 1 - common).equals(other.get(other.size() - 1 - common))) {
            common++;
        }
        return common;
    }

    /// As [Throwable#toString()].
    @Override
    public String toString() {
        return message == null ? type : type + ": " + message;
    }
}
