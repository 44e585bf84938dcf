package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.ChannelContinuationTimeoutException;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.impl.OAuthTokenManagementException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.jspecify.annotations.Nullable;

/// The only place where a failure of RabbitMQ's client becomes a [BrokerException].
///
/// The reply codes are those of AMQP 0-9-1, section 1.2 of its reference; the texts are
/// RabbitMQ's own, seen on 3.10.
final class RabbitErrors {
    private static final Pattern SIZE =
            Pattern.compile("larger than (?:configured )?max size (\\d+)");

    /// With one code to who is in when it goes down (320), and with another to who comes (541).
    private static final Pattern VHOST_DOWN = Pattern.compile("vhost '.*' is down");

    private static final Pattern INTERNAL = Pattern.compile("internal exchange '([^']*)'");

    private static final Pattern REFUSED = Pattern.compile("exchange '(.*?)' in vhost");

    /// A long key is cut off, and all that comes behind it.
    private static final Pattern TOPIC =
            Pattern.compile("access to topic '(.*?)(?:' in .*?'(.*?)' in vhost.*)?$");

    /// Of connections to a virtual host, of a user's or a node's; of a user's or a connection's
    /// channels.
    private static final Pattern LIMIT =
            Pattern.compile("(?:limit|limit of|channel_max) \\((\\d+)\\)");

    private final String hosts;
    private final String user;
    private final String virtualHost;
    private final String credential;
    private final String managementUser;
    private final String managementCredential;
    private final String tokenUrl;
    private final String proxy;
    private final String proxyUser;
    private final Duration timeout;

    /// As a word of a command; null where it is no user of RabbitMQ's own.
    private final @Nullable String login;

    RabbitErrors(RabbitProfile profile) {
        hosts = profile.hostNames();
        user = profile.user();
        login = profile.login().map(Right::word).orElse(null);
        virtualHost = profile.virtualHost();
        credential = profile.credentialField();
        managementUser = profile.managementUser();
        managementCredential = profile.managementCredentialField();
        tokenUrl = profile.value("tokenUrl");
        proxy = profile.value("proxy");
        proxyUser = profile.proxyUser();
        timeout = profile.timeout();
    }

    /// Restores the interrupt flag where the cause was an interruption.
    BrokerException of(Throwable thrown, Act act) {
        return switch (thrown) {
            case BrokerException told -> told;
            case InterruptedException _ -> {
                Thread.currentThread().interrupt();
                yield cancelled(act, thrown);
            }
            case CancellationException _ -> cancelled(act, thrown);
            case TimeoutException _, ChannelContinuationTimeoutException _ ->
                    unreachable(act, thrown);
            case AuthenticationFailureException _, PossibleAuthenticationFailureException _ ->
                    notAuthenticated(thrown);
            case OAuthTokenManagementException _ -> noToken(thrown);
            case ShutdownSignalException closed -> closed(closed, act);
            case UnknownHostException _ ->
                    new BrokerException.Unreachable(
                            "None of the names in " + hosts + " can be resolved.",
                            new Remedy.Edit("hosts"),
                            thrown);
            case ConnectException refused when saysRefused(refused) -> notTaken(act, refused);
            case SSLException _ -> tls(thrown);
            case ProxyFailure failed -> proxy(failed);
            case IOException _ -> {
                var cause = thrown.getCause();
                yield cause == null || cause == thrown ? unreachable(act, thrown) : of(cause, act);
            }
            default -> corrupt(act, thrown);
        };
    }

    /// In the words of every system's sockets.
    private static boolean saysRefused(ConnectException failed) {
        return String.valueOf(failed.getMessage()).contains("refused");
    }

    /// At once, unlike silence: the host is there, and nothing listens.
    private BrokerException notTaken(Act act, ConnectException refused) {
        return new BrokerException.Unreachable(
                (hosts.contains(",")
                                ? "None of " + hosts + " took the connection; the last refused it"
                                : hosts + " refused the connection")
                        + during(act)
                        + '.',
                new Remedy.Advice("Start the broker, or check the host and the port."),
                refused);
    }

    private BrokerException closed(ShutdownSignalException closed, Act act) {
        return switch (closed.getReason()) {
            case AMQP.Channel.Close said ->
                    said(said.getReplyCode(), said.getReplyText(), act, closed);
            case AMQP.Connection.Close said ->
                    said(said.getReplyCode(), said.getReplyText(), act, closed);
            case null, default -> broken(act, closed);
        };
    }

