package org.deadletteroffice.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.deadletteroffice.fixtures.sqs.S3StandIn;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.ObjectStore;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Payloads in S3, by requests whose signatures are computed anew.
class PayloadObjectsTest {
    private static final long MOST = 1 << 20;

    private S3StandIn s3;
    private BrokerConnection connection;
    private ObjectStore objects;

    @BeforeEach
    void start() throws IOException {
        s3 = new S3StandIn(AwsStandIn.REGION);
        connection =
                new SqsConnector()
                        .open(
                                "aws",
                                Settings.of(
                                                Map.of(
                                                        "s3Endpoint",
                                                        s3.endpoint().toString(),
                                                        "region",
                                                        AwsStandIn.REGION,
                                                        "signIn",
                                                        "KEYS",
                                                        "accessKeyId",
                                                        S3StandIn.ACCESS_KEY,
                                                        "timeout",
                                                        "30s"))
                                        .withSecret("secretKey", new Secret(S3StandIn.SECRET_KEY)));
        objects = connection.objects().orElseThrow();
    }

    @AfterEach
    void stop() {
        connection.close();
        s3.close();
    }

    @Test
    void an_object_is_looked_for_and_fetched_whatever_its_key() throws BrokerException {
        var key = "large payloads/ü/../a+b=c&d?e#f%20";
        s3.put("big/" + key, "{\"order\":17}");
        var told = new ArrayList<Long>();

        assertThat(objects.look("big", key))
                .isEqualTo(new ObjectStore.Facts(12, "application/json"));
        var fetched = objects.fetch("big", key, MOST, told::add);

        assertThat(fetched.bytes()).asString().isEqualTo("{\"order\":17}");
        assertThat(fetched.facts().contentType()).isEqualTo("application/json");
        assertThat(told).last().isEqualTo(12L);
        assertThat(s3.asked()).containsExactly("HEAD big/" + key, "GET big/" + key);
    }

    @Test
    void an_empty_object_is_no_missing_one() throws BrokerException {
        s3.put("big/empty", "");

        assertThat(objects.look("big", "empty").size()).isZero();
        assertThat(objects.fetch("big", "empty", MOST, _ -> {}).bytes()).isEmpty();
    }

    @Test
    void a_store_that_does_not_say_how_much_it_sends_is_read_to_its_end() throws BrokerException {
        s3.put("big/17", "x".repeat(200_000));
        s3.conceal();

        assertThat(objects.look("big", "17").size()).isEqualTo(ObjectStore.Facts.UNKNOWN);
        assertThat(objects.fetch("big", "17", MOST, _ -> {}).bytes()).hasSize(200_000);
        assertThatThrownBy(() -> objects.fetch("big", "17", 1_000, _ -> {}))
                .isInstanceOf(BrokerException.TooLarge.class)
                .hasMessageContaining("more bytes");
    }

    @Test
    void what_is_not_there_is_said_with_what_it_means_for_the_consumer() {
        for (var bucket : List.of("big", "none")) {
            s3.refuse("none/17", 404, "NoSuchBucket", Map.of());
            assertThatThrownBy(() -> objects.look(bucket, "17"))
                    .isInstanceOf(BrokerException.NotFound.class)
                    .hasMessageContaining("s3://" + bucket + "/17");
        }
        assertThatThrownBy(() -> objects.fetch("big", "17", MOST, _ -> {}))
                .isInstanceOf(BrokerException.NotFound.class)
                .satisfies(
                        missing ->
                                assertThat(((BrokerException) missing).remedy().sentence())
                                        .contains("a consumer would find nothing"));
        assertThatThrownBy(() -> objects.fetch("none", "17", MOST, _ -> {}))
                .hasMessageContaining("no bucket 'none'");
        s3.refuse("big/gone", 404, "NoSuchKey", Map.of("x-amz-delete-marker", "true"));
        assertThatThrownBy(() -> objects.look("big", "gone")).hasMessageContaining("was deleted");
    }

    @Test
    void without_the_right_nobody_knows_whether_it_is_there() {
        s3.refuse("big/17", 403, "AccessDenied", Map.of());

        assertThatThrownBy(() -> objects.look("big", "17"))
                .isInstanceOf(BrokerException.NotAuthorized.class)
                .hasMessageContaining("may not be read, or is not there")
                .satisfies(
                        denied ->
                                assertThat(((BrokerException) denied).remedy())
                                        .isEqualTo(
                                                new Remedy.Grant(
                                                        "s3:GetObject on arn:aws:s3:::big/17 and"
                                                                + " s3:ListBucket on"
                                                                + " arn:aws:s3:::big")));
    }

