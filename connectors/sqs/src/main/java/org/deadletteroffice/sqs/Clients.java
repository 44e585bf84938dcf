package org.deadletteroffice.sqs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import org.deadletteroffice.spi.error.BrokerException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/// The SDK's clients of one profile, made when they are first needed: looking up credentials may
/// read files or ask the network. Thread-safe; blocks while a client is made.
final class Clients implements AutoCloseable {
    /// Enough for the receivers, senders and removers of two jobs.
    static final int CONNECTIONS = 160;

    private final SqsProfile profile;
    private @Nullable SdkHttpClient http;
    private @Nullable Credentials credentials;
    private @Nullable SqsClient sqs;
    private @Nullable SnsClient sns;
    private @Nullable StsClient sts;
    private @Nullable CloudWatchClient cloudWatch;
    private @Nullable S3Client s3;
    private @Nullable HttpClient web;
    private boolean closed;

    Clients(SqsProfile profile) {
        this.profile = profile;
    }

    synchronized SqsClient sqs() throws BrokerException {
        if (sqs == null) {
            // Bodies and attributes are compared by the SDK with the service's MD5.
            sqs = build(SqsClient.builder());
        }
        return sqs;
    }

    synchronized SnsClient sns() throws BrokerException {
        if (sns == null) {
            sns = build(SnsClient.builder());
        }
        return sns;
    }

    synchronized StsClient sts() throws BrokerException {
        if (sts == null) {
            sts = build(StsClient.builder());
        }
        return sts;
    }

    synchronized CloudWatchClient cloudWatch() throws BrokerException {
        if (cloudWatch == null) {
            cloudWatch = build(CloudWatchClient.builder());
        }
        return cloudWatch;
    }

    synchronized S3Client s3() throws BrokerException {
        if (s3 == null) {
            var endpoint = profile.objectEndpoint();
            s3 =
                    build(
                            S3Client.builder()
                                    // Other stores seldom have a name for each bucket.
                                    .forcePathStyle(endpoint.isPresent())
                                    // A message's bucket is a name, not the way to another region
                                    // or account.
                                    .crossRegionAccessEnabled(false)
                                    .serviceConfiguration(more -> more.useArnRegionEnabled(false))
                                    .disableS3ExpressSessionAuth(true),
                            endpoint);
        }
        return s3;
    }

    private SdkHttpClient ready() throws BrokerException {
        if (closed) {
            throw SqsErrors.cancelled(Act.signingIn(), null);
        }
        if (http == null) {
            http = http();
        }
        return http;
    }

    private Credentials signing(SdkHttpClient client) {
        if (credentials == null) {
            credentials = Credentials.of(profile, region(), client);
        }
        return credentials;
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C build(B builder)
            throws BrokerException {
        return build(builder, profile.endpoint());
    }

    /// Only [Calls] asks for clients, and it is closed before.
    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C build(
            B builder, Optional<URI> endpoint) throws BrokerException {
        var client = ready();
        builder.region(region()).credentialsProvider(signing(client).provider()).httpClient(client);
        // The engine and the holds wait and try again where that is safe; a batch that is sent
        // twice behind their backs would be a duplicate.
        builder.overrideConfiguration(more -> more.retryStrategy(AwsRetryStrategy.doNotRetry()));
        endpoint.ifPresent(builder::endpointOverride);
        return builder.build();
    }

    /// One request to a service that has no client here, signed; blocks until it is answered.
    ///
    /// @param service as its requests are signed for
    HttpExecuteResponse signed(SdkHttpRequest request, byte[] body, String service, Region region)
            throws BrokerException, IOException {
        SdkHttpClient client;
        Credentials signer;
        synchronized (this) {
            client = ready();
            signer = signing(client);
        }
        var signed =
                AwsV4HttpSigner.create()
                        .sign(
                                sign ->
                                        sign.identity(signer.provider().resolveCredentials())
                                                .request(request)
                                                .payload(ContentStreamProvider.fromByteArray(body))
                                                .putProperty(
                                                        AwsV4HttpSigner.SERVICE_SIGNING_NAME,
                                                        service)
                                                .putProperty(
                                                        AwsV4HttpSigner.REGION_NAME, region.id()));
        return client.prepareRequest(
                        HttpExecuteRequest.builder()
                                .request(signed.request())
                                .contentStreamProvider(
                                        signed.payload()
                                                .orElseGet(
                                                        () ->
                                                                ContentStreamProvider.fromByteArray(
                                                                        body)))
                                .build())
                .call();
    }

    /// For what is no service of AWS's.
    synchronized HttpClient web() throws BrokerException {
        if (closed) {
            throw SqsErrors.cancelled(Act.signingIn(), null);
        }
        if (web == null) {
            var builder =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .connectTimeout(profile.timeout())
                            .followRedirects(HttpClient.Redirect.NEVER);
            var file = profile.caFile();
            if (file.isPresent()) {
                // What is no service of AWS's lies anywhere, behind the same proxy or not.
                builder.sslContext(TrustFile.read(file.get()).besideTheSystem());
            }
            web = builder.build();
        }
        return web;
    }

    Region region() {
        return Region.of(profile.region());
    }

    private SdkHttpClient http() throws BrokerException {
        var builder =
                ApacheHttpClient.builder()
                        .maxConnections(CONNECTIONS)
                        .connectionTimeout(profile.timeout())
                        // A long poll is silent for its whole time.
                        .socketTimeout(profile.timeout().plus(profile.poll()))
                        .connectionAcquisitionTimeout(profile.timeout())
                        .connectionMaxIdleTime(Duration.ofSeconds(30));
        var file = profile.caFile();
        if (file.isPresent()) {
            var trusted = TrustFile.read(file.get()).alone();
            builder.tlsTrustManagersProvider(() -> trusted);
        }
        return builder.build();
    }

    /// Where a service answers, for what asks it without its client; China's regions have another
    // domain.
    static URI address(String service, Region region) {
        var known = region.metadata();
        var domain = known == null ? "amazonaws.com" : known.partition().dnsSuffix();
        return URI.create("https://" + service + '.' + region.id() + '.' + domain);
    }

    /// The host that is asked, for a diagnosis before the SDK is used.
    URI address() {
        return profile.endpoint().orElseGet(() -> address("sqs", region()));
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (web != null) {
            web.shutdownNow();
        }
        for (var each :
                new @Nullable AutoCloseable[] {sqs, sns, sts, cloudWatch, s3, credentials, http}) {
            if (each != null) {
                try {
                    each.close();
                } catch (Exception stubborn) {
                    org.slf4j.LoggerFactory.getLogger(Clients.class)
                            .debug("A client did not close.", stubborn);
                }
            }
        }
    }
}
