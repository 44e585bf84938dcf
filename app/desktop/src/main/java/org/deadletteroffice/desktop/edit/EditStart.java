package org.deadletteroffice.desktop.edit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.cause.Causes;
import org.deadletteroffice.core.edit.Editing;
import org.deadletteroffice.desktop.payload.HeaderText;
import org.deadletteroffice.spi.message.Headers;
import org.jspecify.annotations.Nullable;

/// What is edited, made ready off the FX thread.
///
/// @param text of the payload, or its hex
/// @param hex whether the payload can only be edited as bytes
/// @param headers that travel on, with how often each name occurs
public record EditStart(
        String text, boolean hex, String key, boolean keyHex, Map<HeaderText, Integer> headers) {
    static EditStart of(MessageView original) {
        var letter = original.letter();
        var payload = letter.payload();
        var asText = Editing.editText(original);
        boolean hex = asText.isEmpty() && payload != null && payload.length > 0;
        var text = asText.orElseGet(() -> payload == null ? "" : Editing.hexText(payload));
        var bytes = letter.key();
        var key = bytes == null ? "" : utf8(bytes);
        boolean keyHex = bytes != null && key == null;
        return new EditStart(
                text,
                hex,
                bytes != null && key == null ? Editing.hexText(bytes) : key == null ? "" : key,
                keyHex,
                travelling(letter.headers()));
    }

    private static Map<HeaderText, Integer> travelling(Headers all) {
        var left = new HashSet<>(Causes.standard().failureHeaders(all));
        var last = new LinkedHashMap<String, HeaderText>();
        for (var header : all) {
            if (!left.contains(header.name())) {
                last.put(header.name(), HeaderText.of(header));
            }
        }
        var fields = new LinkedHashMap<HeaderText, Integer>();
        last.forEach((name, text) -> fields.put(text, (int) all.named(name).count()));
        return fields;
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notText) {
            return null;
        }
    }
}
