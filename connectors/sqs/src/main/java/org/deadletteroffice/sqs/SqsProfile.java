package org.deadletteroffice.sqs;

import static org.deadletteroffice.spi.profile.Field.choice;
import static org.deadletteroffice.spi.profile.Field.duration;
import static org.deadletteroffice.spi.profile.Field.file;
import static org.deadletteroffice.spi.profile.Field.flag;
import static org.deadletteroffice.spi.profile.Field.secret;
import static org.deadletteroffice.spi.profile.Field.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.profile.ProfileSchema;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;

/// How to reach SQS in one account and region: the fields of a profile, and what they mean.
final class SqsProfile {
    static final String CHAIN = "CHAIN";
    static final String PROFILE = "PROFILE";
    static final String KEYS = "KEYS";
    static final String ROLE = "ROLE";
    private static final String SECURITY = "Security";
    private static final String LOOKING = "Looking";
    private static final String ADVANCED = "Advanced";
    private static final Duration LEAST_TIMEOUT = Duration.ofSeconds(1);

    /// What SQS allows for one receive; less than the first leaves no time to extend it.
    private static final Duration LEAST_HIDING = Duration.ofSeconds(10);

    private static final Duration MOST_HIDING = Duration.ofHours(12);
    private static final Duration MOST_POLL = Duration.ofSeconds(20);

    static final ProfileSchema SCHEMA =
            ProfileSchema.of(
                    text("region", "Region")
                            .hint("eu-central-1")
                            .help("The queues of one region are seen; make a profile for each.")
                            .mandatory(),
                    text("endpoint", "Endpoint")
                            .hint("http://localhost:9324")
                            .help("Only for what is not AWS itself: a VPC endpoint, an emulator."),
                    text("queuePrefix", "Queues whose names begin with")
                            .help("Left empty, all queues of the account and region are listed."),
                    choice("signIn", "Sign-in", List.of(CHAIN, PROFILE, KEYS, ROLE))
                            .help(
                                    "CHAIN: environment, web identity, shared configuration,"
                                            + " container, instance, in that order.")
                            .in(SECURITY),
                    text("awsProfile", "Shared configuration profile")
                            .hint("orders-prod")
                            .help("A profile of ~/.aws/config: keys, role, process or SSO.")
                            .shownWhen("signIn", PROFILE, ROLE)
                            .in(SECURITY),
                    text("accessKeyId", "Access key id")
                            .shownWhen("signIn", KEYS)
                            .mandatory()
                            .in(SECURITY),
                    secret("secretKey", "Secret access key")
                            .help("May be left empty for an emulator.")
                            .shownWhen("signIn", KEYS)
                            .in(SECURITY),
                    secret("sessionToken", "Session token")
                            .help("For temporary keys.")
                            .shownWhen("signIn", KEYS)
                            .in(SECURITY),
                    text("roleArn", "Role to assume")
                            .hint("arn:aws:iam::123456789012:role/operator")
                            .shownWhen("signIn", ROLE)
                            .mandatory()
                            .in(SECURITY),
                    text("externalId", "External id").shownWhen("signIn", ROLE).in(SECURITY),
                    text("mfaSerial", "MFA device")
                            .hint("arn:aws:iam::123456789012:mfa/alice")
                            .shownWhen("signIn", ROLE)
                            .in(SECURITY),
                    secret("mfaCode", "MFA code")
                            .help("The six digits shown now; good for one sign-in.")
                            .shownWhen("signIn", ROLE)
                            .in(SECURITY),
                    file("caFile", "Trusted certificates")
                            .help("PEM, where a proxy or an emulator has its own authority.")
                            .in(SECURITY),
                    duration("visibility", "Hide what is looked at for")
                            .preset("2m")
                            .help(
                                    "Extended while a view is open, undone when it is left; a"
                                            + " crash hides messages for up to this long.")
                            .in(LOOKING),
                    duration("poll", "Wait for messages for")
                            .preset("1s")
                            .help("One long poll, 0 to 20 s. Several empty ones mean the end.")
                            .in(LOOKING),
                    flag("metrics", "Ask CloudWatch")
                            .preset("true")
                            .help(
                                    "Age of the oldest message and rates, once a minute; each metric"
                                            + " is charged.")
                            .in(LOOKING),
                    flag("topics", "Ask SNS")
                            .preset("true")
                            .help(
                                    "Whose subscriptions' undeliverable messages lie in a queue,"
                                            + " every five minutes; a request for each"
                                            + " subscription.")
                            .in(LOOKING),
                    text("s3Endpoint", "Endpoint of S3")
                            .hint("https://minio.example.org")
                            .help(
                                    "Where payloads lie that messages point to; left empty, the"
                                            + " endpoint above, else S3 of the region.")
                            .in(ADVANCED),
                    duration("timeout", "Give up after").preset("10s").in(ADVANCED));

