package org.deadletteroffice.core.cause;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A printed stack trace of Java (any JVM language), JavaScript, Python, Ruby, .NET or Go, parsed.
///
/// @param language `java`, `javascript`, `python`, `ruby`, `dotnet` or `go`
/// @param problems the errors from the outermost to the root cause; at most 50, never empty
public record StackTrace(String language, List<Problem> problems) {
    /// One error of a chain.
    ///
    /// @param type the class, as printed; null where the language names none (Go)
    /// @param frames nearest to the throw first
    public record Problem(
            @Nullable String type, @Nullable String message, List<StackFrame> frames) {
        public Problem {
            frames = List.copyOf(frames);
        }
    }

    public StackTrace {
        problems = List.copyOf(problems);
    }

    /// Linear in the text; of more than 256 Ki characters both ends are read.
    ///
    /// @return empty where no frame of a known language is found
    public static Optional<StackTrace> parse(String text) {
        var bounded = StackTraces.bounded(text);
        var language = TraceLanguage.of(bounded);
        if (language == null) {
            return Optional.empty();
        }
        var problems = language.problems(bounded);
        return problems.isEmpty()
                ? Optional.empty()
                : Optional.of(new StackTrace(language.label(), problems));
    }

    public Problem root() {
        return problems.getLast();
    }

    /// The user's own code nearest to the root cause: the first such frame of the root, else of
    /// what wraps it. Empty where only libraries are in the trace.
    public Optional<StackFrame> ownFrame() {
        for (var problem : problems.reversed()) {
            for (var frame : problem.frames()) {
                if (frame.own()) {
                    return Optional.of(frame);
                }
            }
        }
        return Optional.empty();
    }
}
