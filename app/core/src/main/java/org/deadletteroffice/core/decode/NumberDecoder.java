package org.deadletteroffice.core.decode;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.Numerals;

/// Bare numbers and UUIDs as Kafka's serializers write them, big end first: 8 bytes are a long, 4
/// an integer, 16 with the marks of RFC 9562 a UUID. Only where nothing else reads them; what the
/// same bytes say as a floating-point number or a time is told beside it.
public final class NumberDecoder implements PayloadDecoder {
    private static final Match NO = new Match(Certainty.NO, "no bare number");

    /// 2001 to 2286 in milliseconds: beyond, a number is rather no time.
    private static final long FIRST_TIME = 1_000_000_000_000L;

    private static final long LAST_TIME = 9_999_999_999_999L;

    @Override
    public String name() {
        return "number";
    }

    @Override
    public Match match(byte[] payload, Headers headers) {
        return switch (payload.length) {
            case 4, 8 ->
                    new Match(
                            Certainty.FALLBACK,
                            "it has %s bytes, as a number has".formatted(payload.length));
            case 16 ->
                    isUuid(payload)
                            ? new Match(Certainty.FALLBACK, "it has the marks of a UUID")
                            : NO;
            default -> NO;
        };
    }

    private static boolean isUuid(byte[] payload) {
        int version = (payload[6] & 0xF0) >> 4;
        return version >= 1 && version <= 8 && (payload[8] & 0xC0) == 0x80;
    }

    static boolean isTime(long millis) {
        return millis >= FIRST_TIME && millis <= LAST_TIME;
    }

    @Override
    public Decoded decode(byte[] payload, Headers headers, Limits limits) {
        var in = ByteBuffer.wrap(payload);
        return switch (payload.length) {
            case 4 -> {
                int value = in.getInt();
                var told = new IssueList();
                float single = Float.intBitsToFloat(value);
                if (isPlausible(single)) {
                    told.info("", "As a floating-point number it is " + single + ".");
                }
                yield new Decoded.Structured("int32", null, Numbers.of((long) value), told.all());
            }
            case 8 -> {
                long value = in.getLong();
                var told = new IssueList();
                if (isTime(value)) {
                    told.info("", "As milliseconds it is " + Instant.ofEpochMilli(value) + ".");
                }
                double number = Double.longBitsToDouble(value);
                if (isPlausible(number)) {
                    told.info("", "As a floating-point number it is " + number + ".");
                }
                yield new Decoded.Structured("int64", null, Numbers.of(value), told.all());
            }
            case 16 ->
                    new Decoded.Structured(
                            "uuid",
                            null,
                            new Tree.Text(new UUID(in.getLong(), in.getLong()).toString()),
                            List.of());
            default ->
                    new Decoded.Opaque(
                            "bytes",
                            "A number has 4 or 8 bytes, a UUID 16; this has %s."
                                    .formatted(Numerals.of(payload.length)),
                            new IssueList().error("", "It is no bare number.").all());
        };
    }

    private static boolean isPlausible(double value) {
        double size = Math.abs(value);
        return size > 1e-6 && size < 1e15;
    }

    @Override
    public Optional<String> editText(byte[] payload, Headers headers, Limits limits) {
        return decode(payload, headers, limits) instanceof Decoded.Structured number
                ? Optional.of(
                        number.tree() instanceof Tree.Text(var uuid)
                                ? uuid
                                : JsonWriter.compact(number.tree()))
                : Optional.empty();
    }

    @Override
    public byte[] encode(String edited, byte[] original, Headers headers) throws EditException {
        var text = edited.strip();
        try {
            return switch (original.length) {
                case 4 -> ByteBuffer.allocate(4).putInt(Integer.parseInt(text)).array();
                case 8 -> ByteBuffer.allocate(8).putLong(Long.parseLong(text)).array();
                case 16 -> {
                    var uuid = UUID.fromString(text);
                    yield ByteBuffer.allocate(16)
                            .putLong(uuid.getMostSignificantBits())
                            .putLong(uuid.getLeastSignificantBits())
                            .array();
                }
                default -> throw TreeEdit.cannot("These bytes are no number; edit them as hex.");
            };
        } catch (IllegalArgumentException notOne) {
            throw TreeEdit.cannot(
                    original.length == 16
                            ? "'" + text + "' is no UUID."
                            : "'%s' is no whole number of %s bits."
                                    .formatted(text, 8 * original.length));
        }
    }
}
