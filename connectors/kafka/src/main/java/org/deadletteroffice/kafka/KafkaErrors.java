package org.deadletteroffice.kafka;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.ThrottlingQuotaExceededException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.errors.WakeupException;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.jspecify.annotations.Nullable;

/// The only place where an exception of Kafka's client becomes a [BrokerException].
///
/// The client's own messages are not passed on, as some quote the configuration; the exception goes
/// along as the cause, for the log.
final class KafkaErrors {
    private final String bootstrap;
    private final String user;
    private final String mechanism;
    private final Duration timeout;

    KafkaErrors(KafkaProfile profile) {
        bootstrap = profile.bootstrap();
        user = profile.user();
        mechanism = profile.mechanism();
        timeout = profile.timeout();
    }

    /// Restores the interrupt flag where the cause was an interruption.
    BrokerException of(Throwable thrown, Act act) {
        var cause = unwrapped(thrown);
        return switch (cause) {
            case InterruptedException _, InterruptException _ -> {
                Thread.currentThread().interrupt();
                yield cancelled(act, cause);
            }
            case WakeupException _ -> cancelled(act, cause);
            case AuthenticationException refused -> notAuthenticated(refused);
            case AuthorizationException denied -> notAuthorized(denied, act);
            case GroupIdNotFoundException _ ->
                    new BrokerException.NotFound(
                            "A group is gone" + during(act) + '.',
                            new Remedy.Advice("List the groups again."),
                            cause);
            case UnknownTopicOrPartitionException _,
                    UnknownTopicIdException _,
                    InvalidTopicException _ ->
                    noTopic(act, cause);
            case OffsetOutOfRangeException _ ->
                    new BrokerException.Gone(
                            "The place asked for no longer exists" + during(act) + '.',
                            new Remedy.Advice("Start again from the newest or the oldest message."),
                            cause);
            case ProducerFencedException _, InvalidProducerEpochException _ ->
                    new BrokerException.Gone(
                            "Another run of this job has taken over" + during(act) + '.',
                            new Remedy.Advice("Look at the job's state before you resume it."),
                            cause);
            case RecordTooLargeException _ ->
                    new BrokerException.TooLarge(
                            "A message is larger than Kafka takes" + during(act) + '.',
                            0,
                            new Remedy.Advice("Raise max.message.bytes of the topic."),
                            cause);
            case PolicyViolationException _ ->
                    new BrokerException.Unsupported(
                            "The cluster's policy forbids it" + during(act) + '.',
                            new Remedy.Advice("Ask who runs the cluster for its policy."),
                            cause);
            case ThrottlingQuotaExceededException slow ->
                    new BrokerException.Throttled(
                            "The cluster's quota is used up" + during(act) + '.',
                            Duration.ofMillis(slow.throttleTimeMs()),
                            cause);
            case UnsupportedVersionException _ ->
                    new BrokerException.Unsupported(
                            "These brokers are too old for it" + during(act) + '.',
                            new Remedy.Advice("Use brokers of version 2.1 or newer."),
                            cause);
            case ConfigException _ -> misconfigured(cause);
            case RetriableException _ -> unreachable(act, cause);
            case KafkaException failed -> broken(failed, act);
            case IllegalStateException _ -> cancelled(act, cause);
            default -> corrupt(act, cause);
        };
    }

    static BrokerException cancelled(Act act, @Nullable Throwable cause) {
        return new BrokerException.Cancelled("Stopped" + during(act) + '.', cause);
    }

    BrokerException unreachable(Act act, @Nullable Throwable cause) {
        return new BrokerException.Unreachable(
                "No answer from "
                        + bootstrap
                        + " within "
                        + timeout.toMillis() / 1000.0
                        + " s"
                        + during(act)
                        + '.',
                new Remedy.Advice("Test the connection to see which step fails."),
                cause);
    }

    static BrokerException noTopic(Act act, @Nullable Throwable cause) {
        return new BrokerException.NotFound(
                act.topic() == null
                        ? "A topic is gone" + during(act) + '.'
                        : "There is no topic " + act.topic() + '.',
                new Remedy.Advice("Check the topic's name and whether it was deleted."),
                cause);
    }

    BrokerException denied(String right, Act act, @Nullable Throwable cause) {
        return new BrokerException.NotAuthorized(
                user + " lacks the permission " + right + during(act) + '.',
                new Remedy.Grant(right),
                cause);
    }

    private BrokerException notAuthorized(AuthorizationException denied, Act act) {
        var right =
                switch (denied) {
                    case GroupAuthorizationException group -> "READ on group " + group.groupId();
                    case TransactionalIdAuthorizationException _ when act.topic() != null ->
                            "WRITE on the transactional id";
                    default -> act.right();
                };
        return denied(right, act, denied);
    }

