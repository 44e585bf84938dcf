package org.deadletteroffice.memory;

/// The ways in which brokers hold messages; every connector is of one of them.
public enum Flavour {
    /// Reading and sending on take nothing away; transfers within the broker are exactly once.
    LOG,
    /// A message can be removed by itself; transfers are at least once.
    QUEUE,
    /// As [#QUEUE], and each look at a message counts as a delivery of it.
    COUNTING_QUEUE
}
