package org.deadletteroffice.sqs;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileProperty;

/// Fills a profile from what people have at hand: exported environment variables, a section of
/// `~/.aws/config` or `credentials`, a queue's URL or ARN, or the bare name of a shared profile.
final class PastedText {
    private static final Pattern ASSIGNMENT =
            Pattern.compile(
                    "(?:export\\s+|set\\s+|\\$Env:)?([A-Za-z_]+)\\s*=\\s*[\"']?([^\"'\\r\\n]*)[\"']?");
    private static final Pattern SECTION = Pattern.compile("\\[(?:profile\\s+)?([^\\]]+)\\]");
    private static final Pattern ARN =
            Pattern.compile("arn:aws[\\w-]*:(?:sqs|sns):([a-z0-9-]+):\\d{12}:\\S+");
    private static final Pattern AWS_HOST =
            Pattern.compile("sqs\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][\\w.@/-]{0,63}");

    private static final Map<String, String> FIELDS =
            Map.of(
                    "aws_access_key_id", "accessKeyId",
                    "aws_region", "region",
                    "aws_default_region", "region",
                    "region", "region",
                    "aws_profile", "awsProfile",
                    "aws_endpoint_url", "endpoint",
                    "aws_endpoint_url_sqs", "endpoint",
                    "aws_ca_bundle", "caFile",
                    "ca_bundle", "caFile",
                    "endpoint_url", "endpoint");

    private static final Map<String, String> SECRETS =
            Map.of("aws_secret_access_key", "secretKey", "aws_session_token", "sessionToken");

    private PastedText() {}

    /// Empty when the text says nothing of AWS.
    static Optional<Settings> read(String text) {
        var trimmed = text.strip();
        var arn = ARN.matcher(trimmed);
        if (arn.matches()) {
            return Optional.of(Settings.of(Map.of("region", arn.group(1))));
        }
        if (trimmed.startsWith("http://") || trimmed.startsWith("https://")) {
            return address(trimmed);
        }
        var found = assignments(trimmed);
        if (found.isPresent()) {
            return found;
        }
        return NAME.matcher(trimmed).matches() ? Optional.of(shared(trimmed)) : Optional.empty();
    }

    /// A profile of the shared configuration, with the region that stands there.
    private static Settings shared(String name) {
        var values = new LinkedHashMap<String, String>();
        values.put("signIn", SqsProfile.PROFILE);
        values.put("awsProfile", name);
        try {
            ProfileFile.defaultProfileFile()
                    .profile(name)
                    .flatMap(found -> found.property(ProfileProperty.REGION))
                    .ifPresent(region -> values.put("region", region));
        } catch (RuntimeException unreadable) {
            // The checks will say what is wrong with the file.
        }
        return Settings.of(values);
    }

    private static Optional<Settings> address(String text) {
        try {
            var uri = URI.create(text);
            var host = uri.getHost();
            if (host == null) {
                return Optional.empty();
            }
            var aws = AWS_HOST.matcher(host);
            if (aws.matches()) {
                return Optional.of(Settings.of(Map.of("region", aws.group(1))));
            }
            var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return Optional.of(
                    Settings.of(Map.of("endpoint", uri.getScheme() + "://" + host + port)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<Settings> assignments(String text) {
        var values = new LinkedHashMap<String, String>();
        var secrets = new LinkedHashMap<String, Secret>();
        var section = "";
        for (var line : text.lines().map(String::strip).toList()) {
            var head = SECTION.matcher(line);
            if (head.matches()) {
                if (!section.isEmpty()) {
                    break;
                }
                section = head.group(1);
                continue;
            }
            var pair = ASSIGNMENT.matcher(line);
            if (!pair.matches()) {
                continue;
            }
            var name = pair.group(1).toLowerCase(java.util.Locale.ROOT);
            var value = pair.group(2).strip();
            var field = FIELDS.get(name);
            var secret = SECRETS.get(name);
            if (field != null && !value.isEmpty()) {
                values.put(field, value);
            } else if (secret != null && !value.isEmpty()) {
                secrets.put(secret, new Secret(value));
            }
        }
        return signIn(values, secrets, section);
    }

    private static Optional<Settings> signIn(
            Map<String, String> values, Map<String, Secret> secrets, String section) {
        if (secrets.containsKey("secretKey")) {
            values.put("signIn", SqsProfile.KEYS);
        } else if (values.containsKey("awsProfile")) {
            values.put("signIn", SqsProfile.PROFILE);
        } else if (!section.isEmpty()) {
            // SSO, processes and roles stand in the file; the SDK reads them there by name.
            values.put("signIn", SqsProfile.PROFILE);
            values.put("awsProfile", section);
        }
        return values.isEmpty() && secrets.isEmpty()
                ? Optional.empty()
                : Optional.of(new Settings(values, secrets));
    }
}
