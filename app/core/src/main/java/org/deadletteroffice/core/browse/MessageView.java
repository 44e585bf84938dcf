package org.deadletteroffice.core.browse;

import org.deadletteroffice.core.decode.Decoders;
import org.deadletteroffice.core.query.Searched;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.jspecify.annotations.Nullable;

/// A message as the operator sees it: the bytes, what they say, why it died, what was done about
/// it.
///
/// @param decoder the name of the decoder that read it
/// @param decoderReason why that one, in words
/// @param fingerprint groups equal failures; the same for the same failure in any process and any
///     order
/// @param fate what the ledger knows of it
/// @param decoders those of its profile: what read it, and what writes it back
public record MessageView(
        DeadLetter letter,
        Decoded decoded,
        String decoder,
        String decoderReason,
        @Nullable CloudEventInfo cloudEvent,
        Failure failure,
        String fingerprint,
        Fate fate,
        Decoders decoders)
        implements Searched {
    /// The attributes of a CloudEvent in any mode.
    ///
    /// @param mode `structured`, `binary`, or `by shape`
    public record CloudEventInfo(
            String mode, String specVersion, String id, String source, String type) {}

    /// @param resolved it was redriven and lies here only because the broker is a log
    /// @param job the last job that sent it; null for none
    /// @param returns how often it came back after a redrive, by its redrive headers and the ledger
    public record Fate(boolean resolved, @Nullable String job, int returns) {
        public static final Fate UNTOUCHED = new Fate(false, null, 0);
    }
}
