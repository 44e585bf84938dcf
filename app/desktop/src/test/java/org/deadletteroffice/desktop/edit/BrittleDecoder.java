package org.deadletteroffice.desktop.edit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.message.Headers;

/// A decoder of somebody else's that breaks its contract: it throws over texts with the word
/// `broken`, when they are made ready to be edited, and when they are written back.
public final class BrittleDecoder implements PayloadDecoder {
    static final String SIGN = "brittle ";
    private static final String BROKEN = "broken";

    @Override
    public String name() {
        return "brittle";
    }

    @Override
    public Match match(byte[] payload, Headers headers) {
        return new Match(
                text(payload).startsWith(SIGN) ? Match.Certainty.CONTENT : Match.Certainty.NO,
                "it begins so");
    }

    @Override
    public Decoded decode(byte[] payload, Headers headers, Limits limits) {
        return new Decoded.PlainText(name(), "UTF-8", text(payload), List.of());
    }

    @Override
    public Optional<String> editText(byte[] payload, Headers headers, Limits limits) {
        return Optional.of(checked(text(payload)));
    }

    @Override
    public byte[] encode(String edited, byte[] original, Headers headers) {
        return checked(edited).getBytes(UTF_8);
    }

    private static String checked(String text) {
        if (text.contains(BROKEN)) {
            throw new IllegalStateException("NullPointerException at offset 7");
        }
        return text;
    }

    private static String text(byte[] payload) {
        return new String(payload, UTF_8);
    }
}
