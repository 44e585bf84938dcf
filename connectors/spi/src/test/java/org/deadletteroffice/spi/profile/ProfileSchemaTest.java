package org.deadletteroffice.spi.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileSchemaTest {
    private static final ProfileSchema SCHEMA =
            ProfileSchema.of(
                    Field.text("bootstrap", "Bootstrap servers").mandatory(),
                    Field.choice("security", "Security", List.of("PLAINTEXT", "SASL_SSL")),
                    Field.choice("mechanism", "Mechanism", List.of("PLAIN", "OAUTHBEARER"))
                            .shownWhen("security", "SASL_SSL"),
                    Field.text("user", "User").mandatory().shownWhen("mechanism", "PLAIN"),
                    Field.secret("password", "Password")
                            .mandatory()
                            .shownWhen("mechanism", "PLAIN"),
                    Field.flag("verify", "Verify the host name").preset("true"),
                    Field.integer("limit", "Limit"),
                    Field.duration("timeout", "Give up after").preset("10s"));

    private static final Settings GOOD = Settings.of(Map.of("bootstrap", "localhost:9092"));

    private static List<String> wrongFields(Settings settings) {
        return SCHEMA.validate(settings).stream().map(ProfileSchema.Problem::field).toList();
    }

    @Test
    void presets_make_a_short_profile_whole() {
        assertThat(SCHEMA.validate(GOOD)).isEmpty();
        assertThat(SCHEMA.value(SCHEMA.field("timeout").orElseThrow(), GOOD)).isEqualTo("10s");
        assertThat(SCHEMA.value(SCHEMA.field("security").orElseThrow(), GOOD))
                .isEqualTo("PLAINTEXT");
        assertThat(SCHEMA.value(SCHEMA.field("limit").orElseThrow(), GOOD)).isEmpty();
    }

    @Test
    void missing_or_blank_mandatory_value_is_named() {
        assertThat(SCHEMA.validate(Settings.EMPTY))
                .containsExactly(
                        new ProfileSchema.Problem("bootstrap", "Bootstrap servers is missing."));
        assertThat(wrongFields(GOOD.with("bootstrap", "  "))).containsExactly("bootstrap");
    }

    @Test
    void field_is_asked_for_only_where_its_condition_holds_all_the_way_up() {
        var user = SCHEMA.field("user").orElseThrow();

        assertThat(SCHEMA.isShown(user, GOOD)).isFalse();
        assertThat(SCHEMA.isShown(user, GOOD.with("security", "SASL_SSL"))).isTrue();
        assertThat(
                        SCHEMA.isShown(
                                user,
                                GOOD.with("security", "SASL_SSL").with("mechanism", "OAUTHBEARER")))
                .isFalse();
        assertThat(wrongFields(GOOD.with("mechanism", "PLAIN")))
                .as("the mechanism itself is hidden")
                .isEmpty();
        assertThat(wrongFields(GOOD.with("security", "SASL_SSL")))
                .containsExactly("user", "password");
    }

    @Test
    void secret_satisfies_only_from_the_secrets() {
        var signedIn = GOOD.with("security", "SASL_SSL").with("user", "jane");

        assertThat(wrongFields(signedIn.withSecret("password", new Secret("x")))).isEmpty();
        assertThat(wrongFields(signedIn.with("password", "in the open")))
                .containsExactly("password");
    }

    @ParameterizedTest
    @CsvSource({
        "security,TLS,'Security is one of PLAINTEXT, SASL_SSL, not ''TLS''.'",
        "verify,yes,'Verify the host name is true or false, not ''yes''.'",
        "limit,many,'Limit is a whole number, not ''many''.'",
        "timeout,soon,'Give up after is a time such as 10s or 2m, not ''soon''.'",
        "timeout,-5s,'Give up after is a time such as 10s or 2m, not ''-5s''.'",
        "timeout,PT-5S,'Give up after is a time such as 10s or 2m, not ''PT-5S''.'",
        "bootstap,localhost:9092,There is no field 'bootstap'."
    })
    void wrong_value_is_answered_in_a_sentence(String field, String value, String sentence) {
        assertThat(SCHEMA.validate(GOOD.with(field, value)))
                .containsExactly(new ProfileSchema.Problem(field, sentence));
    }

    @Test
    void field_names_are_unique() {
        assertThatThrownBy(
                        () ->
                                ProfileSchema.of(
                                        Field.text("host", "Host"), Field.text("host", "Server")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void changing_one_property_of_a_field_keeps_the_others() {
        var field =
                Field.choice("security", "Security", List.of("A", "B"))
                        .help("Ask the administrator.")
                        .hint("A")
                        .preset("B")
                        .mandatory()
                        .shownWhen("mode", "x", "y")
                        .in("Advanced");

        assertThat(field)
                .isEqualTo(
                        new Field(
                                "security",
                                "Security",
                                Field.Type.CHOICE,
                                "Ask the administrator.",
                                "A",
                                "B",
                                true,
                                List.of("A", "B"),
                                new Field.Condition("mode", Set.of("x", "y")),
                                "Advanced"));
    }

    @ParameterizedTest
    @CsvSource({
        "500ms,PT0.5S",
        "10s,PT10S",
        "2m,PT2M",
        "1h,PT1H",
        "1d,PT24H",
        "' 5 S ',PT5S",
        "PT1M30S,PT1M30S"
    })
    void durations_are_read_as_people_write_them(String text, Duration duration) {
        assertThat(ProfileSchema.parseDuration(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "10", "10x", "1.5s", "ten s", "9999999999999d", "10s 5s"})
    void what_is_no_duration_is_refused(String text) {
        assertThatThrownBy(() -> ProfileSchema.parseDuration(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 100)
    void any_number_of_milliseconds_is_read_back(
            @ForAll @LongRange(min = 0, max = 999_999_999_999L) long millis) {
        assertThat(ProfileSchema.parseDuration(millis + "ms")).isEqualTo(Duration.ofMillis(millis));
    }

    @Property(tries = 200)
    void any_text_is_a_duration_or_refused(@ForAll String text) {
        try {
            assertThat(ProfileSchema.parseDuration(text)).isNotNull();
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageContaining("not a duration");
        }
    }
}
