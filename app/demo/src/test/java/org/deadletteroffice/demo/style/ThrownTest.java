package org.deadletteroffice.demo.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ThrownTest {
    @Test
    void prints_the_trace_that_the_exception_prints() {
        assertSameTrace(new IllegalStateException("no"));
        assertSameTrace(new IllegalStateException());
        assertSameTrace(new IllegalStateException("two\nlines", new Error("deep", new Error())));
    }

    @Test
    void prints_suppressed_exceptions_and_frames_in_common() {
        try {
            CompletableFuture.supplyAsync(
                            () -> {
                                var failed = new IllegalArgumentException("x", nested());
                                failed.addSuppressed(new RuntimeException("close", nested()));
                                failed.addSuppressed(new RuntimeException("close again"));
                                throw failed;
                            })
                    .join();
            throw new AssertionError("it should have failed");
        } catch (CompletionException wrapped) {
            assertSameTrace(wrapped);
        }
    }

    @Test
    void frames_of_callers_stand_below_those_of_causes_too() {
        var inner = new Thrown("Inner", null, List.of("b.B.run(B.java:1)"));
        var thrown = new Thrown("Outer", "o", List.of("a.A.run(A.java:1)")).causedBy(inner);

        assertThat(thrown.below(List.of("m.Main.main(Main.java:9)")).stackTrace())
                .isEqualTo(
                        """
                        Outer: o
                        \tat a.A.run(A.java:1)
                        \tat m.Main.main(Main.java:9)
                        Caused by: Inner
                        \tat b.B.run(B.java:1)
                        \t... 1 more
                        """);
    }

    private static Exception nested() {
        return new java.io.IOException("nested");
    }

    private static void assertSameTrace(Throwable throwable) {
        var expected = new StringWriter();
        throwable.printStackTrace(new PrintWriter(expected, true));
        assertThat(Thrown.of(throwable).stackTrace())
                .isEqualTo(expected.toString().replace(System.lineSeparator(), "\n"));
    }
}
