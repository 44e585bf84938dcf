package org.deadletteroffice.sqs;

import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.http.NoHttpResponseException;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/// What the SDK throws, as a `BrokerException`: the only such place. Error codes are those of the
/// services' models (SQS 2012-11-05, SNS 2010-03-31) and of AWS's common errors.
final class SqsErrors {
    private static final Pattern DENIED =
            Pattern.compile("not authorized to perform:? ([\\w-]+:\\w+)");
    private static final Pattern DENIED_RESOURCE = Pattern.compile("on resource:? (arn:[^\\s\"]+)");

    private static final Pattern KMS = Pattern.compile("(?i)kms\\.?[A-Z]");

    /// A second for the account's throttles, which refill quickly.
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final SqsProfile profile;
    private final String service;
    private final Optional<URI> endpoint;

    SqsErrors(SqsProfile profile) {
        this(profile, "SQS", profile.endpoint());
    }

    /// @param service what is asked, where it is another one
    SqsErrors(SqsProfile profile, String service, Optional<URI> endpoint) {
        this.profile = profile;
        this.service = service;
        this.endpoint = endpoint;
    }

    /// Whether the other side had closed the connection before it was used.
    static boolean isStale(Throwable failed) {
        for (Throwable each = failed; each != null; each = each.getCause()) {
            if (each instanceof NoHttpResponseException
                    || (each instanceof SocketException && !(each instanceof ConnectException))) {
                return true;
            }
        }
        return false;
    }

    static BrokerException cancelled(Act act, @Nullable Throwable cause) {
        return new BrokerException.Cancelled("Stopped while " + act.doing() + '.', cause);
    }

    /// The client gave up by itself.
    BrokerException unreachable(Act act, @Nullable Throwable cause) {
        return unreachable(act, "", cause);
    }

    /// @param waited how long, until it was given up
    BrokerException late(Act act, Duration waited, Throwable cause) {
        return unreachable(act, " within " + waited.toMillis() / 1000.0 + " s", cause);
    }

    private BrokerException unreachable(Act act, String within, @Nullable Throwable cause) {
        return new BrokerException.Unreachable(
                "No answer from " + where(act) + within + " while " + act.doing() + '.',
                new Remedy.Advice("Test the connection to see which step fails."),
                cause);
    }

    private String where() {
        return endpoint.map(Object::toString).orElseGet(() -> service + " in " + profile.region());
    }

    private String where(Act act) {
        if (act.action().equals(Act.DELIVER)) {
            return String.valueOf(act.target());
        }
        return act.action().equals(Act.INVOKE) && profile.endpoint().isEmpty() ? "Lambda" : where();
    }

    /// Another reader has what is wanted; it comes back when that reader dies or is done with it.
    BrokerException hidden(String sentence) {
        return new BrokerException.Throttled(
                sentence,
                Duration.ofSeconds(Math.max(1, profile.visibility().toSeconds() / 8)),
                null);
    }

    static BrokerException noQueue(String queue, @Nullable Throwable cause) {
        return new BrokerException.NotFound(
                "There is no queue " + queue + '.',
                new Remedy.Advice(
                        "Check the queue's name, the account and the region; a deleted queue is"
                                + " still listed for up to a minute."),
                cause);
    }

    BrokerException of(Throwable thrown, Act act) {
        return switch (thrown) {
            case AwsServiceException answer -> answered(answer, act);
            case SdkException failed -> unanswered(failed, act);
            case java.io.IOException failed -> unreachable(act, failed);
            case IllegalArgumentException wrong -> misconfigured(wrong);
            default -> corrupt(act, thrown.getClass().getSimpleName(), thrown);
        };
    }

    private BrokerException answered(AwsServiceException answer, Act act) {
        var details = answer.awsErrorDetails();
        var code = details == null || details.errorCode() == null ? "" : details.errorCode();
        var text = details == null || details.errorMessage() == null ? "" : details.errorMessage();
        return byCode(code, text, answer.statusCode(), act, answer);
    }

