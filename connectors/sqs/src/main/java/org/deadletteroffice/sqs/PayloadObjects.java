package org.deadletteroffice.sqs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.deadletteroffice.spi.connector.ObjectStore;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;

/// Objects in S3 that messages of Amazon's extended clients point to. Neither the bucket nor the
/// key is trusted: what is no plain name is not asked for, and S3's word that a bucket lies
/// elsewhere is told and not followed.
final class PayloadObjects implements ObjectStore {
    /// A name, also of the time when upper case was allowed; neither an ARN nor a path.
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{2,254}");

    private static final int MOST_KEY = 1_024;

    /// For the largest that is fetched, over a slow line.
    private static final Duration MOST_TIME = Duration.ofMinutes(2);

    private static final Set<String> ARCHIVED = Set.of("GLACIER", "DEEP_ARCHIVE");
    private static final int CHUNK = 64 << 10;

    private final Account account;
    private final SqsErrors errors;
    private final Calls calls;

    PayloadObjects(Account account) {
        this.account = account;
        this.errors = new SqsErrors(account.profile(), "S3", account.profile().objectEndpoint());
        this.calls = account.calls().to(errors);
    }

    @Override
    public Facts look(String bucket, String key) throws BrokerException {
        var object = named(bucket, key);
        var act = Act.looking(object);
        var answer =
                calls.call(
                        act,
                        () -> {
                            try {
                                return account.clients()
                                        .s3()
                                        .headObject(
                                                HeadObjectRequest.builder()
                                                        .bucket(bucket)
                                                        .key(key)
                                                        .build());
                            } catch (AwsServiceException refused) {
                                throw told(refused, bucket, key, act);
                            }
                        });
        var restored = answer.restore();
        var storage = answer.storageClassAsString();
        if (storage != null
                && ARCHIVED.contains(storage)
                && (restored == null || !restored.contains("ongoing-request=\"false\""))) {
            throw archived(object, null);
        }
        return new Facts(length(answer.contentLength()), answer.contentType());
    }

    /// S3 always says it; a proxy or another store may not.
    private static long length(@Nullable Long said) {
        return said == null ? Facts.UNKNOWN : said;
    }

    @Override
    public Fetched fetch(String bucket, String key, long most, LongConsumer progress)
            throws BrokerException {
        var object = named(bucket, key);
        var act = Act.fetching(object);
        return calls.call(
                act,
                MOST_TIME,
                () -> {
                    try (var in =
                            account.clients()
                                    .s3()
                                    .getObject(
                                            GetObjectRequest.builder()
                                                    .bucket(bucket)
                                                    .key(key)
                                                    // Not sent unless asked for.
                                                    .checksumMode(ChecksumMode.ENABLED)
                                                    .build(),
                                            ResponseTransformer.toInputStream())) {
                        return read(in, object, most, progress);
                    } catch (AwsServiceException refused) {
                        throw told(refused, bucket, key, act);
                    }
                });
    }

