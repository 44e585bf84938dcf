package org.deadletteroffice.core.decode;

import java.io.ByteArrayOutputStream;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.Tree;
import org.jspecify.annotations.Nullable;

/// The bytes of one self-describing binary format. Stateless.
interface BinaryFormat {
    /// Reads one value and nothing behind it.
    Spot read(byte[] bytes, Limits limits) throws UnreadableException;

    /// The head of a container of `count` entries.
    ///
    /// @param like the container that stood here, whose style is kept; null for a new one
    void begin(
            ByteArrayOutputStream out, byte[] original, @Nullable Spot like, boolean map, int count)
            throws EditException;

    /// What ends a container that began like `like`.
    void end(ByteArrayOutputStream out, byte[] original, @Nullable Spot like);

    /// Anything but a map or an array.
    ///
    /// @param like what stood here, whose type is kept where it can hold the value; null for a new
    ///     value
    void scalar(ByteArrayOutputStream out, byte[] original, @Nullable Spot like, Tree value)
            throws EditException;

    /// The key of a new member of a map.
    ///
    /// @param like another key of the map, whose type is kept; null in an empty map
    void key(ByteArrayOutputStream out, byte[] original, @Nullable Spot like, String name)
            throws EditException;
}