    @Test
    void an_archived_object_is_there_and_of_no_use() throws BrokerException {
        s3.put("big/old", new byte[3], "text/plain", Map.of("x-amz-storage-class", "GLACIER"));
        s3.put(
                "big/restored",
                new byte[3],
                "text/plain",
                Map.of(
                        "x-amz-storage-class",
                        "GLACIER",
                        "x-amz-restore",
                        "ongoing-request=\"false\", expiry-date=\"Fri, 21 Dec 2029 00:00:00 GMT\""));

        assertThatThrownBy(() -> objects.look("big", "old"))
                .isInstanceOf(BrokerException.Gone.class)
                .hasMessageContaining("archived");
        assertThat(objects.look("big", "restored").size()).isEqualTo(3);
        s3.refuse("big/old", 403, "InvalidObjectState", Map.of());
        assertThatThrownBy(() -> objects.fetch("big", "old", MOST, _ -> {}))
                .isInstanceOf(BrokerException.Gone.class);
    }

    @Test
    void a_bucket_elsewhere_is_told_and_not_followed() {
        s3.refuse(
                "far/17",
                301,
                "PermanentRedirect",
                Map.of("x-amz-bucket-region", "us-east-1", "Location", "http://127.0.0.1:1/far"));

        assertThatThrownBy(() -> objects.look("far", "17"))
                .isInstanceOf(BrokerException.Unsupported.class)
                .hasMessageContaining("us-east-1");
        assertThat(s3.asked()).containsExactly("HEAD far/17");
    }

    @Test
    void what_is_no_name_is_not_asked_for() {
        for (var bucket :
                List.of(
                        "arn:aws:s3:us-east-1:999999999999:accesspoint/theirs",
                        "../secret",
                        "a/b",
                        "x@evil.example",
                        "")) {
            assertThatThrownBy(() -> objects.look(bucket, "17"))
                    .as(bucket)
                    .isInstanceOf(BrokerException.Unsupported.class);
        }
        assertThatThrownBy(() -> objects.look("big", ""))
                .isInstanceOf(BrokerException.Unsupported.class);
        assertThat(s3.asked()).isEmpty();
    }

    @Test
    void nothing_larger_than_allowed_is_read() {
        s3.put("big/17", "x".repeat(2_000));

        assertThatThrownBy(() -> objects.fetch("big", "17", 1_000, _ -> {}))
                .isInstanceOf(BrokerException.TooLarge.class)
                .hasMessageContaining("2,000 bytes");
    }

    @Test
    void bytes_that_do_not_fit_their_checksum_are_no_payload() {
        s3.put("big/17", "{\"order\":17}");
        s3.damage();

        assertThatThrownBy(() -> objects.fetch("big", "17", MOST, _ -> {}))
                .isInstanceOf(BrokerException.class);
    }

    @Test
    void a_store_that_is_silent_is_named_with_the_time_that_was_waited() {
        var profile = new SqsProfile(Settings.of(Map.of("region", AwsStandIn.REGION)));
        var calls = new Calls(new SqsErrors(profile), profile.timeout());
        var other = calls.to(new SqsErrors(profile, "S3", Optional.of(s3.endpoint())));

        assertThatThrownBy(
                        () ->
                                other.call(
                                        Act.fetching("s3://big/17"),
                                        Duration.ofMillis(200),
                                        () -> new CountDownLatch(1).await(1, TimeUnit.HOURS)))
                .hasMessage(
                        "No answer from %s within 0.2 s while fetching s3://big/17."
                                .formatted(s3.endpoint()));
    }

    @Test
    void a_fetch_ends_when_it_is_interrupted() throws Exception {
        s3.put("big/17", "x".repeat(200_000));
        s3.stopHalfway();
        var halfway = new CountDownLatch(1);
        var fetch =
                new FutureTask<>(
                        () -> {
                            try {
                                return objects.fetch("big", "17", MOST, _ -> halfway.countDown());
                            } finally {
                                halfway.countDown();
                            }
                        });
        var thread = Thread.ofVirtual().start(fetch);
        halfway.await();

        thread.interrupt();

        assertThatThrownBy(fetch::get).hasCauseInstanceOf(BrokerException.Cancelled.class);
    }
}
