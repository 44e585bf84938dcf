package org.deadletteroffice.core.claim;

import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.browse.Messages;
import org.deadletteroffice.core.claim.ClaimCheck.AtUrl;
import org.deadletteroffice.core.claim.ClaimCheck.InS3;
import org.deadletteroffice.core.claim.ClaimCheck.Unnamed;
import org.deadletteroffice.core.profile.Brokers;
import org.deadletteroffice.core.profile.Profiles;
import org.deadletteroffice.spi.connector.ObjectStore;
import org.deadletteroffice.spi.connector.ObjectStore.Facts;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;

/// Fetches payloads that lie elsewhere, when the operator asks for one, with the rights of the
/// message's profile or of the one that it names for S3; and tells beforehand which are missing.
///
/// Blocks; honours interruption.
public final class Claims {
    /// As large as a payload may be to be read at all.
    public static final long MOST = 16 << 20;

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String UNKNOWN_TYPE = "application/octet-stream";

    private final Brokers brokers;
    private final Profiles profiles;
    private final Messages messages;

    public Claims(Brokers brokers, Profiles profiles, Messages messages) {
        this.brokers = brokers;
        this.profiles = profiles;
        this.messages = messages;
    }

    /// A payload that was fetched.
    ///
    /// @param view the message with it in place of its pointer; for looking, never to be sent
    public record Opened(ClaimCheck claim, Facts facts, MessageView view) {}

    /// What a message points to; empty for most.
    public static List<ClaimCheck> of(MessageView view) {
        return ClaimChecks.of(view.letter(), view.decoded());
    }

    /// Whether a look at it is one at the profile's own store, or at a host that it names; anybody
    /// else is asked on the operator's word alone.
    public boolean isTrusted(String profile, ClaimCheck claim) throws OperatorException {
        return switch (claim.place()) {
            case InS3 _ -> brokers.connection(keeper(profile)).objects().isPresent();
            case AtUrl(var uri) -> hosts(profile).isNamed(uri);
            case Unnamed _ -> false;
        };
    }

    /// Whether it is there, without reading it.
    ///
    /// @throws BrokerException.NotFound when it is not
    /// @throws BrokerException.Unsupported when nobody here can find it
    public Facts look(String profile, ClaimCheck claim) throws OperatorException, BrokerException {
        return switch (claim.place()) {
            case InS3(var bucket, var key) -> store(profile).look(bucket, key);
            case AtUrl(var uri) -> web(profile).look(uri);
            case Unnamed unnamed -> throw unfindable(unnamed);
        };
    }

    /// Fetches what one of a message's claims is for, and reads it as if it had travelled with it.
    ///
    /// @param progress told now and then how many bytes have come
    public Opened open(MessageView pointer, ClaimCheck claim, LongConsumer progress)
            throws OperatorException, BrokerException {
        var letter = pointer.letter();
        var profile = letter.queue().profile();
        var fetched =
                switch (claim.place()) {
                    case InS3(var bucket, var key) ->
                            store(profile).fetch(bucket, key, MOST, progress);
                    case AtUrl(var uri) -> web(profile).fetch(uri, MOST, progress);
                    case Unnamed unnamed -> throw unfindable(unnamed);
                };
        var whole = letter.with(fetched.bytes(), headers(letter.headers(), fetched.facts()));
        return new Opened(claim, fetched.facts(), messages.view(whole, null));
    }

    /// The message's own headers speak of the payload; where none tells its type, the store may.
    private static Headers headers(Headers own, Facts facts) {
        var type = facts.contentType();
        return type == null
                        || type.startsWith(UNKNOWN_TYPE)
                        || own.all().stream()
                                .anyMatch(header -> header.name().equalsIgnoreCase("content-type"))
                ? own
                : own.plus(List.of(Header.of("content-type", type)));
    }

    private ObjectStore store(String profile) throws OperatorException, BrokerException {
        var keeper = keeper(profile);
        return brokers.connection(keeper)
                .objects()
                .orElseThrow(
                        () ->
                                new BrokerException.Unsupported(
                                        "The profile '%s' has no sign-in to S3.".formatted(keeper),
                                        new Remedy.Edit(ClaimSettings.STORE),
                                        null));
    }

    /// The profile whose sign-in to S3 counts for this one's messages.
    private String keeper(String profile) throws OperatorException {
        return ClaimSettings.store(profiles.get(profile).values()).orElse(profile);
    }

    private WebPayloads web(String profile) throws OperatorException {
        return new WebPayloads(hosts(profile), PATIENCE);
    }

    private HostRule hosts(String profile) throws OperatorException {
        return new HostRule(ClaimSettings.hosts(profiles.get(profile).values()));
    }

    private static BrokerException unfindable(Unnamed unnamed) {
        return new BrokerException.Unsupported(
                "The payload is %s, which cannot be found from here.".formatted(unnamed.words()),
                new Remedy.Advice(unnamed.why()),
                null);
    }
}
