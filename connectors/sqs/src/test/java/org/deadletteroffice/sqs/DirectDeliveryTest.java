package org.deadletteroffice.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.deadletteroffice.sqs.DeadSubscriptions.ENVELOPE;
import static org.deadletteroffice.sqs.DeadSubscriptions.TOPIC;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.deadletteroffice.fixtures.Certificates;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.profile.Check;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.sqs.AwsStandIn.Answer;
import org.deadletteroffice.sqs.SnsAnswers.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What SNS could not deliver to a function or an address goes to that one, as SNS would have
/// brought it.
class DirectDeliveryTest {
    private static final String FUNCTION =
            "arn:aws:lambda:eu-central-1:123456789012:function:billing";
    private static final Subscription TO_FUNCTION =
            new Subscription(TOPIC + ":f", "lambda", FUNCTION);

    private DeadSubscriptions dead;
    private HttpServer shop;
    private final List<Delivery> delivered = new CopyOnWriteArrayList<>();
    private volatile int answer = 200;

    private record Delivery(String method, Headers headers, String body) {
        String header(String name) {
            return headers.getFirst(name);
        }
    }

    @BeforeEach
    void start() throws IOException {
        dead = new DeadSubscriptions();
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/orders", this::take);
        shop.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            delivered.add(
                    new Delivery(
                            exchange.getRequestMethod(),
                            exchange.getRequestHeaders(),
                            new String(body, StandardCharsets.UTF_8)));
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(answer, -1);
        }
    }

    @AfterEach
    void stop() {
        shop.stop(0);
        dead.close();
    }

    private String address() {
        return "http://127.0.0.1:" + shop.getAddress().getPort() + "/orders";
    }

    private Subscription toAddress() {
        return new Subscription(TOPIC + ":a", "http", address());
    }

    @Test
    void a_function_is_invoked_with_the_event_that_sns_would_have_made() throws Exception {
        dead.subscribed(false, TO_FUNCTION);
        var letter = dead.letter(ENVELOPE);
        assertThat(letter.failure().origin().queue()).isEqualTo(FUNCTION);
        dead.aws.answer(
                "Invoke",
                request -> {
                    assertThat(request.member("FunctionName")).isEqualTo(FUNCTION);
                    assertThat(request.member("InvocationType")).isEqualTo("Event");
                    assertThat(request.text())
                            .isEqualTo(
                                    """
                                    {"Records":[{"EventSource":"aws:sns","EventVersion":"1.0",\
                                    "EventSubscriptionArn":"%s:f","Sns":%s}]}"""
                                            .formatted(TOPIC, ENVELOPE));
                    return new Answer(202, "", "");
                });

        assertThat(dead.send(letter, FUNCTION, Header.of("x-redrive-id", "job-1-0")))
                .singleElement()
                .isInstanceOfSatisfying(
                        TransferEvent.Sent.class,
                        sent -> assertThat(sent.position()).startsWith("billing request-"));
    }

    @Test
    void a_function_s_event_has_the_names_that_lambda_gives_and_all_that_it_always_has()
            throws Exception {
        dead.subscribed(false, TO_FUNCTION);
        var envelope =
                """
                {"Type":"Notification","MessageId":"m-1","TopicArn":"%s","Message":"a\\n\\"b\\"",\
                "SigningCertURL":"https://sns/c.pem","UnsubscribeURL":"https://sns/u"}"""
                        .formatted(TOPIC);

        assertThat(SnsEvent.of(TO_FUNCTION.arn(), envelope))
                .contains("\"Message\":\"a\\n\\\"b\\\"\"")
                .contains("\"SigningCertUrl\":\"https://sns/c.pem\"")
                .contains("\"UnsubscribeUrl\":\"https://sns/u\"")
                .contains("\"Subject\":null")
                .contains("\"MessageAttributes\":{}");
    }

    @Test
    void any_other_message_is_the_function_s_event_as_it_is() throws Exception {
        var letter = dead.letter("{\"order\":17}");
        dead.aws.answer(
                "Invoke",
                request -> {
                    assertThat(request.text()).isEqualTo("{\"order\":17}");
                    return new Answer(202, "", "");
                });

        assertThat(dead.send(letter, FUNCTION + ":live"))
                .first()
                .isInstanceOf(TransferEvent.Sent.class);
    }

    @Test
    void of_a_function_s_own_record_the_event_goes_and_of_another_s_the_record() throws Exception {
        var record =
                """
                {"version":"1.0","requestContext":{"functionArn":"%s:$LATEST","condition":"RetriesExhausted"},\
                "requestPayload":{"order":17,"note":"a \\"b\\"","rate":1.50,"gone":null,"paid":true},\
                "responsePayload":{"errorType":"PaymentError"}}"""
                        .formatted(FUNCTION);

        assertThat(LambdaRecord.event(record, FUNCTION))
                .contains(
                        "{\"order\":17,\"note\":\"a \\\"b\\\"\",\"rate\":1.50,\"gone\":null,\"paid\":true}");
        assertThat(LambdaRecord.event(record, FUNCTION + ":live")).isPresent();
        assertThat(LambdaRecord.event(record, FUNCTION + "-two")).isEmpty();
        assertThat(LambdaRecord.event(record.substring(0, 200), FUNCTION)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, InvalidRequestContentException, Unsupported, JSON",
        "413, RequestTooLargeException, TooLarge, billing"
    })
    void what_lambda_takes_from_nobody_is_refused_and_stays(
            int status, String code, String kind, String word) throws Exception {
        var letter = dead.letter("no JSON");
        dead.aws.answer("Invoke", Answer.error(status, code, "Could not parse request body"));

        assertThat(dead.send(letter, FUNCTION).getFirst())
                .isInstanceOfSatisfying(
                        TransferEvent.Refused.class,
                        refused -> {
                            assertThat(refused.reason().getClass().getSimpleName()).isEqualTo(kind);
                            assertThat(refused.reason().sentence()).contains(word);
                        });
    }

    @ParameterizedTest
    @CsvSource({
        "404, ResourceNotFoundException, NotFound",
        "403, AccessDeniedException, NotAuthorized",
        "429, TooManyRequestsException, Throttled",
        "500, ServiceException, Unreachable"
    })
    void what_stands_against_all_messages_is_told_and_nothing_counts_as_sent(
            int status, String code, String kind) throws Exception {
        var letter = dead.letter("{}");
        dead.aws.answer("Invoke", Answer.error(status, code, "no"));

        assertThatThrownBy(() -> dead.send(letter, FUNCTION))
                .isInstanceOfSatisfying(
                        BrokerException.class,
                        failed -> {
                            assertThat(failed.getClass().getSimpleName()).isEqualTo(kind);
                            assertThat(failed.sentence()).contains("billing");
                        });
        assertThat(dead.aws.asked("Invoke")).hasSize(1);
    }

    @Test
    void the_check_asks_lambda_whether_it_may_and_prints_the_policy() throws Exception {
        dead.subscribed(false, TO_FUNCTION);
        dead.aws.answer(
                "ListQueues",
                _ -> Answer.ok("{\"QueueUrls\":[\"%s\"]}".formatted(dead.aws.url("billing-dlq"))));
        dead.aws.answer("Invoke", new Answer(204, "", ""));
        var passed = check();
        assertThat(passed.state()).isEqualTo(Check.State.PASSED);
        assertThat(dead.aws.asked("Invoke").getFirst().member("InvocationType"))
                .isEqualTo("DryRun");

        dead.aws.answer("Invoke", Answer.error(403, "AccessDeniedException", "no"));
        var denied = check();
        assertThat(denied.state()).isEqualTo(Check.State.WARNING);
        assertThat(denied.remedy()).isInstanceOf(Remedy.Grant.class);
        assertThat(denied.detail())
                .contains("\"Action\":[\"lambda:InvokeFunction\"],\"Resource\":\"" + FUNCTION);
    }

    private Check check() throws BrokerException {
        var steps = new HashMap<String, Check>();
        dead.connection.checks(check -> steps.put(check.name(), check));
        return Objects.requireNonNull(steps.get(SqsChecks.FUNCTIONS));
    }

    @Test
    void an_address_is_posted_the_envelope_with_the_headers_of_sns() throws Exception {
        dead.subscribed(false, toAddress());
        var letter = dead.letter(ENVELOPE);
        assertThat(letter.failure().origin().queue()).isEqualTo(address());

        assertThat(dead.send(letter, address()))
                .containsExactly(new TransferEvent.Sent(0, address() + " 200"));

        assertThat(delivered).hasSize(1);
        var post = delivered.getFirst();
        assertThat(post.method()).isEqualTo("POST");
        assertThat(post.body()).isEqualTo(ENVELOPE);
        assertThat(post.header("Content-Type")).isEqualTo("text/plain; charset=UTF-8");
        assertThat(post.header("x-amz-sns-message-type")).isEqualTo("Notification");
        assertThat(post.header("x-amz-sns-message-id")).isEqualTo("m-1");
        assertThat(post.header("x-amz-sns-topic-arn")).isEqualTo(TOPIC);
        assertThat(post.header("x-amz-sns-subscription-arn")).isEqualTo(TOPIC + ":a");
        assertThat(post.headers()).doesNotContainKey("X-amz-sns-rawdelivery");
        assertThat(dead.aws.asked("SendMessageBatch")).isEmpty();
    }

    @Test
    void an_address_is_trusted_that_an_authority_of_the_profile_s_file_vouches_for(
            @TempDir Path folder) throws Exception {
        var certificates = new Certificates(folder);
        var secured = secured(certificates.identity("shop", "localhost"));
        var address = "https://localhost:" + secured.getAddress().getPort() + "/orders";
        var subscription = new Subscription(TOPIC + ":s", "https", address);
        var file = certificates.certificatePem("shop").toString();
        try (var trusting = new DeadSubscriptions(settings -> settings.with("caFile", file))) {
            trusting.subscribed(false, subscription);
            dead.subscribed(false, subscription);
            var letter = dead.letter(ENVELOPE);

            assertThat(trusting.send(trusting.letter(ENVELOPE), address))
                    .containsExactly(new TransferEvent.Sent(0, address + " 200"));
            assertThatThrownBy(() -> dead.send(letter, address))
                    .isInstanceOf(BrokerException.Unreachable.class);
            assertThat(delivered).hasSize(1);
        } finally {
            secured.stop(0);
        }
    }

    private HttpsServer secured(Path identity) throws Exception {
        var password = Certificates.PASSWORD.toCharArray();
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(identity.toFile(), password), password);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        var server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/orders", this::take);
        server.start();
        return server;
    }

    @Test
    void an_address_that_is_delivered_raw_is_posted_what_is_inside() throws Exception {
        dead.subscribed(true, toAddress());
        var letter = dead.letter(ENVELOPE);

        assertThat(dead.send(letter, address())).first().isInstanceOf(TransferEvent.Sent.class);

        assertThat(delivered.getFirst().body()).isEqualTo("{\"order\":17}");
        assertThat(delivered.getFirst().header("x-amz-sns-rawdelivery")).isEqualTo("true");
        assertThat(delivered.getFirst().header("x-amz-sns-message-id")).isEqualTo("m-1");
    }

    @Test
    void what_is_no_notification_is_not_posted_as_one() throws Exception {
        dead.subscribed(false, toAddress());
        var letter = dead.letter("{\"order\":17}");

        assertThat(dead.send(letter, address()).getFirst())
                .isInstanceOf(TransferEvent.Refused.class);
        assertThat(delivered).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"400", "413", "422"})
    void a_message_that_the_subscriber_refuses_stays(int status) throws Exception {
        dead.subscribed(false, toAddress());
        var letter = dead.letter(ENVELOPE);
        answer = status;

        assertThat(dead.send(letter, address()).getFirst())
                .isInstanceOfSatisfying(
                        TransferEvent.Refused.class,
                        refused ->
                                assertThat(refused.reason().sentence())
                                        .contains(address())
                                        .contains(Integer.toString(status)));
    }

    @ParameterizedTest
    @CsvSource({
        "302, Unsupported",
        "401, NotAuthorized",
        "404, NotFound",
        "429, Throttled",
        "503, Unreachable"
    })
    void a_subscriber_that_takes_nothing_now_stops_the_job(int status, String kind)
            throws Exception {
        dead.subscribed(false, toAddress());
        var letter = dead.letter(ENVELOPE);
        answer = status;

        assertThatThrownBy(() -> dead.send(letter, address()))
                .isInstanceOfSatisfying(
                        BrokerException.class,
                        failed -> {
                            assertThat(failed.getClass().getSimpleName()).isEqualTo(kind);
                            assertThat(failed.sentence()).contains("answered " + status);
                        });
        assertThat(delivered).as("no redirect is followed, nothing is sent twice").hasSize(1);
    }

    @Test
    void an_address_whose_password_sns_hides_has_no_way_back_but_the_topic() throws Exception {
        dead.subscribed(
                false, new Subscription(TOPIC + ":p", "https", "https://me:****@shop.example.com"));

        var failure = dead.letter(ENVELOPE).failure();

        assertThat(failure.consumer()).isEqualTo(TOPIC + ":p");
        assertThat(failure.origin().queue()).isNull();
    }
}
