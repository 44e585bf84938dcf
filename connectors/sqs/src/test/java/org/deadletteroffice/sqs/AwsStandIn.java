package org.deadletteroffice.sqs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.RequiredTrait;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/// Stands in for what no emulator here has: IAM's refusals, throttling, SNS, STS and Lambda. Each
/// request is checked against the service's model as the SDK carries it (the members of an
/// operation and which of them are required), Lambda's against its API reference, and for a
/// signature for the right service; what is wrong is answered as `ValidationError` and kept for
/// [#close] to fail on.
final class AwsStandIn implements AutoCloseable {
    static final String REGION = "eu-central-1";
    static final String ACCOUNT = "123456789012";
    private static final String FUNCTIONS = "/2015-03-31/functions/";

    /// @param body what the service would send, in its protocol
    record Answer(int status, String code, String body) {
        static Answer ok(String body) {
            return new Answer(200, "", body);
        }

        /// As SQS tells an error.
        static Answer error(int status, String code, String message) {
            return new Answer(
                    status,
                    code,
                    "{\"__type\":\"com.amazonaws.sqs#%s\",\"message\":\"%s\"}"
                            .formatted(code, message));
        }

        /// As IAM's refusals read.
        static Answer denied(String action, String queue) {
            return error(
                    403,
                    "AccessDeniedException",
                    "User: arn:aws:iam::%s:user/bob is not authorized to perform: %s on resource: arn:aws:sqs:%s:%s:%s because no identity-based policy allows the %s action"
                            .formatted(ACCOUNT, action, REGION, ACCOUNT, queue, action));
        }
    }

    /// The answer to a SendMessageBatch without attributes that took the entries whose ids are
    /// named; the SDK compares the checksums.
    static String taken(Asked request, Predicate<String> taken) {
        return JsonNode.parser()
                .parse(request.text())
                .field("Entries")
                .orElseThrow()
                .asArray()
                .stream()
                .filter(entry -> taken.test(entry.field("Id").orElseThrow().text()))
                .map(
                        entry ->
                                "{\"Id\":\"%s\",\"MessageId\":\"id-%s\",\"MD5OfMessageBody\":\"%s\"}"
                                        .formatted(
                                                entry.field("Id").orElseThrow().text(),
                                                entry.field("Id").orElseThrow().text(),
                                                md5(
                                                        entry.field("MessageBody")
                                                                .orElseThrow()
                                                                .text())))
                .collect(Collectors.joining(","));
    }

    /// The answer to a batch of deletions or of visibilities that did all.
    static Answer each(Asked request) {
        return Answer.ok(
                "{\"Successful\":[%s],\"Failed\":[]}"
                        .formatted(
                                JsonNode.parser()
                                        .parse(request.text())
                                        .field("Entries")
                                        .orElseThrow()
                                        .asArray()
                                        .stream()
                                        .map(entry -> entry.field("Id").orElseThrow().text())
                                        .map("{\"Id\":\"%s\"}"::formatted)
                                        .collect(Collectors.joining(","))));
    }