    /// Without a word of the broker's.
    private BrokerException broken(Act act, ShutdownSignalException closed) {
        return new BrokerException.Unreachable(
                "The connection to " + hosts + " broke" + during(act) + '.',
                new Remedy.Advice("Test the connection to see which step fails."),
                closed);
    }

    private BrokerException said(int code, String text, Act act, Throwable cause) {
        if (VHOST_DOWN.matcher(text).find()) {
            return new BrokerException.Unreachable(
                    "The virtual host " + virtualHost + " is down.",
                    new Remedy.Advice(
                            "Have it started again: rabbitmqctl restart_vhost --vhost "
                                    + Right.word(virtualHost)
                                    + '.'),
                    cause);
        }
        return switch (code) {
            case AMQP.ACCESS_REFUSED -> refused(text, act, cause);
            case AMQP.NOT_FOUND ->
                    text.contains("down or inaccessible")
                            ? new BrokerException.Unreachable(
                                    "The node of the queue is down" + during(act) + '.',
                                    new Remedy.Advice("Start the node again, or wait for it."),
                                    cause)
                            : notFound(text, act, cause);
            case AMQP.RESOURCE_LOCKED ->
                    new BrokerException.Unsupported(
                            "The queue " + act.queue() + " belongs to another connection alone.",
                            new Remedy.Advice(
                                    "An exclusive queue can be used by its own application only."),
                            cause);
            case AMQP.PRECONDITION_FAILED -> precondition(text, act, cause);
            case AMQP.NOT_ALLOWED -> notAllowed(text, act, cause);
            case AMQP.NOT_IMPLEMENTED ->
                    new BrokerException.Unsupported(
                            "This broker cannot do it" + during(act) + '.',
                            new Remedy.Advice("Look at the broker's version and kind of queue."),
                            cause);
            // A quorum queue without a leader answers so.
            case AMQP.INTERNAL_ERROR ->
                    text.contains("timeout") ? unreachable(act, cause) : corrupt(act, cause);
            case AMQP.SYNTAX_ERROR, AMQP.UNEXPECTED_FRAME, AMQP.FRAME_ERROR -> corrupt(act, cause);
            case AMQP.REPLY_SUCCESS -> cancelled(act, cause);
            default -> unreachable(act, cause);
        };
    }

    private BrokerException refused(String text, Act act, Throwable cause) {
        if (text.contains("exclusive use")) {
            return inExclusiveUse(act, cause);
        }
        if (text.contains("Login was refused")) {
            return notAuthenticated(cause);
        }
        var internal = INTERNAL.matcher(text);
        if (internal.find()) {
            return new BrokerException.Unsupported(
                    "The exchange " + internal.group(1) + " is internal: nobody may send to it.",
                    new Remedy.Advice("Choose an exchange that passes on to it."),
                    cause);
        }
        return denied(refused(text, act), cause);
    }

    /// Several exchanges may be sent to at once, and the broker says which one it refuses.
    private static Act refused(String text, Act act) {
        var topic = TOPIC.matcher(text);
        if (topic.find() && act.right() instanceof Right.On(_, _, var sentTo)) {
            var isWhole = topic.group(2) != null;
            var exchange = isWhole ? topic.group(2) : sentTo;
            return new Act(
                    Act.sending(exchange).doing(),
                    new Right.Topic(exchange, isWhole ? topic.group(1) : null),
                    null);
        }
        var refused = REFUSED.matcher(text);
        return act.isSending() && refused.find() ? Act.sending(refused.group(1)) : act;
    }

    static BrokerException inExclusiveUse(Act act, @Nullable Throwable cause) {
        return new BrokerException.Unsupported(
                "A consumer has the queue " + act.queue() + " for itself.",
                new Remedy.Advice(
                        "Stop that consumer for a moment, or move the queue by the broker itself."),
                cause);
    }

    private BrokerException denied(Act act, Throwable cause) {
        return denied(user, act, cause);
    }

    /// Of the management API, which may be asked by another user.
    BrokerException managementDenied(Act act) {
        return denied(managementUser, act, null);
    }

