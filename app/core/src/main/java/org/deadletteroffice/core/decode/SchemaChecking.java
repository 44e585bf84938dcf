package org.deadletteroffice.core.decode;

import org.deadletteroffice.spi.message.Headers;

/// A decoder that can hold an edited text against the message's own schema.
interface SchemaChecking {
    /// Not checked where the schema cannot be had or the text not be read.
    SchemaJudgement judgeByItsOwn(String edited, byte[] original, Headers headers);
}
