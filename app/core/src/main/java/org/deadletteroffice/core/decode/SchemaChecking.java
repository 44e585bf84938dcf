package org.deadletteroffice.core.decode;

import java.util.List;
import org.deadletteroffice.spi.decode.Decoded.Issue;
import org.deadletteroffice.spi.message.Headers;

/// A decoder that can hold an edited text against the message's schema.
interface SchemaChecking {
    /// What does not fit, in words and each with its place; empty when all does, or where the
    /// schema cannot be had or the text not be read.
    List<Issue> check(String edited, byte[] original, Headers headers);
}
