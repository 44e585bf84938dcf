package org.deadletteroffice.rabbitmq;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// AMQP's tables as bytes and back, in their order and with each type as it was written.
///
/// Layout: AMQP 0-9-1 specification, section 4.2.5.5, with RabbitMQ's letters for the types, see
/// its *AMQP 0-9-1 errata*, section 3.
final class FieldTable {
    private FieldTable() {}

    /// A value with the letter of its type.
    ///
    /// @param value `S` and `x`: bytes; `t`: [Boolean]; `b B s u I i l` and `T` (seconds): [Long];
    ///     `d`: [Double]; `f`: [Float]; `D`: [BigDecimal]; `F`: a map of fields; `A`: a list of
    ///     them; `V`: null
    record Field(char type, @Nullable Object value) {
        /// @throws IllegalArgumentException when the value is none of its type
        Field {
            switch (type) {
                case 'b' -> within(type, value, Byte.MIN_VALUE, Byte.MAX_VALUE);
                case 'B' -> within(type, value, 0, 0xff);
                case 's' -> within(type, value, Short.MIN_VALUE, Short.MAX_VALUE);
                case 'u' -> within(type, value, 0, 0xffff);
                case 'I' -> within(type, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
                case 'i' -> within(type, value, 0, 0xffffffffL);
                case 'D' -> mustFit(value);
                default -> {
                    // its class says enough, see below
                }
            }
        }

        private static void within(char type, @Nullable Object value, long least, long most) {
            if (!(value instanceof Long number) || number < least || number > most) {
                throw new IllegalArgumentException("no value of the type " + type);
            }
        }

        private static void mustFit(@Nullable Object value) {
            if (!(value instanceof BigDecimal number)
                    || number.scale() < 0
                    || number.scale() > 255
                    || number.unscaledValue().bitLength() > 31) {
                throw new IllegalArgumentException("no value of the type D");
            }
        }

        byte[] bytes() {
            return (byte[]) of(byte[].class);
        }

        long number() {
            return (Long) of(Long.class);
        }

        @SuppressWarnings("unchecked") // by its type
        Map<String, Field> table() {
            return (Map<String, Field>) of(Map.class);
        }

        @SuppressWarnings("unchecked") // by its type
        List<Field> array() {
            return (List<Field>) of(List.class);
        }

        private Object of(Class<?> kind) {
            var known = value;
            if (known == null || !kind.isInstance(known)) {
                throw new IllegalArgumentException("no value of the type " + type);
            }
            return known;
        }
    }

    /// @param table without its length
    /// @throws IllegalArgumentException when the bytes are no table
    static Map<String, Field> read(byte[] table) {
        try {
            return table(ByteBuffer.wrap(table));
        } catch (BufferUnderflowException cut) {
            throw new IllegalArgumentException("a table that ends within a value", cut);
        }
    }

    /// Of a name that stands twice the first value counts, as for RabbitMQ's client.
    private static Map<String, Field> table(ByteBuffer in) {
        var table = new LinkedHashMap<String, Field>();
        while (in.hasRemaining()) {
            var name = new String(bytes(in, in.get() & 0xff), StandardCharsets.UTF_8);
            table.putIfAbsent(name, field(in));
        }
        return table;
    }

    private static List<Field> array(ByteBuffer in) {
        var array = new ArrayList<Field>();
        while (in.hasRemaining()) {
            array.add(field(in));
        }
        return array;
    }

    private static Field field(ByteBuffer in) {
        var type = (char) (in.get() & 0xff);
        return new Field(
                type,
                switch (type) {
                    case 'V' -> null;
                    case 'S', 'x' -> bytes(in, in.getInt());
                    case 't' -> in.get() != 0;
                    case 'b' -> (long) in.get();
                    case 'B' -> in.get() & 0xffL;
                    case 's' -> (long) in.getShort();
                    case 'u' -> in.getShort() & 0xffffL;
                    case 'I' -> (long) in.getInt();
                    case 'i' -> in.getInt() & 0xffffffffL;
                    case 'l', 'T' -> in.getLong();
                    case 'd' -> in.getDouble();
                    case 'f' -> in.getFloat();
                    case 'D' -> decimal(in);
                    case 'F' -> table(part(in));
                    case 'A' -> array(part(in));
                    default -> throw new IllegalArgumentException("no AMQP type: " + type);
                });
    }

    private static BigDecimal decimal(ByteBuffer in) {
        var scale = in.get() & 0xff;
        return new BigDecimal(BigInteger.valueOf(in.getInt()), scale);
    }

    private static ByteBuffer part(ByteBuffer in) {
        return ByteBuffer.wrap(bytes(in, in.getInt()));
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException(
                    "a value of " + length + " bytes in a shorter table");
        }
        var bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    /// @return the table without its length
    /// @throws IllegalArgumentException when a value is none of its type, or a name too long
    static byte[] write(Map<String, Field> table) {
        var bytes = new ByteArrayOutputStream();
        try {
            var out = new DataOutputStream(bytes);
            for (var field : table.entrySet()) {
                var name = field.getKey().getBytes(StandardCharsets.UTF_8);
                if (name.length > 255) {
                    throw new IllegalArgumentException("a name of more than 255 bytes");
                }
                out.writeByte(name.length);
                out.write(name);
                write(field.getValue(), out);
            }
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void write(Field field, DataOutputStream out) throws IOException {
        out.writeByte(field.type());
        switch (field.type()) {
            case 'V' -> {
                // nothing more
            }
            case 'S', 'x' -> writeLong(field.bytes(), out);
            case 't' -> out.writeBoolean((Boolean) field.of(Boolean.class));
            case 'b', 'B' -> out.writeByte((int) field.number());
            case 's', 'u' -> out.writeShort((int) field.number());
            case 'I', 'i' -> out.writeInt((int) field.number());
            case 'l', 'T' -> out.writeLong(field.number());
            case 'd' -> out.writeDouble((Double) field.of(Double.class));
            case 'f' -> out.writeFloat((Float) field.of(Float.class));
            case 'D' -> {
                var decimal = (BigDecimal) field.of(BigDecimal.class);
                out.writeByte(decimal.scale());
                out.writeInt(decimal.unscaledValue().intValue());
            }
            case 'F' -> writeLong(write(field.table()), out);
            case 'A' -> writeLong(write(field.array()), out);
            default -> throw new IllegalArgumentException("no AMQP type: " + field.type());
        }
    }

    private static byte[] write(List<Field> array) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        for (var each : array) {
            write(each, out);
        }
        return bytes.toByteArray();
    }

    private static void writeLong(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
