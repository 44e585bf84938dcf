package org.deadletteroffice.core.decode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;
import org.deadletteroffice.spi.decode.Tree;
import org.jspecify.annotations.Nullable;

/// Avro's logical types as people write them: `12.50`, `2026-05-01`, `2026-05-01T10:00:00Z`. A
/// number where such a text would stand is taken as the bare value.
final class AvroLogical {
    private static final int LONGEST_DECIMAL = 400;

    private static String of(Schema schema) {
        var logical = schema.getProp("logicalType");
        return logical == null ? "" : logical;
    }

    private static @Nullable ChronoUnit unit(String logical) {
        return logical.endsWith("-millis")
                ? ChronoUnit.MILLIS
                : logical.endsWith("-micros")
                        ? ChronoUnit.MICROS
                        : logical.endsWith("-nanos") ? ChronoUnit.NANOS : null;
    }

    static Tree shown(Schema schema, long value) {
        var logical = of(schema);
        try {
            var unit = unit(logical);
            if (logical.equals("date")) {
                return new Tree.Text(LocalDate.ofEpochDay(value).toString());
            }
            if (unit != null && logical.startsWith("time-")) {
                return new Tree.Text(LocalTime.MIDNIGHT.plus(inDay(value, unit), unit).toString());
            }
            if (unit != null && logical.startsWith("timestamp-")) {
                return new Tree.Text(Instant.EPOCH.plus(value, unit).toString());
            }
            if (unit != null && logical.startsWith("local-timestamp-")) {
                return new Tree.Text(
                        LocalDateTime.ofInstant(Instant.EPOCH.plus(value, unit), ZoneOffset.UTC)
                                .toString());
            }
        } catch (DateTimeException | ArithmeticException outOfRange) {
            return Numbers.of(value);
        }
        return Numbers.of(value);
    }

    private static long inDay(long value, ChronoUnit unit) {
        if (value < 0 || value >= unit.between(LocalTime.MIDNIGHT, LocalTime.MAX) + 1) {
            throw new ArithmeticException("no time of a day");
        }
        return value;
    }

    /// The number that stands for a text of this logical type.
    static Optional<Long> number(Schema schema, String text) {
        var logical = of(schema);
        try {
            var unit = unit(logical);
            if (logical.equals("date")) {
                return Optional.of(LocalDate.parse(text).toEpochDay());
            }
            if (unit != null && logical.startsWith("time-")) {
                return Optional.of(LocalTime.MIDNIGHT.until(LocalTime.parse(text), unit));
            }
            if (unit != null && logical.startsWith("timestamp-")) {
                return Optional.of(Instant.EPOCH.until(Instant.parse(text), unit));
            }
            if (unit != null && logical.startsWith("local-timestamp-")) {
                return Optional.of(
                        Instant.EPOCH.until(
                                LocalDateTime.parse(text).toInstant(ZoneOffset.UTC), unit));
            }
        } catch (DateTimeException | ArithmeticException notOne) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    static Tree shown(Schema schema, byte[] bytes) {
        var logical = of(schema);
        if (logical.equals("decimal") && bytes.length > 0 && bytes.length <= LONGEST_DECIMAL) {
            return new Tree.Num(
                    new BigDecimal(new BigInteger(bytes), scale(schema)).toPlainString());
        }
        if (logical.equals("uuid") && bytes.length == 16) {
            var in = ByteBuffer.wrap(bytes);
            return new Tree.Text(new UUID(in.getLong(), in.getLong()).toString());
        }
        return new Tree.Bytes(bytes);
    }

    private static int scale(Schema schema) {
        return schema.getObjectProp("scale") instanceof Number scale
                ? Math.clamp(scale.intValue(), 0, LONGEST_DECIMAL)
                : 0;
    }

    /// The bytes that stand for a value of this logical type; empty where it is none, or does not
    /// fit.
    static Optional<byte[]> bytes(Schema schema, Tree value) {
        var logical = of(schema);
        boolean fixed = schema.getType() == Schema.Type.FIXED;
        if (logical.equals("decimal") && value instanceof Tree.Num(var literal)) {
            try {
                var unscaled =
                        new BigDecimal(literal)
                                .setScale(scale(schema), RoundingMode.UNNECESSARY)
                                .unscaledValue();
                return fixed
                        ? widened(unscaled, schema.getFixedSize())
                        : Optional.of(unscaled.toByteArray());
            } catch (ArithmeticException | NumberFormatException tooFine) {
                return Optional.empty();
            }
        }
        if (logical.equals("uuid") && fixed && value instanceof Tree.Text(var text)) {
            try {
                var uuid = UUID.fromString(text);
                return Optional.of(
                        ByteBuffer.allocate(16)
                                .putLong(uuid.getMostSignificantBits())
                                .putLong(uuid.getLeastSignificantBits())
                                .array());
            } catch (IllegalArgumentException notOne) {
                return Optional.empty();
            }
        }
        return TreeEdit.bytes(value)
                .filter(bytes -> !fixed || bytes.length == schema.getFixedSize());
    }

    private static Optional<byte[]> widened(BigInteger value, int size) {
        var bytes = value.toByteArray();
        if (bytes.length > size) {
            return Optional.empty();
        }
        var wide = new byte[size];
        Arrays.fill(wide, (byte) (value.signum() < 0 ? 0xFF : 0));
        System.arraycopy(bytes, 0, wide, size - bytes.length, bytes.length);
        return Optional.of(wide);
    }

    private AvroLogical() {}
}