    private BrokerException notAuthenticated(AuthenticationException refused) {
        return switch (refused) {
            case UnsupportedSaslMechanismException _ ->
                    new BrokerException.NotAuthenticated(
                            bootstrap + " does not offer the sign-in " + mechanism + '.',
                            new Remedy.Edit("mechanism"),
                            refused);
            case SslAuthenticationException _ -> tls(refused);
            default ->
                    new BrokerException.NotAuthenticated(
                            bootstrap + " did not accept the sign-in of " + user + '.',
                            new Remedy.Edit(credential()),
                            refused);
        };
    }

    /// The field that most likely holds what the broker refused.
    private String credential() {
        return switch (mechanism) {
            case "OAUTHBEARER" -> "clientSecret";
            case "GSSAPI" -> "principal";
            case KafkaProfile.AWS_MSK_IAM -> "awsProfile";
            default -> "password";
        };
    }

    /// A failed handshake, told by which side refused the other's certificate.
    BrokerException tls(Throwable failed) {
        var text = texts(failed);
        if (text.contains("unable to find valid certification path")
                || text.contains("PKIX path")
                || text.contains("trustAnchors")) {
            return new BrokerException.Unreachable(
                    "The certificate of " + bootstrap + " is not trusted.",
                    new Remedy.Edit("trust"),
                    failed);
        }
        if (text.contains("No subject alternative") || text.contains("No name matching")) {
            return new BrokerException.Unreachable(
                    "The certificate of " + bootstrap + " names another host.",
                    new Remedy.Edit("verifyHost"),
                    failed);
        }
        if (text.contains("bad_certificate")
                || text.contains("certificate_required")
                || text.contains("certificate_unknown")
                || text.contains("Empty client certificate chain")) {
            return new BrokerException.NotAuthenticated(
                    bootstrap + " did not accept the client's certificate.",
                    new Remedy.Edit("identity"),
                    failed);
        }
        return new BrokerException.Unreachable(
                "The TLS handshake with " + bootstrap + " failed.",
                new Remedy.Edit("security"),
                failed);
    }

    private BrokerException misconfigured(Throwable cause) {
        var text = texts(cause);
        if (text.contains("resolvable bootstrap") || text.contains("bootstrap.servers")) {
            return new BrokerException.Unreachable(
                    "None of the names in " + bootstrap + " can be resolved.",
                    new Remedy.Edit("bootstrap"),
                    cause);
        }
        var field =
                text.contains("identityKeyFile")
                        ? "identityKeyFile"
                        : text.contains("identityFile") || text.contains("keystore")
                                ? "identityFile"
                                : text.contains("truststore")
                                        ? "trustFile"
                                        : text.contains("oauthbearer") || text.contains("URL")
                                                ? "tokenUrl"
                                                : "properties";
        return new BrokerException.NotAuthenticated(
                "Kafka's client cannot be made with the settings of this profile.",
                new Remedy.Edit(field),
                cause);
    }

    /// A failure without a type of its own; what lies beneath it tells more.
    private BrokerException broken(KafkaException failed, Act act) {
        for (Throwable t = failed.getCause(); t != null; t = t.getCause()) {
            if (t instanceof javax.net.ssl.SSLException) {
                return tls(failed);
            }
        }
        var text = texts(failed);
        if (text.contains("Failed to construct") || text.contains("Failed to create new")) {
            return text.contains("LoginException") || text.contains("Login")
                    ? new BrokerException.NotAuthenticated(
                            "The sign-in of " + user + " could not be prepared.",
                            new Remedy.Edit(credential()),
                            failed)
                    : misconfigured(failed);
        }
        return corrupt(act, failed);
    }

    private static BrokerException corrupt(Act act, Throwable cause) {
        return new BrokerException.Corrupt(
                "Kafka's client failed with "
                        + cause.getClass().getSimpleName()
                        + during(act)
                        + '.',
                new Remedy.Advice("Look into the log file for the whole story."),
                cause);
    }

    private static String during(Act act) {
        return " while " + act.doing();
    }

    static Throwable unwrapped(Throwable thrown) {
        var cause = thrown;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        // Admin wraps what ended a call that timed out, where it knows.
        if (cause instanceof TimeoutException
                && cause.getCause() instanceof AuthenticationException refused) {
            return refused;
        }
        return cause;
    }

    private static String texts(Throwable thrown) {
        var text = new StringBuilder();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            text.append(t.getClass().getSimpleName()).append(": ").append(t.getMessage());
            text.append('\n');
        }
        return text.toString();
    }
}
