package org.deadletteroffice.desktop.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.deadletteroffice.memory.MemoryConnector;
import org.deadletteroffice.spi.profile.ProfileSchema;
import org.deadletteroffice.spi.profile.Secret;
import org.junit.jupiter.api.Test;

class EntriesTest {
    private static final ProfileSchema SCHEMA = new MemoryConnector().schema();

    private static Entries entries(Map<String, String> typed, Map<String, String> secrets) {
        return new Entries(SCHEMA, typed, secrets, Set.of());
    }

    @Test
    void blanks_are_no_part_of_a_value_and_strange_fields_are_left_out() {
        var entries = entries(Map.of("broker", "  b ", "user", " ", "strange", "x"), Map.of());
        assertThat(entries.values()).isEqualTo(Map.of("broker", "b"));
    }

    @Test
    void a_missing_field_is_named() {
        assertThat(entries(Map.of(), Map.of()).problems()).containsOnlyKeys("broker");
        assertThat(entries(Map.of("broker", "b"), Map.of()).problems()).isEmpty();
    }

    @Test
    void what_was_typed_is_the_secret_or_names_its_variable() {
        var entries = entries(Map.of("broker", "b"), Map.of("password", "VARIABLE"));
        assertThat(entries.secrets()).isEqualTo(Map.of("password", new Secret("VARIABLE")));
        assertThat(entries.secretsFrom(Map.of("VARIABLE", "value")))
                .isEqualTo(Map.of("password", new Secret("value")));
        assertThat(entries.secretsFrom(Map.of())).isEmpty();
    }

    @Test
    void says_no_secret_when_printed() {
        var entries = entries(Map.of("broker", "b"), Map.of("password", "hush"));
        assertThat(entries.toString()).contains("password").doesNotContain("hush");
    }
}
