package org.deadletteroffice.core.cause;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.deadletteroffice.core.cause.StackTrace.Problem;
import org.deadletteroffice.spi.message.Failure;
import org.jspecify.annotations.Nullable;

/// Sees through wrapping exceptions: from what a framework says (outer type, cause type, message,
/// stack trace) to the root cause, with the chain from outermost to root.
///
/// @param type the root cause's
/// @param message the root cause's
/// @param chain the types from the outermost to the root; empty where only one is known
record RootCause(@Nullable String type, @Nullable String message, List<String> chain) {
    private static final int MAX_CHAIN = 50;

    /// Types that only carry another error. Their simple names; the packages differ by version.
    private static final List<String> WRAPPERS =
            List.of(
                    "ListenerExecutionFailedException",
                    "TimestampedException",
                    "ExecutionException",
                    "CompletionException",
                    "UndeclaredThrowableException",
                    "InvocationTargetException",
                    "ConnectException",
                    "RetriableException",
                    "StreamsException",
                    "MessageHandlingException",
                    "MessageDeliveryException",
                    "MessagingException",
                    "RuntimeCamelException",
                    "CamelExecutionException",
                    "UncheckedIOException",
                    "NestedRuntimeException",
                    "RuntimeException",
                    "Exception");

    private static final Set<String> CANCELLED =
            Set.of(
                    "CancelledError",
                    "CancellationException",
                    "TaskCanceledException",
                    "OperationCanceledException");

    /// @param outer the type as said; null where it is not
    /// @param cause the type of the cause as said; null where it is not
    /// @param message as said, perhaps `outer; cause`
    static RootCause of(
            @Nullable String outer,
            @Nullable String cause,
            @Nullable String message,
            @Nullable String stackTrace) {
        var links = stackTrace == null ? List.<Problem>of() : StackTraces.links(stackTrace);
        if (!links.isEmpty() && belongs(links, outer, cause)) {
            var root = told(links);
            var chain = new ArrayList<String>();
            if (outer != null && !outer.equals(links.getFirst().type())) {
                chain.add(outer);
            }
            links.forEach(link -> add(chain, link.type()));
            if (root.type() == null) {
                // Go: the outermost text holds those of all that it wraps.
                return new RootCause(
                        outer, message == null ? wholeText(links) : message, List.of());
            }
            // An outer message says more than a root that has none.
            var said = root.message() == null && links.size() == 1 ? message : root.message();
            return new RootCause(root.type(), said, trimmed(chain));
        }
        var chain = new ArrayList<String>();
        if (outer != null) {
            chain.add(outer);
        }
        if (cause != null && !cause.equals(outer)) {
            chain.add(cause);
        }
        var type = cause != null ? cause : outer;
        var said = message;
        if (cause != null && !cause.equals(outer) && said != null) {
            // Spring: "outer; cause"; the outer sentence has no semicolon of its own.
            int semicolon = said.indexOf("; ");
            said = semicolon < 0 ? said : said.substring(semicolon + 2);
        }
        return throughToString(type, said, chain);
    }

    /// Something cancelled is no cause: what wraps it says why.
    private static Problem told(List<Problem> links) {
        for (var link : links.reversed()) {
            var type = link.type();
            if (type == null || !CANCELLED.contains(type.substring(type.lastIndexOf('.') + 1))) {
                return link;
            }
        }
        return links.getLast();
    }

    private static void add(List<String> chain, @Nullable String type) {
        if (type != null) {
            chain.add(type);
        }
    }

    private static String wholeText(List<Problem> links) {
        var texts = new StringJoiner(": ");
        for (var link : links) {
            if (link.message() != null) {
                texts.add(link.message());
            }
        }
        return texts.toString();
    }

    /// Whether the stack trace is of the error that the other headers speak of (it may be of the
    /// logger's call, or cut before its first line).
    private static boolean belongs(
            List<Problem> links, @Nullable String outer, @Nullable String cause) {
        if (outer == null && cause == null) {
            return true;
        }
        for (var link : links) {
            if (link.type() == null || same(link.type(), outer) || same(link.type(), cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(String type, @Nullable String said) {
        return said != null
                && (type.equals(said) || endsWithName(type, said) || endsWithName(said, type));
    }

    /// One of the two names the package, the other does not.
    private static boolean endsWithName(String qualified, String simple) {
        return qualified.endsWith("." + simple) || qualified.endsWith("::" + simple);
    }

    /// `new RuntimeException(cause)` has the cause's `toString()` as its message: `a.b.C: text`.
    private static RootCause throughToString(
            @Nullable String type, @Nullable String message, List<String> chain) {
        var at = type;
        var said = message;
        var types = new ArrayList<>(chain);
        while (at != null && said != null && isWrapper(at) && types.size() < MAX_CHAIN) {
            int end = StackTraces.typeEnd(said, 0);
            if (end <= 0 || said.indexOf('.') < 0 || said.indexOf('.') > end) {
                break;
            }
            at = said.substring(0, end);
            said = said.startsWith(": ", end) ? said.substring(end + 2) : null;
            types.add(at);
        }
        return new RootCause(at, said, trimmed(types));
    }

    static boolean isWrapper(String type) {
        return WRAPPERS.contains(type.substring(type.lastIndexOf('.') + 1));
    }

    private static List<String> trimmed(List<String> chain) {
        if (chain.size() < 2) {
            return List.of();
        }
        return chain.size() <= MAX_CHAIN
                ? chain
                : chain.subList(chain.size() - MAX_CHAIN, chain.size());
    }

    Failure.Builder into(Failure.Builder failure) {
        return failure.type(type).message(message).chain(chain);
    }
}