    private final Settings settings;

    /// Asked for each message.
    private final boolean asksSns;

    /// @throws IllegalArgumentException with a sentence, when the fields make no sense
    SqsProfile(Settings settings) {
        this.settings = settings;
        var problems = SCHEMA.validate(settings);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.getFirst().sentence());
        }
        var _ = endpoint();
        var _ = objectEndpoint();
        this.asksSns = value("topics").equals("true");
    }

    String region() {
        return value("region").strip();
    }

    /// Where an emulator or a VPC endpoint answers; empty for AWS itself.
    Optional<URI> endpoint() {
        return address("endpoint", "Endpoint");
    }

    /// Where payloads lie; empty for S3 of the region.
    Optional<URI> objectEndpoint() {
        return address("s3Endpoint", "Endpoint of S3").or(this::endpoint);
    }

    private Optional<URI> address(String field, String label) {
        return given(field)
                .map(
                        text -> {
                            try {
                                var uri = new URI(text);
                                if (uri.getHost() == null || uri.getScheme() == null) {
                                    throw new IllegalArgumentException(notAnAddress(label, text));
                                }
                                return uri;
                            } catch (URISyntaxException wrong) {
                                throw new IllegalArgumentException(
                                        notAnAddress(label, text), wrong);
                            }
                        });
    }

    private static String notAnAddress(String label, String text) {
        return label + " is an address such as http://localhost:9324, not '" + text + "'.";
    }

    String queuePrefix() {
        return value("queuePrefix");
    }

    String signIn() {
        return value("signIn");
    }

    Optional<String> awsProfile() {
        return given("awsProfile");
    }

    String accessKeyId() {
        return value("accessKeyId");
    }

    Optional<Secret> secretKey() {
        return settings.secret("secretKey");
    }

    Optional<Secret> sessionToken() {
        return settings.secret("sessionToken");
    }

    String roleArn() {
        return value("roleArn");
    }

    Optional<String> externalId() {
        return given("externalId");
    }

    Optional<String> mfaSerial() {
        return given("mfaSerial");
    }

    Optional<Secret> mfaCode() {
        return settings.secret("mfaCode");
    }

    Optional<Path> caFile() {
        return given("caFile").map(Path::of);
    }

    Duration visibility() {
        return between(time("visibility"), LEAST_HIDING, MOST_HIDING);
    }

    Duration poll() {
        return between(time("poll"), Duration.ZERO, MOST_POLL);
    }

    boolean asksCloudWatch() {
        return value("metrics").equals("true");
    }

    boolean asksSns() {
        return asksSns;
    }

    /// At least a second, so that a slip in the form does not make every call fail.
    Duration timeout() {
        return between(time("timeout"), LEAST_TIMEOUT, Duration.ofHours(1));
    }

    private static Duration between(Duration value, Duration least, Duration most) {
        return value.compareTo(least) < 0 ? least : value.compareTo(most) > 0 ? most : value;
    }

    private Duration time(String name) {
        return ProfileSchema.parseDuration(value(name));
    }

    private Optional<String> given(String name) {
        var value = value(name).strip();
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private String value(String name) {
        var field = SCHEMA.field(name).orElseThrow();
        return SCHEMA.isShown(field, settings) ? SCHEMA.value(field, settings) : "";
    }
}
