package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class RightTest {
    @Property(tries = 500)
    void pattern_means_the_one_name(@ForAll String name, @ForAll String other) {
        var pattern = Pattern.compile(Right.pattern(name), Pattern.DOTALL);

        assertThat(pattern.matcher(name).matches()).isTrue();
        assertThat(pattern.matcher(other).matches()).isEqualTo(other.equals(name));
        assertThat(pattern.matcher("x" + name).find()).isFalse();
        assertThat(pattern.matcher(name + "x").find()).isFalse();
    }

    @Test
    void command_is_what_a_shell_takes() {
        assertThat(
                        new Right.On(Right.Permission.WRITE, "the exchange", "o'brien+1")
                                .command("bob", "our shop"))
                .startsWith(
                        "rabbitmqctl set_permissions -p 'our shop' bob CONFIGURE"
                                + " '^o'\\''brien\\+1$' READ,");
        assertThat(new Right.Tag("policymaker").command("bob", "/"))
                .startsWith("rabbitmqctl set_user_tags bob TAGS policymaker,");
        assertThat(new Right.Access().command("bob", "/"))
                .isEqualTo("rabbitmqctl set_permissions -p / bob '' '' ''");
    }
}
