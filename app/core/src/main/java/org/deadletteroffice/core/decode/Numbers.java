package org.deadletteroffice.core.decode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.deadletteroffice.spi.decode.Tree;

/// Numbers of binary formats as trees, and back. What JSON has no number for (NaN, the infinities)
/// is its name as text.
final class Numbers {
    /// Longer ones are not computed with: squaring a million digits takes seconds.
    private static final int MAX_DIGITS = 1_000;

    static Tree of(double value) {
        return Double.isFinite(value)
                ? new Tree.Num(Double.toString(value))
                : new Tree.Text(Double.toString(value));
    }

    static Tree of(float value) {
        return Float.isFinite(value)
                ? new Tree.Num(Float.toString(value))
                : new Tree.Text(Float.toString(value));
    }

    static Tree of(long value) {
        return new Tree.Num(Long.toString(value));
    }

    static Tree unsigned(long value) {
        return new Tree.Num(Long.toUnsignedString(value));
    }

    /// The whole number that a tree is; `1.0` and `1e3` are whole too.
    static Optional<BigInteger> whole(Tree tree) {
        if (!(tree instanceof Tree.Num(var literal)) || literal.length() > MAX_DIGITS) {
            return Optional.empty();
        }
        try {
            var decimal = new BigDecimal(literal);
            return Math.abs((long) decimal.scale()) > MAX_DIGITS
                    ? Optional.empty()
                    : Optional.of(decimal.toBigIntegerExact());
        } catch (ArithmeticException | NumberFormatException notWhole) {
            return Optional.empty();
        }
    }

    static Optional<Long> fitsLong(Tree tree) {
        return whole(tree).filter(it -> it.bitLength() < Long.SIZE).map(BigInteger::longValue);
    }

    /// The number, or one of the names that JSON has no number for.
    static Optional<Double> floating(Tree tree) {
        return switch (tree) {
            case Tree.Num(var literal) -> Optional.of(Double.parseDouble(literal));
            case Tree.Text(var name) ->
                    switch (name) {
                        case "NaN" -> Optional.of(Double.NaN);
                        case "Infinity" -> Optional.of(Double.POSITIVE_INFINITY);
                        case "-Infinity" -> Optional.of(Double.NEGATIVE_INFINITY);
                        default -> Optional.empty();
                    };
            default -> Optional.empty();
        };
    }

    private Numbers() {}
}
