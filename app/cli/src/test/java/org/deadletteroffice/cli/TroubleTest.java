package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.store.StoreException;
import org.deadletteroffice.core.store.StoreUnavailable;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

final class TroubleTest {
    private static final Remedy REMEDY = new Remedy.Advice("Do this.");

    static Stream<Arguments> every_broker_error_has_its_code() {
        return Stream.of(
                Arguments.of(new BrokerException.Unreachable("x", REMEDY, null), 3, "unreachable"),
                Arguments.of(
                        new BrokerException.Throttled("x", Duration.ofSeconds(1), null),
                        3,
                        "throttled"),
                Arguments.of(new BrokerException.Corrupt("x", REMEDY, null), 3, "corrupt"),
                Arguments.of(
                        new BrokerException.NotAuthenticated("x", REMEDY, null),
                        4,
                        "notAuthenticated"),
                Arguments.of(
                        new BrokerException.NotAuthorized("x", REMEDY, null), 4, "notAuthorized"),
                Arguments.of(new BrokerException.NotFound("x", REMEDY, null), 5, "notFound"),
                Arguments.of(new BrokerException.Gone("x", REMEDY, null), 5, "gone"),
                Arguments.of(new BrokerException.TooLarge("x", 1, REMEDY, null), 6, "tooLarge"),
                Arguments.of(new BrokerException.Unsupported("x", REMEDY, null), 6, "unsupported"),
                Arguments.of(new BrokerException.Cancelled("x", null), 7, "interrupted"));
    }

    @ParameterizedTest
    @MethodSource
    void every_broker_error_has_its_code(BrokerException thrown, int exit, String kind) {
        var trouble = Trouble.of(thrown);

        assertThat(trouble.exit().number()).isEqualTo(exit);
        assertThat(trouble.kind()).isEqualTo(kind);
        assertThat(trouble.remedy()).isEqualTo(thrown.remedy().sentence());
    }

    @Test
    void no_broker_error_was_forgotten() {
        var told =
                every_broker_error_has_its_code()
                        .map(each -> each.get()[0].getClass().getSimpleName());

        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(BrokerException.class.getPermittedSubclasses())
                                .map(Class::getSimpleName)
                                .toList());
    }

    static Stream<Arguments> every_kind_of_refusal_has_its_code() {
        return Stream.of(
                Arguments.of(OperatorException.Kind.WRONG_USE, 2),
                Arguments.of(OperatorException.Kind.NOT_FOUND, 5),
                Arguments.of(OperatorException.Kind.REFUSED, 6),
                Arguments.of(OperatorException.Kind.INTERRUPTED, 7),
                Arguments.of(OperatorException.Kind.STORE, 70));
    }

    @ParameterizedTest
    @MethodSource
    void every_kind_of_refusal_has_its_code(OperatorException.Kind kind, int exit) {
        assertThat(Trouble.of(new OperatorException(kind, "x.", "y.")).exit().number())
                .isEqualTo(exit);
    }

    @Test
    void a_store_that_fails_late_is_told_as_one_that_fails_at_once() {
        var problem = new StoreException("The disk is full.", "Make room.", null);

        assertThat(Trouble.of(new StoreUnavailable(problem))).isEqualTo(Trouble.of(problem));
    }

    @Test
    void a_defect_does_not_tell_what_its_exception_says() {
        var trouble = Trouble.of(new IllegalStateException("payload: secret"));

        assertThat(trouble.exit()).isEqualTo(ExitCode.DEFECT);
        assertThat(trouble.message()).contains("IllegalStateException").doesNotContain("secret");
    }

    @Test
    void the_parser_of_the_command_line_does_not_say_error_in_the_sentence() {
        var line = new CommandLine(CommandSpec.create());
        var thrown = new ParameterException(line, "Error: Missing argument (--all)");
        assertThat(Trouble.of(thrown).message()).isEqualTo("Missing argument (--all).");
    }
}
