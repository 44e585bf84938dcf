package org.deadletteroffice.core.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.profile.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// All addresses are literal, so that no name service is asked.
class HostRuleTest {
    private static final HostRule NOBODY = naming("");

    private static HostRule naming(String hosts) {
        return new HostRule(ClaimSettings.hosts(Map.of("payloadHosts", hosts)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "[::1]",
                "0.0.0.0",
                "[::]",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "100.100.100.200",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "[fd12::1]",
                "[::ffff:127.0.0.1]",
                "[::127.0.0.1]",
                "[64:ff9b::10.0.0.1]"
            })
    void what_is_inside_is_asked_when_the_profile_names_it(String host) {
        var uri = URI.create("https://" + host + "/1");
        assertThatThrownBy(() -> NOBODY.check(uri))
                .isInstanceOf(BrokerException.NotAuthorized.class)
                .satisfies(
                        refused ->
                                assertThat(((BrokerException) refused).remedy())
                                        .isEqualTo(new Remedy.Edit("payloadHosts")));
        assertThatCode(() -> naming(uri.getHost()).check(uri)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.170.2",
                "[fe80::1]",
                "[fd00:ec2::254]",
                "168.63.129.16",
                "[::ffff:169.254.169.254]",
                "[64:ff9b::a9fe:a9fe]"
            })
    void where_clouds_keep_credentials_nobody_is_asked_though_named(String host) {
        var uri = URI.create("https://" + host + "/latest/meta-data");

        assertThatThrownBy(() -> naming(uri.getHost()).check(uri))
                .isInstanceOf(BrokerException.NotAuthorized.class)
                .hasMessageContaining("never asked");
    }

    @Test
    void the_public_is_asked_by_https_alone() {
        assertThatCode(() -> NOBODY.check(URI.create("https://192.0.2.1/1")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> NOBODY.check(URI.create("http://192.0.2.1/1")))
                .hasMessageContaining("not encrypted");
        assertThatCode(() -> naming("192.0.2.1").check(URI.create("http://192.0.2.1/1")))
                .doesNotThrowAnyException();
    }

    @Test
    void an_address_with_a_user_in_it_is_not_asked() {
        assertThatThrownBy(() -> NOBODY.check(URI.create("https://files.example.org@192.0.2.1/1")))
                .isInstanceOf(BrokerException.NotAuthorized.class);
    }

    @ParameterizedTest
    @CsvSource({
        "files.example.org, https://FILES.example.ORG:8443/1, true",
        "'x Files.Example.org;10.0.0.1', https://files.example.org/1, true",
        "files.example.org:8443, https://files.example.org:8443/1, true",
        "files.example.org:8443, https://files.example.org/1, false",
        "files.example.org:443, https://files.example.org/1, true",
        "files.example.org:80, http://files.example.org/1, true",
        "files.example.org:80, https://files.example.org/1, false",
        "10.0.0.1:8080, http://10.0.0.1:8080/1, true",
        "fd00::7, https://[fd00::7]/1, true",
        "fd00::7, https://[FD00:0:0:0:0:0:0:7]:8443/1, true",
        "[fd00::7], https://[fd00::7]:8443/1, true",
        "[fd00::7]:8443, https://[fd00:0::7]:8443/1, true",
        "[fd00::7]:8443, https://[fd00::7]/1, false",
        "fd00::7, https://[fe80::1%nosuch]/1, false",
        "example.org, https://files.example.org/1, false",
        "'', https://files.example.org/1, false"
    })
    void hosts_are_named_in_any_spelling_and_with_a_port_for_that_port_alone(
            String hosts, String asked, boolean named) {
        assertThat(naming(hosts).isNamed(URI.create(asked))).isEqualTo(named);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://files.example.org",
                "files.example.org/orders",
                "*.example.org",
                "me@files.example.org",
                "files.example.org:http",
                "10.0.0.0/8",
                "fd00::x"
            })
    void what_is_no_host_is_told_before_a_broker_is_asked(String entry) {
        var settings = Settings.EMPTY.with("payloadHosts", "files.example.org, " + entry);

        assertThatThrownBy(() -> ClaimSettings.without(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(entry);
        assertThat(ClaimSettings.hosts(settings.values())).hasSize(1);
    }

    @Test
    void the_broker_s_own_settings_have_no_hosts() {
        assertThat(
                        ClaimSettings.without(
                                        Settings.EMPTY
                                                .with("hosts", "a")
                                                .with("payloadHosts", "10.0.0.1, [::1]:80"))
                                .values())
                .containsOnlyKeys("hosts");
    }
}