    /// Also for the entries of a batch that failed.
    BrokerException byCode(
            String code, String text, int status, Act act, @Nullable Throwable cause) {
        var last = code.substring(code.lastIndexOf('.') + 1);
        if (KMS.matcher(code).lookingAt()) {
            return ofKey(last, act, cause);
        }
        return switch (last) {
            case "QueueDoesNotExist",
                    "NonExistentQueue",
                    "InvalidAddress",
                    "NotFound",
                    "NotFoundException" ->
                    noQueue(act.target() == null ? "of this name" : act.target(), cause);
            case "ResourceNotFoundException" ->
                    new BrokerException.NotFound(
                            "There is nothing of this name while " + act.doing() + '.',
                            new Remedy.Advice("Look again; it may have ended or been deleted."),
                            cause);
            case "QueueDeletedRecently" ->
                    throttled("The queue was deleted less than a minute ago", A_MINUTE, act, cause);
            case "AccessDenied",
                    "AccessDeniedException",
                    "AuthorizationError",
                    "AuthorizationErrorException",
                    "UnauthorizedOperation",
                    "InvalidSecurity" ->
                    denied(text, act, cause);
            case "InvalidClientTokenId",
                    "UnrecognizedClientException",
                    "InvalidAccessKeyId",
                    "IncompleteSignature",
                    "MissingAuthenticationToken",
                    "MissingAuthenticationTokenException",
                    "NotAuthorized",
                    "OptInRequired" ->
                    new BrokerException.NotAuthenticated(
                            where() + " does not know the credentials of " + who() + '.',
                            new Remedy.Edit(credentialField()),
                            cause);
            case "SignatureDoesNotMatch", "InvalidSignatureException" -> signature(text, cause);
            case "RequestExpired", "RequestTimeTooSkewed", "RequestInTheFuture" -> clock(cause);
            case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired" -> expired(cause);
            case "Throttling",
                    "ThrottlingException",
                    "ThrottledException",
                    "Throttled",
                    "RequestThrottled",
                    "RequestLimitExceeded",
                    "TooManyRequestsException",
                    "SlowDown" ->
                    throttled(where(act) + " asks to slow down", SOON, act, cause);
            case "OverLimit" ->
                    throttled(
                            "SQS has as many messages in flight as it allows",
                            profile.visibility(),
                            act,
                            cause);
            case "PurgeQueueInProgress" ->
                    throttled("A purge of the last 60 s is running", A_MINUTE, act, cause);
            case "InvalidMessageContents" ->
                    unsupported(
                            "The body has characters that SQS does not take.",
                            "Edit the body: SQS takes text without control characters.",
                            cause);
            case "BatchRequestTooLong" ->
                    new BrokerException.TooLarge(
                            "The message is larger than SQS takes in one request.",
                            MessageLimits.MOST_BYTES,
                            new Remedy.Advice("Make the message smaller."),
                            cause);
            case "UnsupportedOperation", "InvalidAttributeName" ->
                    unsupported(
                            "SQS does not do this here" + (text.isEmpty() ? "." : ": " + text),
                            "Choose another way; the capabilities of the queue say which.",
                            cause);
            case "ReceiptHandleIsInvalid", "InvalidIdFormat", "MessageNotInflight" ->
                    new BrokerException.Gone(
                            "The message is not held any more while " + act.doing() + '.',
                            new Remedy.Advice("Read the queue again."),
                            cause);
            case "InvalidParameterValue", "InvalidParameterValueException", "InvalidParameter" ->
                    invalid(text, act, cause);
            default ->
                    status >= 500
                            ? unavailable(act, cause)
                            : status == 403 ? denied(text, act, cause) : corrupt(act, code, cause);
        };
    }

    /// What stands against the key that encrypts the messages of a queue or topic: SQS has its
    /// codes for the query protocol (`KMS.…`) in a header and others in the body, SNS others still.
    private BrokerException ofKey(String code, Act act, @Nullable Throwable cause) {
        if (code.contains("Throttl")) {
            return throttled("The key service asks to slow down", SOON, act, cause);
        }
        if (code.contains("AccessDenied")) {
            return new BrokerException.NotAuthorized(
                    "The key that encrypts the messages may not be used while " + act.doing() + '.',
                    new Remedy.Grant(
                            act.action().equals(Act.SEND) || act.action().equals(Act.PUBLISH)
                                    ? "kms:GenerateDataKey and kms:Decrypt"
                                    : "kms:Decrypt"),
                    cause);
        }
        return new BrokerException.NotAuthorized(
                "The key that encrypts the messages is of no use (%s) while %s."
                        .formatted(code, act.doing()),
                new Remedy.Advice(
                        "See in KMS whether the key is enabled and there, and that the queue names"
                                + " it."),
                cause);
    }

