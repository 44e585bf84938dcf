package org.deadletteroffice.core.claim;

import static org.deadletteroffice.spi.profile.Field.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.deadletteroffice.spi.profile.Field;
import org.deadletteroffice.spi.profile.ProfileSchema;
import org.deadletteroffice.spi.profile.Settings;

/// What a profile says of payloads that lie elsewhere: fields that stand beside those of every kind
/// of broker, since such messages are found on each.
public final class ClaimSettings {
    static final String HOSTS = "payloadHosts";
    static final String STORE = "payloadProfile";

    private static final Field HOSTS_FIELD =
            text(HOSTS, "Hosts that hold payloads")
                    .hint("files.example.org, 10.0.3.7:8443")
                    .help(
                            "Messages may say at which address their payload lies. Private and"
                                    + " local addresses are fetched from hosts named here alone,"
                                    + " and a rehearsal asks these alone; with a port, from that"
                                    + " port alone.")
                    .in("Claim checks");

    private static final Field STORE_FIELD =
            text(STORE, "Profile with the rights to S3")
                    .hint("sqs-production")
                    .help(
                            "Messages may say in which object of S3 their payload lies. It is"
                                    + " looked for with the sign-in of this profile, one of Amazon"
                                    + " SQS; empty for this profile's own.")
                    .in("Claim checks");

    private ClaimSettings() {}

    /// A broker's fields with these behind them.
    public static ProfileSchema beside(ProfileSchema broker) {
        var all = new ArrayList<>(broker.fields());
        all.add(HOSTS_FIELD);
        all.add(STORE_FIELD);
        return ProfileSchema.of(all.toArray(Field[]::new));
    }

    /// What is the broker's alone.
    ///
    /// @throws IllegalArgumentException with a sentence, when what is left out makes no sense
    public static Settings without(Settings settings) {
        for (var entry : entries(settings.values())) {
            if (NamedHost.read(entry).isEmpty()) {
                throw new IllegalArgumentException(
                        "'%s' among the hosts that hold payloads is no host, host:port or [IPv6]:port."
                                .formatted(entry));
            }
        }
        Map<String, String> values = new LinkedHashMap<>(settings.values());
        values.remove(HOSTS);
        values.remove(STORE);
        return new Settings(values, settings.secrets());
    }

    /// The profile whose store it is; empty for its own.
    static Optional<String> store(Map<String, String> values) {
        return Optional.ofNullable(values.get(STORE))
                .map(String::strip)
                .filter(name -> !name.isEmpty());
    }

    static Set<NamedHost> hosts(Map<String, String> values) {
        return entries(values).stream()
                .flatMap(entry -> NamedHost.read(entry).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> entries(Map<String, String> values) {
        return Arrays.stream(values.getOrDefault(HOSTS, "").split("[,;\\s]+", -1))
                .filter(entry -> !entry.isEmpty())
                .toList();
    }
}