    /// The answer to a ReceiveMessage that gives one message.
    static String message(String id, String body) {
        return "{\"Messages\":[{\"MessageId\":\"%s\",\"ReceiptHandle\":\"handle\",\"MD5OfBody\":\"%s\",\"Body\":\"%s\"}]}"
                .formatted(id, md5(body), body.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    /// The body of the first entry of a SendMessageBatch.
    static String body(Asked request) {
        return JsonNode.parser()
                .parse(request.text())
                .field("Entries")
                .orElseThrow()
                .asArray()
                .getFirst()
                .field("MessageBody")
                .orElseThrow()
                .text();
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("MD5")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// @param text the body as it came
    /// @param members the top members of the request; JSON of SQS, parameters of SNS and STS
    record Asked(String action, String text, Map<String, String> members) {
        /// The empty string where it was left out.
        String member(String name) {
            return members.getOrDefault(name, "");
        }
    }

    private final HttpServer server;
    private final Map<String, Function<Asked, Answer>> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();

    AwsStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
        answer(
                "GetQueueUrl",
                request -> Answer.ok("{\"QueueUrl\":\"%s\"}".formatted(url(name(request)))));
        answer(
                "GetQueueAttributes",
                request ->
                        Answer.ok(
                                "{\"Attributes\":{\"QueueArn\":\"%s\",\"ApproximateNumberOfMessages\":\"1\",\"MaximumMessageSize\":\"1048576\"}}"
                                        .formatted(arn(name(request)))));
        answer("ListSubscriptions", SnsAnswers.subscriptions());
        answer("ListDeadLetterSourceQueues", _ -> Answer.ok("{\"queueUrls\":[]}"));
    }

    private static String name(Asked request) {
        var members = request.members();
        return QueueAddress.nameOf(
                members.getOrDefault("QueueName", members.getOrDefault("QueueUrl", "")));
    }

    static String arn(String queue) {
        return "arn:aws:sqs:" + REGION + ":" + ACCOUNT + ":" + queue;
    }

    String url(String queue) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + ACCOUNT + "/" + queue;
    }

    void answer(String action, Function<Asked, Answer> answer) {
        answers.put(action, answer);
    }

    void answer(String action, Answer answer) {
        answers.put(action, _ -> answer);
    }

    List<Asked> asked(String action) {
        return asked.stream().filter(one -> one.action().equals(action)).toList();
    }

    Settings settings() {
        return Settings.of(
                        Map.of(
                                "endpoint", "http://127.0.0.1:" + server.getAddress().getPort(),
                                "region", REGION,
                                "signIn", "KEYS",
                                "accessKeyId", "AKIAEXAMPLE",
                                "poll", "0s",
                                "timeout", "30s"))
                .withSecret("secretKey", new Secret("example"));
    }

    BrokerConnection open() {
        return new SqsConnector().open("aws", settings());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            var path = exchange.getRequestURI().getRawPath();
            var request =
                    path.startsWith(FUNCTIONS)
                            ? function(exchange, path, text)
                            : target != null ? json(target, text) : query(text);
            asked.add(request);
            var problems =
                    path.startsWith(FUNCTIONS)
                            ? problems(exchange, request)
                            : problems(exchange, request, target != null);
            wrong.addAll(problems);
            var answer =
                    problems.isEmpty()
                            ? answer(request)
                            : Answer.error(400, "ValidationError", String.join("; ", problems));
            if (!answer.code().isEmpty()) {
                exchange.getResponseHeaders().set("x-amzn-query-error", answer.code() + ";Sender");
                exchange.getResponseHeaders().set("x-amzn-ErrorType", answer.code() + ":");
            }
            exchange.getResponseHeaders()
                    .set(
                            "Content-Type",
                            target != null ? "application/x-amz-json-1.0" : "text/xml");
            var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("x-amzn-RequestId", "request-" + asked.size());
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /// What a test does not find in a request it fails with at the end, too.
    private Answer answer(Asked request) {
        try {
            return answers.getOrDefault(
                            request.action(),
                            _ -> Answer.error(400, "InvalidAction", "not stood in for"))
                    .apply(request);
        } catch (AssertionError unexpected) {
            wrong.add(String.valueOf(unexpected.getMessage()));
            return Answer.error(400, "ValidationError", "not as the test has it");
        }
    }

    private static Asked json(String target, String text) {
        var members = new TreeMap<String, String>();
        JsonNode.parser()
                .parse(text)
                .asObject()
                .forEach(
                        (name, value) ->
                                members.put(
                                        name, value.isString() ? value.text() : value.toString()));
        return new Asked(target.substring(target.indexOf('.') + 1), text, members);
    }

    private static Asked query(String text) {
        var members = new TreeMap<String, String>();
        for (var pair : text.split("&")) {
            var equals = pair.indexOf('=');
            members.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
        return new Asked(members.getOrDefault("Action", ""), text, members);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /// Lambda's Invoke (its API Reference): the function in the path, how in a header.
    private static Asked function(HttpExchange exchange, String path, String text) {
        var end = path.indexOf("/invocations");
        var type = exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type");
        return new Asked(
                end < 0 ? "" : "Invoke",
                text,
                Map.of(
                        "FunctionName",
                        end < 0 ? "" : decoded(path.substring(FUNCTIONS.length(), end)),
                        "InvocationType",
                        String.valueOf(type)));
    }

    private static List<String> problems(HttpExchange exchange, Asked request) {
        var problems = new ArrayList<String>();
        if (!exchange.getRequestMethod().equals("POST") || request.action().isEmpty()) {
            problems.add("no invocation");
        }
        if (!List.of("Event", "DryRun").contains(request.member("InvocationType"))) {
            problems.add("would wait for the function");
        }
        unsigned(exchange, "lambda").ifPresent(problems::add);
        return problems;
    }

    private static Optional<String> unsigned(HttpExchange exchange, String service) {
        var signed = exchange.getRequestHeaders().getFirst("Authorization");
        return signed != null && signed.contains("/" + REGION + "/" + service + "/aws4_request")
                ? Optional.empty()
                : Optional.of("not signed for " + service);
    }

    private static List<String> problems(HttpExchange exchange, Asked request, boolean sqs) {
        var problems = new ArrayList<String>();
        var service = sqs ? "sqs" : serviceOf(request.action());
        var signedFor = service.equals("cloudwatch") ? "monitoring" : service;
        unsigned(exchange, signedFor).ifPresent(problems::add);
        var members =
                request.members().keySet().stream()
                        .map(
                                name ->
                                        name.contains(".")
                                                ? name.substring(0, name.indexOf('.'))
                                                : name)
                        .collect(Collectors.toSet());
        if (!sqs) {
            members.removeAll(List.of("Action", "Version"));
        }
        for (var field : model(service, request.action()).sdkFields()) {
            if (!members.remove(field.locationName()) && field.containsTrait(RequiredTrait.class)) {
                problems.add(request.action() + " lacks " + field.locationName());
            }
        }
        members.forEach(member -> problems.add(request.action() + " has no " + member));
        problems.addAll(ServiceLimits.exceeded(request));
        return problems;
    }

    private static String serviceOf(String action) {
        return switch (action) {
            case "PublishBatch", "ListSubscriptions", "GetSubscriptionAttributes" -> "sns";
            case "GetMetricData" -> "cloudwatch";
            default -> "sts";
        };
    }

    private static SdkPojo model(String service, String action) {
        try {
            var request =
                    Class.forName(
                            "software.amazon.awssdk.services.%s.model.%sRequest"
                                    .formatted(service, action));
            return (SdkPojo) request.getMethod("builder").invoke(null);
        } catch (ReflectiveOperationException unknown) {
            throw new LinkageError(service + " has no operation " + action, unknown);
        }
    }

    /// @throws AssertionError when a request was not as the service's model has it
    @Override
    public void close() {
        server.stop(0);
        if (!wrong.isEmpty()) {
            throw new AssertionError("requests against the model: " + wrong);
        }
    }
}
