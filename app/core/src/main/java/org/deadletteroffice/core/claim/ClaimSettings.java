package org.deadletteroffice.core.claim;

import static org.deadletteroffice.spi.profile.Field.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.deadletteroffice.spi.profile.Field;
import org.deadletteroffice.spi.profile.ProfileSchema;
import org.deadletteroffice.spi.profile.Settings;

/// What a profile says of payloads that lie elsewhere: a field that stands beside those of every
/// kind of broker, since messages with addresses are found on each.
public final class ClaimSettings {
    static final String HOSTS = "payloadHosts";

    private static final Field FIELD =
            text(HOSTS, "Hosts that hold payloads")
                    .hint("files.example.org, 10.0.3.7")
                    .help(
                            "Messages may say at which address their payload lies. Private and"
                                    + " local addresses are fetched from hosts named here alone,"
                                    + " and a rehearsal asks these alone.")
                    .in("Claim checks");

    private ClaimSettings() {}

    /// A broker's fields with this one behind them.
    public static ProfileSchema beside(ProfileSchema broker) {
        var all = new ArrayList<>(broker.fields());
        all.add(FIELD);
        return ProfileSchema.of(all.toArray(Field[]::new));
    }

    /// What is the broker's alone.
    public static Settings without(Settings settings) {
        Map<String, String> values = new LinkedHashMap<>(settings.values());
        values.remove(HOSTS);
        return new Settings(values, settings.secrets());
    }

    /// In lower case.
    static Set<String> hosts(Map<String, String> values) {
        return Arrays.stream(values.getOrDefault(HOSTS, "").split("[,;\\s]+", -1))
                .filter(host -> !host.isBlank())
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }
}
