package org.deadletteroffice.spi.decode;

import java.util.Optional;
import org.deadletteroffice.spi.message.Headers;

/// Reads one payload format, and writes an edited one back. Stateless; found by `ServiceLoader`.
/// Payloads are hostile: every limit of [Limits] holds, and no input may make a decoder throw, hang
/// or exhaust memory.
public interface PayloadDecoder {
    /// Stable: `json`. Also what an operator types to override the choice.
    String name();

    /// How sure the decoder is that these bytes are its format.
    Match match(byte[] payload, Headers headers);

    /// Reads. Never throws for any input.
    Decoded decode(byte[] payload, Headers headers, Limits limits);

    /// The text an operator edits; empty where the format cannot be edited as text.
    Optional<String> editText(byte[] payload, Headers headers, Limits limits);

    /// Bytes of the format, envelope and style that `original` came in, with the content that
    /// `edited` says.
    ///
    /// @throws EditException with a sentence and a position when `edited` cannot be that format
    byte[] encode(String edited, byte[] original, Headers headers) throws EditException;

    /// @param reason shown to the operator: `content-type is application/json`
    record Match(Certainty certainty, String reason) {
        /// From not at all to what a header expressly says.
        public enum Certainty {
            NO,
            /// Everything can be read this way.
            FALLBACK,
            /// The bytes look like it.
            LIKELY,
            /// A magic number or the whole content says so.
            CONTENT,
            /// A header says so.
            DECLARED
        }
    }

    /// @param bytes how much of a payload is decoded at most
    /// @param depth nesting of structures and wrappers
    /// @param expansion decompressed size over compressed at most
    record Limits(int bytes, int depth, int expansion) {
        public static final Limits STANDARD = new Limits(16 << 20, 200, 1_000);
    }

    /// @param line from 1; 0 where unknown
    /// @param column from 1; 0 where unknown
    final class EditException extends Exception {
        private final int line;
        private final int column;

        public EditException(String sentence, int line, int column) {
            super(sentence);
            this.line = line;
            this.column = column;
        }

        public int line() {
            return line;
        }

        public int column() {
            return column;
        }
    }
}
