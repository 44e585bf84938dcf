package org.deadletteroffice.spi.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void blank_value_is_none() {
        var settings = Settings.EMPTY.with("a", "1").with("b", " ");

        assertThat(settings.get("a")).hasValue("1");
        assertThat(settings.get("b")).isEmpty();
        assertThat(settings.get("c")).isEmpty();
    }

    @Test
    void values_keep_the_order_in_which_they_were_given() {
        var settings = Settings.EMPTY.with("z", "1").with("a", "2").with("m", "3").with("z", "4");

        assertThat(settings.values().keySet()).containsExactly("z", "a", "m");
        assertThat(settings.get("z")).hasValue("4");
    }

    @Test
    void changing_makes_others_and_leaves_these() {
        var values = new LinkedHashMap<String, String>();
        values.put("a", "1");
        var settings = Settings.of(values);
        values.put("b", "2");

        assertThat(settings.with("c", "3").values()).containsOnlyKeys("a", "c");
        assertThat(settings.values()).containsOnlyKeys("a");
    }

    @Test
    void secrets_are_never_shown() {
        var secret = new Secret("hunter2");
        var settings = Settings.EMPTY.with("user", "jane").withSecret("password", secret);

        assertThat(settings.toString()).contains("jane").doesNotContain("hunter2");
        assertThat(settings.values().toString()).doesNotContain("hunter2");
        assertThat(secret.toString()).doesNotContain("hunter2");
        assertThat("%s".formatted(secret)).doesNotContain("hunter2");
        assertThat(settings.secret("password").orElseThrow().reveal()).isEqualTo("hunter2");
        assertThat(secret).isEqualTo(new Secret("hunter2")).isNotEqualTo(new Secret("hunter3"));
    }
}
