package org.deadletteroffice.sqs;

import static org.deadletteroffice.spi.profile.Field.choice;
import static org.deadletteroffice.spi.profile.Field.secret;
import static org.deadletteroffice.spi.profile.Field.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.spi.profile.Field;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import org.deadletteroffice.spi.schema.SchemaService;

/// The schema registry of AWS Glue, whose serializers write into Kafka, Kinesis and queues alike.
public final class GlueRegistry implements SchemaService {
    private static final String SIGN_IN = "glueSignIn";

    /// Of each field the one of [SqsProfile] that it stands for: AWS has one way to sign in.
    private static final Map<String, String> MEANT =
            Map.of(
                    "glueRegion",
                    "region",
                    "glueEndpoint",
                    "endpoint",
                    SIGN_IN,
                    "signIn",
                    "glueProfile",
                    "awsProfile",
                    "glueRole",
                    "roleArn",
                    "glueAccessKeyId",
                    "accessKeyId",
                    "glueSecretKey",
                    "secretKey",
                    "glueSessionToken",
                    "sessionToken");

    static final String REGISTRY = "glueRegistry";

    @Override
    public String kind() {
        return "GLUE";
    }

    @Override
    public List<Field> fields() {
        return List.of(
                text("glueRegion", "Region of Glue").hint("eu-central-1").mandatory(),
                choice(
                                SIGN_IN,
                                "Sign-in to Glue",
                                List.of(
                                        SqsProfile.CHAIN,
                                        SqsProfile.PROFILE,
                                        SqsProfile.KEYS,
                                        SqsProfile.ROLE))
                        .help(
                                "CHAIN: environment, web identity, shared configuration,"
                                        + " container, instance, in that order."),
                text("glueProfile", "Shared configuration profile for Glue")
                        .hint("schemas-prod")
                        .help("A profile of ~/.aws/config: keys, role, process or SSO.")
                        .shownWhen(SIGN_IN, SqsProfile.PROFILE, SqsProfile.ROLE),
                text("glueRole", "Role to assume for Glue")
                        .hint("arn:aws:iam::123456789012:role/schemas")
                        .shownWhen(SIGN_IN, SqsProfile.ROLE)
                        .mandatory(),
                text("glueAccessKeyId", "Access key id for Glue")
                        .shownWhen(SIGN_IN, SqsProfile.KEYS)
                        .mandatory(),
                secret("glueSecretKey", "Secret access key for Glue")
                        .shownWhen(SIGN_IN, SqsProfile.KEYS),
                secret("glueSessionToken", "Session token for Glue")
                        .help("For temporary keys.")
                        .shownWhen(SIGN_IN, SqsProfile.KEYS),
                text(REGISTRY, "Registry in Glue")
                        .preset("default-registry")
                        .help("Where the latest schema of a name is looked for."),
                text("glueEndpoint", "Endpoint of Glue")
                        .help("Only for what is not AWS itself: a VPC endpoint, an emulator."));
    }

    @Override
    public Lookup open(Settings settings) {
        var values = new LinkedHashMap<String, String>();
        var secrets = new LinkedHashMap<String, Secret>();
        MEANT.forEach(
                (ours, theirs) -> {
                    settings.get(ours).ifPresent(value -> values.put(theirs, value));
                    settings.secret(ours).ifPresent(value -> secrets.put(theirs, value));
                });
        return new GlueLookup(
                new SqsProfile(new Settings(values, secrets)),
                settings.get(REGISTRY).filter(name -> !name.isBlank()).orElse("default-registry"));
    }
}
