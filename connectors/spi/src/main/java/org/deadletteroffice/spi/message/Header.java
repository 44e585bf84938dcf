package org.deadletteroffice.spi.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One header as it lay on the wire. Names repeat, order matters, and null differs from empty.
public record Header(String name, byte @Nullable [] value) {
    /// A header whose value is the UTF-8 form of `text`.
    public static Header of(String name, String text) {
        return new Header(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /// The value read as UTF-8, with U+FFFD where it is not; null where the value is null.
    public @Nullable String text() {
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Header(var otherName, var otherValue)
                && name.equals(otherName)
                && Arrays.equals(value, otherValue);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return name
                + "="
                + Objects.requireNonNullElse(
                        value == null ? null : HexFormat.of().formatHex(value), "null");
    }
}
