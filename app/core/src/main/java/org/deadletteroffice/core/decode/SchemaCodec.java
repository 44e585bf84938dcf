package org.deadletteroffice.core.decode;

import java.util.List;
import org.deadletteroffice.spi.decode.Decoded.Issue;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.Tree;

/// Values of one schema: read, checked and written. Immutable and thread-safe.
interface SchemaCodec {
    /// `avro`, `protobuf`, `json`.
    String format();

    /// The schema's own name, for the operator.
    String name();

    Tree read(byte[] content, Limits limits) throws UnreadableException;

    /// The bytes of an edited tree; what the edit did not touch keeps the type it had.
    byte[] write(Tree edited, byte[] original) throws EditException;

    /// What of the tree does not fit, in words and each with its place; empty when all does.
    List<Issue> check(Tree tree);
}
