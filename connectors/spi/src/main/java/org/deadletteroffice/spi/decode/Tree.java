package org.deadletteroffice.spi.decode;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A decoded value, exact: the text of numbers, the order and repeats of members, and bytes
/// survive. A type of our own, since no JSON library's tree keeps duplicate members and number
/// text, and this jar shall not bring one.
public sealed interface Tree {
    Tree NULL = new Null();

    record Obj(List<Member> members) implements Tree {
        public Obj {
            members = List.copyOf(members);
        }

        /// The last member of this name, as JSON readers see it.
        public Optional<Tree> get(String name) {
            for (int i = members.size() - 1; i >= 0; i--) {
                if (members.get(i).name().equals(name)) {
                    return Optional.of(members.get(i).value());
                }
            }
            return Optional.empty();
        }
    }

    record Member(String name, Tree value) {}

    record Arr(List<Tree> items) implements Tree {
        public Arr {
            items = List.copyOf(items);
        }
    }

    record Text(String value) implements Tree {}

    /// @param literal as it was written: `1.50`, `9007199254740993`, `1e400`
    record Num(String literal) implements Tree {}

    record Bool(boolean value) implements Tree {}

    record Null() implements Tree {}

    /// Equal when the bytes are.
    record Bytes(byte[] value) implements Tree {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bytes(var bytes) && Arrays.equals(value, bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return "Bytes[" + HexFormat.of().formatHex(value) + "]";
        }
    }
}
