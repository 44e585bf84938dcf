package org.deadletteroffice.spi.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrokerExceptionTest {
    private static final Remedy REMEDY = new Remedy.Grant("WRITE on orders");

    @Test
    void every_kind_is_final_so_that_a_switch_names_them_all() {
        assertThat(BrokerException.class.getPermittedSubclasses())
                .hasSize(10)
                .allMatch(kind -> Modifier.isFinal(kind.getModifiers()));
    }

    @Test
    void says_what_happened_and_what_to_do_and_keeps_the_cause() {
        var cause = new IOException("reset");
        var wrong = new BrokerException.NotAuthorized("Cannot write to orders.", REMEDY, cause);

        assertThat(wrong.sentence()).isEqualTo("Cannot write to orders.");
        assertThat(wrong.remedy().sentence()).isEqualTo("Ask for the permission WRITE on orders.");
        assertThat(wrong).hasCause(cause);
    }

    @Test
    void only_an_absent_or_busy_broker_is_worth_another_try() {
        assertThat(new BrokerException.Unreachable("x", REMEDY, null).isTransient()).isTrue();
        assertThat(new BrokerException.Throttled("x", Duration.ofSeconds(2), null).isTransient())
                .isTrue();
        assertThat(new BrokerException.NotFound("x", REMEDY, null).isTransient()).isFalse();
        assertThat(new BrokerException.Cancelled("x", null).isTransient()).isFalse();
        assertThat(new BrokerException.TooLarge("x", 10, REMEDY, null).isTransient()).isFalse();
    }

    @Test
    void some_kinds_carry_a_number() {
        var throttled = new BrokerException.Throttled("x", Duration.ofSeconds(90), null);

        assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(90));
        assertThat(throttled.remedy().sentence()).isEqualTo("Try again in 90 s.");
        assertThat(new BrokerException.TooLarge("x", 1_048_588, REMEDY, null).limit())
                .isEqualTo(1_048_588);
    }

    @Test
    void every_remedy_is_an_imperative_sentence() {
        assertThat(new Remedy.Edit("password").sentence())
                .isEqualTo("Check the field 'password' of the profile.");
        assertThat(new Remedy.Wait(Duration.ofMillis(1)).sentence()).isEqualTo("Try again in 1 s.");
        assertThat(new Remedy.Advice("Raise the limit.").sentence()).isEqualTo("Raise the limit.");
    }
}
