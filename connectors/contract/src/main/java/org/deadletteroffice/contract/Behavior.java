package org.deadletteroffice.contract;

/// What a broker may or may not do. Each is true until a connector's contract test denies it, and a
/// denial is tested like a claim.
public enum Behavior {
    /// Pages towards the oldest message.
    PAGE_BACKWARDS,
    /// Starts at an instant.
    SEEK_BY_TIME,
    /// Fetches a message by its id without reading others.
    SEEK_BY_ID,
    /// Removes a single message.
    REMOVE_ONE,
    /// Sending a message on does not take it away.
    KEEPS_MESSAGES,
    /// Removes all before a place.
    PURGE,
    /// Has a mover of its own.
    MOVE_ON_SERVER,
    /// Keeps the order of messages of one key.
    ORDERED,
    /// Keeps it when a connection is lost that held some of them.
    ORDERED_WHEN_LOST,
    /// A transfer within the broker is exactly once: batches are atomic and leave a proof.
    EXACTLY_ONCE,
    /// A message has a key.
    KEYS,
    /// A message may be without a key.
    OPTIONAL_KEYS,
    /// All messages of one key can be read at once; else what is read of a key hides the rest of
    /// it.
    WHOLE_KEYS,
    /// A payload may be any bytes, not only text.
    BINARY_PAYLOADS,
    /// A payload may be empty.
    EMPTY_PAYLOADS,
    /// A header may have any value, an empty one too.
    FREE_HEADERS,
    /// A message may have no payload, which differs from an empty one.
    NULL_PAYLOADS,
    /// A header may have no value, which differs from an empty one.
    NULL_HEADERS,
    /// A header name may stand several times.
    REPEATED_HEADERS,
    /// Headers come in the order in which they were sent.
    HEADER_ORDER,
    /// A sender may say the time of a message.
    TIMESTAMPS,
    /// A queue has several partitions.
    PARTITIONS,
    /// A queue has a limit to the size of a message.
    SIZE_LIMIT,
    /// Counts what arrives, so that its rate is known.
    RATES,
    /// Says why it does not take a message that is sent; else only that it does not. A rehearsal
    /// asks beforehand.
    REASONS,
    /// Knows its readers by name, and their lag.
    CONSUMERS,
    /// Tells a queue that was deleted and made anew from the one before.
    IDENTITY,
    /// Asks who one is.
    SIGN_IN,
    /// Can forbid reading or writing a queue.
    RIGHTS
}
