package org.deadletteroffice.core.decode;

import java.util.List;
import org.deadletteroffice.spi.decode.Decoded.Issue;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match;
import org.deadletteroffice.spi.message.Headers;

/// Something around another payload: a compression, a text form of bytes, a service's envelope.
/// Stateless.
interface Wrapper {
    /// As in the format of what it wraps: `gzip`.
    String format();

    Match match(byte[] payload, Headers headers);

    /// Whatever a header says of the content, it is inside: nothing else is tried.
    boolean goesFirst();

    Unwrapped unwrap(byte[] payload, Headers headers, Limits limits);

    /// `inner` wrapped as the original's content was.
    byte[] wrap(byte[] inner, byte[] original, Headers headers) throws EditException;

    /// @param bytes what is inside, as far as it could be read
    /// @param headers what they say of the inside
    /// @param problem what ended it early; empty when all was read
    /// @param told what the wrapping itself says
    record Unwrapped(byte[] bytes, Headers headers, String problem, List<Issue> told) {
        static Unwrapped broken(Headers headers, String problem) {
            return new Unwrapped(new byte[0], headers, problem, List.of());
        }
    }
}