    private static Fetched read(
            ResponseInputStream<GetObjectResponse> in,
            String object,
            long most,
            LongConsumer progress)
            throws IOException, BrokerException {
        var answer = in.response();
        var whole = false;
        try {
            var said = length(answer.contentLength());
            if (said > most) {
                throw tooLarge(object, Numerals.of(said), most);
            }
            var bytes = new ByteArrayOutputStream(said < 0 ? CHUNK : Math.toIntExact(said));
            var chunk = new byte[CHUNK];
            // The end of the stream is where the SDK compares the checksum.
            for (int read; (read = in.read(chunk)) >= 0; ) {
                bytes.write(chunk, 0, read);
                if (bytes.size() > most) {
                    throw tooLarge(object, "more", most);
                }
                progress.accept(bytes.size());
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("stopped");
                }
            }
            if (said >= 0 && bytes.size() != said) {
                throw new IOException(
                        "%s bytes of %s came"
                                .formatted(Numerals.of(bytes.size()), Numerals.of(said)));
            }
            whole = true;
            return new Fetched(new Facts(bytes.size(), answer.contentType()), bytes.toByteArray());
        } finally {
            if (!whole) {
                // Closing would read the rest first.
                in.abort();
            }
        }
    }

    private static String named(String bucket, String key) throws BrokerException {
        var object = "s3://" + bucket + '/' + key;
        if (!BUCKET.matcher(bucket).matches()) {
            throw new BrokerException.Unsupported(
                    "'%s' is no name of a bucket, so nothing was asked for.".formatted(bucket),
                    new Remedy.Advice("See who wrote this message."),
                    null);
        }
        if (key.isEmpty() || key.length() > MOST_KEY) {
            throw new BrokerException.Unsupported(
                    "An object's key has 1 to 1,024 bytes, so nothing was asked for.",
                    new Remedy.Advice("See who wrote this message."),
                    null);
        }
        return object;
    }

    /// What is said of objects; the rest is as in every other answer of AWS.
    private BrokerException told(AwsServiceException answer, String bucket, String key, Act act) {
        var object = act.target();
        var details = answer.awsErrorDetails();
        var code = details == null || details.errorCode() == null ? "" : details.errorCode();
        if (code.equals("NoSuchBucket")) {
            return new BrokerException.NotFound(
                    "There is no bucket '%s'.".formatted(bucket), rewrite(), answer);
        }
        if (answer.statusCode() == 404) {
            var deleted = header(answer, "x-amz-delete-marker");
            return new BrokerException.NotFound(
                    "true".equals(deleted)
                            ? "The object %s was deleted; the bucket may keep an older version."
                                    .formatted(object)
                            : "There is no object %s.".formatted(object),
                    rewrite(),
                    answer);
        }
        if (code.equals("InvalidObjectState")) {
            return archived(String.valueOf(object), answer);
        }
        var region = header(answer, "x-amz-bucket-region");
        if (region != null && !region.equals(account.profile().region())) {
            return new BrokerException.Unsupported(
                    "The bucket '%s' lies in the region %s, not in %s, and is not followed there."
                            .formatted(bucket, region, account.profile().region()),
                    new Remedy.Advice(
                            "Set the endpoint of S3 in the profile to https://s3.%s.amazonaws.com."
                                    .formatted(region)),
                    answer);
        }
        // An answer to HEAD has no body that could say more.
        if (answer.statusCode() == 403 && (code.isEmpty() || code.equals("AccessDenied"))) {
            return new BrokerException.NotAuthorized(
                    "%s may not be read, or is not there: S3 tells only those who may list the bucket."
                            .formatted(object),
                    new Remedy.Grant(
                            "s3:GetObject on arn:aws:s3:::%s/%s and s3:ListBucket on arn:aws:s3:::%s"
                                    .formatted(bucket, key, bucket)),
                    answer);
        }
        return errors.of(answer, act);
    }

    private static @Nullable String header(AwsServiceException answer, String name) {
        var details = answer.awsErrorDetails();
        return details == null || details.sdkHttpResponse() == null
                ? null
                : details.sdkHttpResponse().firstMatchingHeader(name).orElse(null);
    }

    private static Remedy rewrite() {
        return new Remedy.Advice(
                "Let its producer write it again before the message is sent; a consumer would find"
                        + " nothing.");
    }

    private static BrokerException archived(String object, @Nullable Throwable cause) {
        return new BrokerException.Gone(
                "The object %s is archived and cannot be read as it is.".formatted(object),
                new Remedy.Advice("Restore it in S3 first (aws s3api restore-object)."),
                cause);
    }

    /// @param size as words
    private static BrokerException tooLarge(String object, String size, long most) {
        return new BrokerException.TooLarge(
                "The object %s has %s bytes; up to %s are fetched here."
                        .formatted(object, size, Numerals.of(most)),
                most,
                new Remedy.Advice("Fetch it with: aws s3 cp " + object + " ."),
                null);
    }
}
