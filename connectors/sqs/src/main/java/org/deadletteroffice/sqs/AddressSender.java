package org.deadletteroffice.sqs;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;

/// A POST to an HTTP or HTTPS subscriber in the form of SNS (SNS Developer Guide, "HTTP/HTTPS
/// message JSON format"). The envelope still bears the signature that SNS gave it; nothing is
/// signed anew.
final class AddressSender implements Sender {
    /// What SNS waits for an answer, at most.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    private static final Duration SOON = Duration.ofSeconds(1);

    /// As SNS makes them, and safe in a header.
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,100}");

    private final Account account;
    private final Destination.Address address;

    AddressSender(Account account, Destination.Address address) {
        this.account = account;
        this.address = address;
    }

    @Override
    public int mostMessages() {
        return 1;
    }

    @Override
    public int mostBytes() {
        return address.maxBytes();
    }

    @Override
    public Outcome send(List<Prepared> batch) throws BrokerException {
        var message = batch.getFirst();
        var request = request(message);
        try {
            return outcome(account.clients().web().send(request, BodyHandlers.discarding()));
        } catch (IOException silent) {
            throw new BrokerException.Unreachable(
                    "No answer from " + address.name() + '.',
                    new Remedy.Advice(
                            "See whether it can be reached from this machine, and its certificate"
                                    + " be trusted."),
                    silent);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw SqsErrors.cancelled(Act.delivering(address.name()), stop);
        }
    }

    private HttpRequest request(Prepared message) throws BrokerException {
        var payload = message.outgoing().payload();
        var body = payload == null ? "" : new String(payload, StandardCharsets.UTF_8);
        var subscriber = address.subscriber(body);
        // A message may say anything, and a header may not.
        var id =
                SnsEnvelope.read(body)
                        .map(SnsEnvelope::id)
                        .filter(said -> ID.matcher(said).matches())
                        .orElse(message.outgoing().original().id().text());
        var patience = account.profile().timeout().multipliedBy(7).dividedBy(8);
        var request =
                HttpRequest.newBuilder(address.uri())
                        .timeout(patience.compareTo(LONGEST_WAIT) < 0 ? patience : LONGEST_WAIT)
                        .header("Content-Type", "text/plain; charset=UTF-8")
                        .header("User-Agent", "Dead Letter Office")
                        .header("x-amz-sns-message-type", "Notification")
                        .header("x-amz-sns-message-id", id)
                        .header("x-amz-sns-topic-arn", subscriber.topic())
                        .header("x-amz-sns-subscription-arn", subscriber.arn())
                        .POST(BodyPublishers.ofString(message.body()));
        if (subscriber.raw()) {
            request.header("x-amz-sns-rawdelivery", "true");
        }
        return request.build();
    }

    private Outcome outcome(HttpResponse<?> answer) throws BrokerException {
        var status = answer.statusCode();
        var told = address.name() + " answered " + status + '.';
        return switch (status / 100) {
            case 2 -> new Outcome(Map.of(0, Integer.toString(status)), Map.of());
            case 4 ->
                    switch (status) {
                        case 401, 403, 407 ->
                                throw new BrokerException.NotAuthorized(
                                        told, new Remedy.Grant("requests to it"), null);
                        case 404, 405, 410 ->
                                throw new BrokerException.NotFound(
                                        told,
                                        new Remedy.Advice("See whether the subscriber moved."),
                                        null);
                        case 408, 425, 429 -> throw new BrokerException.Throttled(told, SOON, null);
                        default -> new Outcome(Map.of(), Map.of(0, new Fault(true, refused(told))));
                    };
            case 5 -> throw new BrokerException.Unreachable(told, new Remedy.Wait(SOON), null);
            // SNS follows no redirects either.
            default -> throw refused(told);
        };
    }

    private static BrokerException refused(String told) {
        return new BrokerException.Unsupported(
                told, new Remedy.Advice("Look into the subscriber's log."), null);
    }
}
