package org.deadletteroffice.core.edit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;

/// Runs one jq program within bounds of time and memory. The interpreter knows no limits: so each
/// built-in function, each value that one emits, and each step over the payload's own arrays and
/// objects looks whether the thread was told to stop.
///
/// What these do not reach (a product of arrays that the program itself made) runs on a thread of
/// its own; when that does not stop, the program is not run again.
final class JqGuard {
    static final Duration LIMIT = Duration.ofSeconds(2);

    /// Values that built-in functions may emit in one run.
    private static final long MAX_EMITTED = 20_000_000;

    private static final ExecutorService THREADS =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("jq-", 1).factory());

    private final ThreadLocal<long[]> emitted = ThreadLocal.withInitial(() -> new long[1]);
    private volatile boolean runaway;

    /// All built-in functions but those that reach out of the payload, each guarded.
    Scope scope() {
        var scope = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance()
                .listFunctions(Versions.JQ_1_7, scope)
                .forEach(
                        (name, function) -> {
                            if (!name.startsWith("env/") && !name.startsWith("$__")) {
                                scope.addFunction(name, guarded(function));
                            }
                        });
        scope.setValue(
                "ENV", com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode());
        return scope;
    }

    private Function guarded(Function function) {
        return (scope, arguments, in, path, output, version) -> {
            step();
            function.apply(
                    scope,
                    arguments,
                    in,
                    path,
                    (value, at) -> {
                        step();
                        output.emit(value, at);
                    },
                    version);
        };
    }

    private void step() throws JsonQueryException {
        if (Thread.currentThread().isInterrupted()) {
            throw new JsonQueryException("it was stopped");
        }
        if (++emitted.get()[0] > MAX_EMITTED) {
            throw new JsonQueryException("it makes too many values");
        }
    }

    List<JsonNode> run(Callable<List<JsonNode>> program) throws EditException {
        if (runaway) {
            throw JqProgram.failed("This jq program did not end before, and is not run again.");
        }
        var running =
                THREADS.submit(
                        () -> {
                            emitted.get()[0] = 0;
                            return program.call();
                        });
        try {
            return running.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException tooLong) {
            running.cancel(true);
            runaway = true;
            throw JqProgram.failed("The jq program did not end within 2 seconds.");
        } catch (InterruptedException stop) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            throw JqProgram.failed("The jq program was stopped.");
        } catch (ExecutionException failed) {
            throw JqProgram.failed("The jq program fails on this payload: " + reason(failed));
        }
    }

    private static String reason(ExecutionException failed) {
        return switch (failed.getCause()) {
            case StackOverflowError _ -> "it calls itself without end.";
            case OutOfMemoryError _ -> "it needs more memory than there is.";
            case Throwable cause -> {
                var text = cause.getMessage();
                var line =
                        text == null
                                ? cause.getClass().getSimpleName()
                                : text.lines().findFirst().orElse("");
                yield (line.length() > 300 ? line.substring(0, 300) + "…" : line) + ".";
            }
            case null -> "it gave no reason.";
        };
    }
}
