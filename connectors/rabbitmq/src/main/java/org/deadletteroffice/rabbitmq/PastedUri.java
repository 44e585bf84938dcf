package org.deadletteroffice.rabbitmq;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;

/// Fills a profile from an AMQP URI as RabbitMQ's people write it:
/// `amqps://user:pass@host:5671/vhost`, also several with commas between.
///
/// The rules are those of RabbitMQ's URI specification but one: parts are percent-encoded, no path
/// is the default virtual host. A path of `/` alone would be the one with the empty name; as no
/// profile can name that, and who writes so hardly ever means it, it is the default one as well.
final class PastedUri {
    private static final Pattern START = Pattern.compile("(?i)^amqps?://\\S+$");
    private static final int LONGEST = 4_096;

    private PastedUri() {}

    /// Empty when it is no AMQP URI.
    static Optional<Settings> read(String text) {
        var trimmed = text.strip();
        if (trimmed.length() > LONGEST || !START.matcher(trimmed).matches()) {
            return Optional.empty();
        }
        try {
            var hosts = new ArrayList<String>();
            Map<String, String> values = new LinkedHashMap<>();
            Map<String, Secret> secrets = new LinkedHashMap<>();
            for (var one : trimmed.split(",")) {
                take(URI.create(one.strip()), hosts, values, secrets);
            }
            values.put("hosts", String.join(", ", hosts));
            return Optional.of(new Settings(values, secrets));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static void take(
            URI uri, List<String> hosts, Map<String, String> values, Map<String, Secret> secrets) {
        if (uri.getScheme() == null || uri.getHost() == null) {
            throw new IllegalArgumentException("no host");
        }
        hosts.add(uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
        if (uri.getScheme().toLowerCase(Locale.ROOT).equals("amqps")) {
            values.put("tls", "true");
        }
        var user = uri.getRawUserInfo();
        if (user != null) {
            var colon = user.indexOf(':');
            values.put("username", decoded(colon < 0 ? user : user.substring(0, colon)));
            if (colon >= 0) {
                secrets.put("password", new Secret(decoded(user.substring(colon + 1))));
            }
        }
        var path = uri.getRawPath();
        if (path != null && path.length() > 1) {
            values.put("virtualHost", decoded(path.substring(1)));
        }
        if (uri.getQuery() != null && uri.getQuery().contains("auth_mechanism=external")) {
            values.put("signIn", RabbitProfile.CERTIFICATE);
        }
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
