package org.deadletteroffice.sqs;

import java.util.Optional;
import org.deadletteroffice.spi.profile.Secret;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/// Who signs the requests of a profile. The provider reads files or asks services when it is first
/// used, and again before what it found expires.
///
/// @param sts the client that a role is assumed with; null where none is
record Credentials(AwsCredentialsProvider provider, @Nullable StsClient sts)
        implements AutoCloseable {
    /// The name under which CloudTrail shows what was done here.
    private static final String SESSION = "dead-letter-office";

    static Credentials of(SqsProfile profile, Region region, SdkHttpClient http) {
        return switch (profile.signIn()) {
            case SqsProfile.KEYS -> new Credentials(keys(profile), null);
            case SqsProfile.PROFILE -> new Credentials(shared(profile), null);
            case SqsProfile.ROLE -> role(profile, region, http);
            default -> new Credentials(DefaultCredentialsProvider.builder().build(), null);
        };
    }

    private static AwsCredentialsProvider keys(SqsProfile profile) {
        var id = profile.accessKeyId();
        // An emulator compares no signature, but the SDK does not sign with nothing.
        var secret =
                profile.secretKey()
                        .map(Secret::reveal)
                        .orElse(profile.endpoint().isPresent() ? id : "");
        return StaticCredentialsProvider.create(
                profile.sessionToken().isPresent()
                        ? AwsSessionCredentials.create(id, secret, reveal(profile.sessionToken()))
                        : AwsBasicCredentials.create(id, secret));
    }

    private static String reveal(Optional<Secret> secret) {
        return secret.map(Secret::reveal).orElse("");
    }

    /// Keys, a process, SSO, or a role with its source: as the shared configuration says.
    private static AwsCredentialsProvider shared(SqsProfile profile) {
        return profile.awsProfile()
                .<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
                .orElseGet(ProfileCredentialsProvider::create);
    }

    private static Credentials role(SqsProfile profile, Region region, SdkHttpClient http) {
        var source =
                profile.awsProfile().isPresent()
                        ? shared(profile)
                        : DefaultCredentialsProvider.builder().build();
        var builder = StsClient.builder();
        profile.endpoint().ifPresent(builder::endpointOverride);
        var sts = builder.region(region).credentialsProvider(source).httpClient(http).build();
        var request =
                AssumeRoleRequest.builder().roleArn(profile.roleArn()).roleSessionName(SESSION);
        profile.externalId().ifPresent(request::externalId);
        profile.mfaSerial().ifPresent(request::serialNumber);
        profile.mfaCode().map(Secret::reveal).ifPresent(request::tokenCode);
        return new Credentials(
                StsAssumeRoleCredentialsProvider.builder()
                        .stsClient(sts)
                        .refreshRequest(request.build())
                        .build(),
                sts);
    }

    @Override
    public void close() {
        if (provider instanceof software.amazon.awssdk.utils.SdkAutoCloseable closeable) {
            closeable.close();
        }
        if (sts != null) {
            sts.close();
        }
    }
}
