package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import org.junit.jupiter.api.Test;

final class RabbitProfileTest {
    private static RabbitProfile profile(String... pairs) {
        var settings = Settings.EMPTY.with("hosts", "rabbit1");
        for (var i = 0; i < pairs.length; i += 2) {
            settings = settings.with(pairs[i], pairs[i + 1]);
        }
        return new RabbitProfile(settings);
    }

    @Test
    void hosts_have_the_port_of_their_protocol_unless_they_say_one() {
        assertThat(profile().hostNames()).isEqualTo("rabbit1:5672");
        assertThat(profile("tls", "true").hostNames()).isEqualTo("rabbit1:5671");
        assertThat(profile("hosts", "a, b:5673 [::1]:5674,::2").hostNames())
                .isEqualTo("a:5672, b:5673, ::1:5674, ::2:5672");
    }

    @Test
    void management_lies_beside_the_broker_unless_it_is_said() {
        assertThat(profile().managementUris()).hasToString("[http://rabbit1:15672]");
        assertThat(profile("tls", "true").managementUris()).hasToString("[https://rabbit1:15671]");
        assertThat(profile("hosts", "a, b:5673, b:5674, ::1").managementUris())
                .hasToString("[http://a:15672, http://b:15672, http://[::1]:15672]");
        assertThat(profile("managementUrl", "https://m.example.org/rabbit/").managementUris())
                .hasToString("[https://m.example.org/rabbit]");
        assertThat(profile("managementUrl", "none").managementUris()).isEmpty();
        assertThat(profile().namesManagement()).isFalse();
        assertThat(profile("managementUrl", "http://m:1").namesManagement()).isTrue();
    }

    @Test
    void refuses_what_makes_no_sense() {
        for (var wrong :
                List.of(
                        Map.of("hosts", " , "),
                        Map.of("hosts", "a:b"),
                        Map.of("managementUrl", "rabbit:15672"),
                        Map.of("proxy", "proxy:1080"),
                        Map.of("proxy", "http://me:secret@proxy:3128"),
                        Map.of("proxy", "socks://proxy:1080", "proxyUsername", "me"),
                        Map.of(
                                "proxy",
                                "socks://proxy:1080",
                                "proxyUsername",
                                "me",
                                "managementUrl",
                                "http://rabbit1:15672"),
                        Map.of(
                                "proxy",
                                "http://proxy:3128",
                                "proxyUsername",
                                "me",
                                "managementUrl",
                                "https://rabbit1:15671"),
                        Map.of("signIn", RabbitProfile.CERTIFICATE))) {
            var settings = Settings.EMPTY.with("hosts", "rabbit1");
            for (var entry : wrong.entrySet()) {
                settings = settings.with(entry.getKey(), entry.getValue());
            }
            var odd = settings;
            assertThatThrownBy(() -> new RabbitProfile(odd))
                    .as("%s", wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_client_of_oauth2_is_told_what_it_lacks() {
        var client =
                Settings.of(
                        Map.of(
                                "hosts",
                                "rabbit1",
                                "signIn",
                                RabbitProfile.CLIENT,
                                "tokenUrl",
                                "https://login.example.org/token",
                                "clientId",
                                "dlo"));

        assertThatThrownBy(() -> new RabbitProfile(client)).hasMessage("Client secret is missing.");
        assertThatThrownBy(() -> new RabbitProfile(client.with("clientId", "")))
                .hasMessage("Client id is missing.");
        assertThat(
                        new RabbitProfile(client.withSecret("clientSecret", new Secret("s")))
                                .credential())
                .isEqualTo(new Secret("s"));
    }

    @Test
    void guest_has_the_password_that_rabbitmq_comes_with_and_nobody_else() {
        assertThat(profile().credential()).isEqualTo(new Secret("guest"));
        assertThat(profile("username", "shop").credential()).isEqualTo(new Secret(""));
    }

    @Test
    void management_is_asked_as_the_same_user_unless_it_has_its_own() {
        var own =
                new RabbitProfile(
                        Settings.of(Map.of("hosts", "a", "managementUsername", "ops"))
                                .withSecret("password", new Secret("p"))
                                .withSecret("managementPassword", new Secret("m")));
        assertThat(own.managementUsername()).isEqualTo("ops");
        assertThat(own.managementPassword()).isEqualTo(new Secret("m"));
        assertThat(profile("username", "shop").managementUsername()).isEqualTo("shop");
        assertThat(profile("signIn", RabbitProfile.TOKEN).managesByToken()).isTrue();
    }

    @Test
    void amqp_uris_are_understood_whole() {
        var pasted =
                new RabbitConnector()
                        .paste(
                                "amqps://shop%40eu:p%2Fw@a.example.org:5679/%2Fprod,amqps://b/%2Fprod")
                        .orElseThrow();

        assertThat(pasted.values())
                .containsEntry("hosts", "a.example.org:5679, b")
                .containsEntry("tls", "true")
                .containsEntry("username", "shop@eu")
                .containsEntry("virtualHost", "/prod");
        assertThat(pasted.secret("password")).isEqualTo(Optional.of(new Secret("p/w")));
        assertThat(pasted.values().toString()).doesNotContain("p/w");
        assertThat(RabbitProfile.SCHEMA.validate(pasted)).isEmpty();
        assertThat(new RabbitConnector().paste("amqp://localhost").orElseThrow().values())
                .containsExactly(Map.entry("hosts", "localhost"));
        assertThat(new RabbitConnector().paste("amqp://localhost/").orElseThrow().values())
                .containsExactly(Map.entry("hosts", "localhost"));
        assertThat(new RabbitConnector().paste("amqp://")).isEmpty();
        assertThat(new RabbitConnector().paste("http://localhost")).isEmpty();
    }

    @Test
    void versions_are_told_apart_by_their_numbers() {
        assertThat(QueueRules.isAtLeast("4.0.0-rc.1", 4, 0)).isTrue();
        assertThat(QueueRules.isAtLeast("4.2.9", 4, 3)).isFalse();
        assertThat(QueueRules.isAtLeast("10.1", 4, 3)).isTrue();
        assertThat(QueueRules.isAtLeast("", 4, 0)).isFalse();
        assertThat(QueueRules.isAtLeast("unknown", 4, 0)).isFalse();
    }

    @Test
    void topic_patterns_take_words() {
        assertThat(TopicPattern.matches("#", "a.b")).isTrue();
        assertThat(TopicPattern.matches("#", "")).isTrue();
        assertThat(TopicPattern.matches("a.*", "a.b")).isTrue();
        assertThat(TopicPattern.matches("a.*", "a")).isFalse();
        assertThat(TopicPattern.matches("a.#", "a")).isTrue();
        assertThat(TopicPattern.matches("a.#.z", "a.b.c.z")).isTrue();
        assertThat(TopicPattern.matches("*.b", "a.c")).isFalse();
        assertThat(TopicPattern.matches("a.#.b.#", "a.x.b.y")).isTrue();
    }

    @Test
    void places_live_on_as_text() {
        var place = new Place("f", 7, 6, 5, 4, List.of(new MessageId("abc-2")));
        var token = ((Cursor.Token) place.cursor()).token();
        assertThat(Place.read(token)).contains(place);
        for (var odd : List.of("", "~", "a~b~c~d~e~f", "f~-1~0~0~0~", "f~1~2~3")) {
            assertThat(Place.read(odd)).as(odd).isEmpty();
        }
    }
}
