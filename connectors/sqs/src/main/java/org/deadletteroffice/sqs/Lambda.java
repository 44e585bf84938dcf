package org.deadletteroffice.sqs;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonNodeParser;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/// Lambda's Invoke, version 2015-03-31: one request, for which the SDK's client of 3 MB is not
/// brought along. Blocks until Lambda answers.
final class Lambda {
    /// Lambda queues the event and answers at once.
    static final String EVENT = "Event";

    /// Lambda says only whether the caller may.
    static final String DRY_RUN = "DryRun";

    private static final String SERVICE = "lambda";

    private final Account account;

    Lambda(Account account) {
        this.account = account;
    }

    /// @param arn the function's, with or without a version or an alias
    /// @param type `EVENT` or `DRY_RUN`
    /// @return the id of the request, by which the function's log knows it
    String invoke(String arn, String type, byte[] payload) throws BrokerException {
        var act = Act.invoking(Destination.Function.nameOf(arn));
        var region = region(arn);
        var request =
                SdkHttpRequest.builder()
                        .uri(address(region))
                        .method(SdkHttpMethod.POST)
                        .encodedPath(
                                "/2015-03-31/functions/"
                                        + SdkHttpUtils.urlEncode(arn)
                                        + "/invocations")
                        .putHeader("Content-Type", "application/json")
                        .putHeader("X-Amz-Invocation-Type", type)
                        .build();
        try {
            var response = account.clients().signed(request, payload, SERVICE, region);
            var answer = response.httpResponse();
            if (answer.isSuccessful()) {
                // Read to its end, or the connection would not be used again.
                response.responseBody().ifPresent(AbortableInputStream::abort);
                return answer.firstMatchingHeader("x-amzn-RequestId").orElse("");
            }
            var said = response.responseBody();
            var text =
                    said.isPresent()
                            ? new String(said.get().readAllBytes(), StandardCharsets.UTF_8)
                            : "";
            throw refused(
                    act,
                    answer.statusCode(),
                    answer.firstMatchingHeader("x-amzn-ErrorType").orElse(""),
                    text);
        } catch (IOException silent) {
            throw account.errors().unreachable(act, silent);
        }
    }

    private BrokerException refused(Act act, int status, String type, String body) {
        var colon = type.indexOf(':');
        var code = colon < 0 ? type : type.substring(0, colon);
        var text = message(body);
        return switch (code) {
            case "RequestTooLargeException" ->
                    MessageLimits.tooLarge(act.target() == null ? "Lambda" : act.target());
            case "InvalidRequestContentException" ->
                    new BrokerException.Unsupported(
                            "A function takes JSON only" + (text.isEmpty() ? "." : ": " + text),
                            new Remedy.Advice("Edit the message, or choose another destination."),
                            null);
            default -> account.errors().byCode(code, text, status, act, null);
        };
    }

    private static String message(String body) {
        try {
            var answer = JsonNodeParser.create().parse(body);
            return answer.field("Message")
                    .or(() -> answer.field("message"))
                    .filter(JsonNode::isString)
                    .map(JsonNode::text)
                    .orElse("");
        } catch (RuntimeException noJson) {
            return "";
        }
    }

    private Region region(String arn) {
        var parts = arn.split(":", -1);
        return parts.length > 3 && !parts[3].isEmpty()
                ? Region.of(parts[3])
                : account.clients().region();
    }

    private URI address(Region region) {
        return account.profile().endpoint().orElseGet(() -> Clients.address(SERVICE, region));
    }
}