    BrokerException managementNotAuthenticated() {
        return new BrokerException.NotAuthenticated(
                "The management API did not accept the sign-in of " + within(managementUser) + '.',
                new Remedy.Edit(managementCredential),
                null);
    }

    private BrokerException denied(String who, Act act, @Nullable Throwable cause) {
        return new BrokerException.NotAuthorized(
                who + " lacks the permission " + act.right().words() + during(act) + '.',
                grant(act.right(), act.right().words(), who.equals(user) ? login : null),
                cause);
    }

    private Remedy grant(Right right, String words) {
        return grant(right, words, login);
    }

    /// @param login null: the command is not told
    private Remedy grant(Right right, String words, @Nullable String login) {
        return new Remedy.Grant(
                words
                        + " in the virtual host "
                        + virtualHost
                        + (login == null ? "" : " (" + right.command(login, virtualHost) + ')'));
    }

    private BrokerException notFound(String text, Act act, Throwable cause) {
        if (text.contains("no exchange")) {
            return noExchange(text.replaceAll(".*no exchange '([^']*)'.*", "$1"), cause);
        }
        return noQueue(act.queue() == null ? "asked for" : act.queue(), cause);
    }

    static BrokerException noQueue(String queue, @Nullable Throwable cause) {
        return new BrokerException.NotFound(
                "There is no queue " + queue + '.',
                new Remedy.Advice("Check the queue's name and whether it was deleted."),
                cause);
    }

    static BrokerException noExchange(String exchange, @Nullable Throwable cause) {
        return new BrokerException.NotFound(
                "There is no exchange " + exchange + '.',
                new Remedy.Advice("Choose another destination, or have the exchange declared."),
                cause);
    }

    private static BrokerException precondition(String text, Act act, Throwable cause) {
        var size = SIZE.matcher(text);
        if (size.find()) {
            return tooLarge(Long.parseLong(size.group(1)), cause);
        }
        if (text.contains("timed out") || text.contains("unknown delivery tag")) {
            return new BrokerException.Gone(
                    "The broker took the messages back that were held" + during(act) + '.',
                    new Remedy.Advice("Look again; nothing was lost."),
                    cause);
        }
        return refusedIt(act, cause);
    }

    private static BrokerException refusedIt(Act act, Throwable cause) {
        return new BrokerException.Unsupported(
                "The broker refused it" + during(act) + '.',
                new Remedy.Advice("Look into the log file for its words."),
                cause);
    }

    static BrokerException tooLarge(long limit, @Nullable Throwable cause) {
        return new BrokerException.TooLarge(
                "The message is larger than the " + limit + " bytes that this broker takes.",
                limit,
                new Remedy.Advice("Raise max_message_size of the broker, or shorten the message."),
                cause);
    }

    private BrokerException notAllowed(String text, Act act, Throwable cause) {
        var limit = LIMIT.matcher(text);
        if (limit.find()) {
            return new BrokerException.Unreachable(
                    "The broker allows no more than "
                            + limit.group(1)
                            + (text.contains("channels") ? " channels" : " connections")
                            + whose(text)
                            + '.',
                    new Remedy.Advice("Close connections that are not needed, or raise the limit."),
                    cause);
        }
        if (text.contains("refused for user")) {
            return new BrokerException.NotAuthorized(
                    user + " may not enter the virtual host " + virtualHost + '.',
                    grant(new Right.Access(), "any permission"),
                    cause);
        }
        return text.contains("not found")
                ? new BrokerException.NotFound(
                        "There is no virtual host " + virtualHost + '.',
                        new Remedy.Edit("virtualHost"),
                        cause)
                : refusedIt(act, cause);
    }

    /// Whose limit it is: a virtual host's, a user's, or the node's.
    private String whose(String text) {
        if (text.contains("access to vhost")) {
            return " to the virtual host " + virtualHost;
        }
        return text.contains("for user") ? " of " + whom() : "";
    }

    BrokerException notAuthenticated(@Nullable Throwable cause) {
        return new BrokerException.NotAuthenticated(
                hosts + " did not accept the sign-in of " + whom() + '.',
                new Remedy.Edit(credential),
                cause);
    }

