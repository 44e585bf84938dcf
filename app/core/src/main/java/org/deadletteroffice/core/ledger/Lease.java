package org.deadletteroffice.core.ledger;

/// The right to write to a job. Whoever takes the job over makes the epoch one larger, and every
/// act of the former owner then fails with [LeaseLost].
///
/// @param number the job's number in the store
public record Lease(String job, long number, int epoch) {}