    private static BrokerException invalid(String text, Act act, @Nullable Throwable cause) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("bytes") || lower.contains("too long") || lower.contains("size")) {
            return new BrokerException.TooLarge(
                    "The message is larger than " + act.target() + " takes.",
                    MessageLimits.MOST_BYTES,
                    new Remedy.Advice("Make it smaller, or raise the queue's MaximumMessageSize."),
                    cause);
        }
        return unsupported(
                "SQS refused a value while " + act.doing() + (text.isEmpty() ? "." : ": " + text),
                "Correct what the sentence names.",
                cause);
    }

    private static BrokerException unsupported(
            String sentence, String advice, @Nullable Throwable cause) {
        return new BrokerException.Unsupported(sentence, new Remedy.Advice(advice), cause);
    }

    private static BrokerException throttled(
            String what, Duration wait, Act act, @Nullable Throwable cause) {
        return new BrokerException.Throttled(what + " while " + act.doing() + '.', wait, cause);
    }

    private BrokerException unavailable(Act act, @Nullable Throwable cause) {
        return new BrokerException.Unreachable(
                where(act) + " has a fault of its own while " + act.doing() + '.',
                new Remedy.Wait(Duration.ofSeconds(5)),
                cause);
    }

    /// The action that AWS names, else the one that was tried; with the resource, where it says so.
    private BrokerException denied(String text, Act act, @Nullable Throwable cause) {
        if (text.contains("MultiFactorAuthentication")) {
            return new BrokerException.NotAuthenticated(
                    "The code of the MFA device was not accepted: each is good for half a minute"
                            + " and for one sign-in.",
                    new Remedy.Edit("mfaCode"),
                    cause);
        }
        var named = DENIED.matcher(text);
        var action = named.find() ? named.group(1) : act.action();
        var on = DENIED_RESOURCE.matcher(text);
        var resource =
                on.find()
                        ? " on " + on.group(1)
                        : act.target() == null ? "" : " on " + act.target();
        return new BrokerException.NotAuthorized(
                who() + " may not call " + action + " while " + act.doing() + '.',
                new Remedy.Grant(action + resource),
                cause);
    }

    private BrokerException signature(String text, @Nullable Throwable cause) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("expired") || lower.contains("not yet current")) {
            return clock(cause);
        }
        if (lower.contains("scoped to")) {
            return new BrokerException.NotAuthenticated(
                    "The request was signed for another region than that of " + where() + '.',
                    new Remedy.Edit("region"),
                    cause);
        }
        return new BrokerException.NotAuthenticated(
                where() + " did not accept the signature of " + who() + '.',
                new Remedy.Edit(credentialField("secretKey")),
                cause);
    }

    private BrokerException clock(@Nullable Throwable cause) {
        return new BrokerException.NotAuthenticated(
                "The clock of this machine differs too much from that of " + where() + '.',
                new Remedy.Advice("Set the clock by the network's time, then try again."),
                cause);
    }

    private BrokerException expired(@Nullable Throwable cause) {
        return new BrokerException.NotAuthenticated(
                "The sign-in of " + who() + " has expired.", signInAgain(), cause);
    }

    private Remedy signInAgain() {
        return switch (profile.signIn()) {
            case SqsProfile.KEYS -> new Remedy.Edit("sessionToken");
            case SqsProfile.ROLE -> new Remedy.Edit("mfaCode");
            default ->
                    new Remedy.Advice(
                            "Sign in again (aws sso login"
                                    + profile.awsProfile()
                                            .map(name -> " --profile " + name)
                                            .orElse("")
                                    + "), then resume.");
        };
    }

    private String who() {
        return switch (profile.signIn()) {
            case SqsProfile.KEYS -> "the access key " + profile.accessKeyId();
            case SqsProfile.ROLE -> profile.roleArn();
            case SqsProfile.PROFILE -> "the profile " + profile.awsProfile().orElse("default");
            default -> "the default credentials";
        };
    }

    private String credentialField() {
        return credentialField("accessKeyId");
    }

    private String credentialField(String forKeys) {
        return switch (profile.signIn()) {
            case SqsProfile.KEYS -> forKeys;
            case SqsProfile.ROLE -> "roleArn";
            case SqsProfile.PROFILE -> "awsProfile";
            default -> "signIn";
        };
    }

    /// The client got no answer, or did not get as far as asking.
    private BrokerException unanswered(SdkException failed, Act act) {
        for (Throwable each = failed; each != null; each = each.getCause()) {
            switch (each) {
                case SSLException tls -> {
                    return new BrokerException.Unreachable(
                            "The TLS handshake with " + where() + " failed.",
                            new Remedy.Edit("caFile"),
                            tls);
                }
                case UnknownHostException nowhere -> {
                    return new BrokerException.Unreachable(
                            "No address is known for " + where() + '.',
                            new Remedy.Edit(profile.endpoint().isPresent() ? "endpoint" : "region"),
                            nowhere);
                }
                default -> {
                    // what lies beneath may say more
                }
            }
        }
        var text = String.valueOf(failed.getMessage());
        if (text.contains("SSO") || text.contains("sso") || text.contains("Token is expired")) {
            return expired(failed);
        }
        if (text.contains("credentials") || text.contains("Profile file contained no")) {
            return new BrokerException.NotAuthenticated(
                    "No credentials were found for " + who() + '.',
                    new Remedy.Edit(credentialField()),
                    failed);
        }
        return failed instanceof SdkClientException
                ? unreachable(act, failed)
                : corrupt(act, failed.getClass().getSimpleName(), failed);
    }

    private BrokerException misconfigured(IllegalArgumentException wrong) {
        return new BrokerException.NotAuthenticated(
                "The SDK cannot be set up with the sign-in of " + who() + '.',
                new Remedy.Edit(credentialField()),
                wrong);
    }

    private static BrokerException corrupt(Act act, String what, @Nullable Throwable cause) {
        return new BrokerException.Corrupt(
                "The service's client failed with " + what + " while " + act.doing() + '.',
                new Remedy.Advice("Look into the log file for the whole story."),
                cause);
    }
}