    /// Not of the broker: of the proxy on the way to it.
    private BrokerException proxy(ProxyFailure failed) {
        return switch (failed.kind()) {
            case UNKNOWN ->
                    new BrokerException.Unreachable(
                            "The name of the proxy " + proxy + " cannot be resolved.",
                            new Remedy.Edit("proxy"),
                            failed);
            case SILENT ->
                    new BrokerException.Unreachable(
                            "No answer from the proxy " + proxy + '.',
                            new Remedy.Edit("proxy"),
                            failed);
            case SIGN_IN ->
                    new BrokerException.NotAuthenticated(
                            proxyUser.isEmpty()
                                    ? "The proxy asks for a user and a password."
                                    : "The proxy did not accept the sign-in of the user "
                                            + proxyUser
                                            + '.',
                            new Remedy.Edit(
                                    proxyUser.isEmpty() ? "proxyUsername" : "proxyPassword"),
                            failed);
            case NO_WAY ->
                    new BrokerException.Unreachable(
                            "The proxy opens no way to %s: it %s."
                                    .formatted(hosts, failed.getMessage()),
                            new Remedy.Advice("Check the hosts, and what the proxy lets through."),
                            failed);
        };
    }

    /// Not of the broker: the endpoint that hands out tokens refused, or did not answer.
    private BrokerException noToken(Throwable failed) {
        return failed.getCause() instanceof IOException
                ? new BrokerException.Unreachable(
                        "No answer from the token endpoint " + tokenUrl + '.',
                        new Remedy.Edit("tokenUrl"),
                        failed)
                : new BrokerException.NotAuthenticated(
                        "The token endpoint " + tokenUrl + " gave no token to " + whom() + '.',
                        new Remedy.Edit(credential),
                        failed);
    }

    private String whom() {
        return within(user);
    }

    /// Within a sentence.
    private static String within(String who) {
        return who.substring(0, 1).toLowerCase(Locale.ROOT) + who.substring(1);
    }

    static BrokerException cancelled(Act act, @Nullable Throwable cause) {
        return new BrokerException.Cancelled("Stopped" + during(act) + '.', cause);
    }

    BrokerException unreachable(Act act, @Nullable Throwable cause) {
        return new BrokerException.Unreachable(
                "No answer from "
                        + hosts
                        + " within "
                        + timeout.toMillis() / 1000.0
                        + " s"
                        + during(act)
                        + '.',
                new Remedy.Advice("Test the connection to see which step fails."),
                cause);
    }

    /// Publishers wait while the broker is short of memory or disk.
    static BrokerException blocked(String reason, Act act) {
        return new BrokerException.Throttled(
                "The broker takes no messages now (" + reason + ")" + during(act) + '.',
                Duration.ofSeconds(10),
                null);
    }

    /// A failed handshake, told by which side refused the other's certificate.
    BrokerException tls(Throwable failed) {
        var text = new StringBuilder();
        for (Throwable t = failed; t != null; t = t.getCause()) {
            text.append(t.getMessage()).append('\n');
        }
        var all = text.toString();
        if (all.contains("PKIX")
                || all.contains("trustAnchors")
                || all.contains("certification path")) {
            return new BrokerException.Unreachable(
                    "The certificate of " + hosts + " is not trusted.",
                    new Remedy.Edit("trust"),
                    failed);
        }
        if (all.contains("subject alternative") || all.contains("No name matching")) {
            return new BrokerException.Unreachable(
                    "The certificate of " + hosts + " names another host.",
                    new Remedy.Edit("verifyHost"),
                    failed);
        }
        if (all.contains("bad_certificate") || all.contains("certificate_")) {
            return certificateRefused(failed);
        }
        return new BrokerException.Unreachable(
                "The TLS handshake with " + hosts + " failed.", new Remedy.Edit("tls"), failed);
    }

    BrokerException certificateRefused(Throwable failed) {
        return new BrokerException.NotAuthenticated(
                hosts + " did not accept the client's certificate.",
                new Remedy.Edit("identity"),
                failed);
    }

    static BrokerException corrupt(Act act, Throwable cause) {
        return new BrokerException.Corrupt(
                "RabbitMQ's client failed with "
                        + cause.getClass().getSimpleName()
                        + during(act)
                        + '.',
                new Remedy.Advice("Look into the log file for the whole story."),
                cause);
    }

    private static String during(Act act) {
        return " while " + act.doing();
    }
}
