package org.deadletteroffice.core.browse;

import org.deadletteroffice.core.cause.Causes;
import org.deadletteroffice.core.cause.Fingerprint;
import org.deadletteroffice.core.decode.Decoders;
import org.deadletteroffice.core.query.Searched;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.jspecify.annotations.Nullable;

/// One message of a scan, each part of which is read when it is first asked for. For one thread.
final class UnreadMessage implements Searched {
    private final DeadLetter letter;
    private final Decoders decoders;
    private final @Nullable String decoder;
    private final Causes causes;
    private @Nullable Decoded decoded;
    private @Nullable Failure failure;
    private @Nullable String fingerprint;
    private @Nullable Boolean plain;

    /// @param decoder what the operator chose for its queue; null lets it be chosen
    UnreadMessage(DeadLetter letter, Decoders decoders, @Nullable String decoder, Causes causes) {
        this.letter = letter;
        this.decoders = decoders;
        this.decoder = decoder;
        this.causes = causes;
    }

    @Override
    public DeadLetter letter() {
        return letter;
    }

    @Override
    public Decoded decoded() {
        if (decoded == null) {
            decoded = decoders.decode(letter.payload(), letter.headers(), decoder).decoded();
        }
        return decoded;
    }

    @Override
    public Failure failure() {
        if (failure == null) {
            failure = causes.read(letter);
        }
        return failure;
    }

    @Override
    public String fingerprint() {
        if (fingerprint == null) {
            fingerprint = Fingerprint.of(failure());
        }
        return fingerprint;
    }

    @Override
    public boolean payloadReadsAsItStands() {
        if (plain == null) {
            plain = decoders.readsAsItStands(letter.payload(), letter.headers(), decoder);
        }
        return plain;
    }

    @Override
    public boolean failureQuotesHeaders() {
        return failure == null && causes.quoteHeaders(letter);
    }
}
