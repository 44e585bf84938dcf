package org.deadletteroffice.core.job;

import java.time.Instant;
import java.util.List;

/// Where the messages that a job sent are now, as far as the brokers tell. "Sent" is never shown as
/// "done".
///
/// @param waiting at the destination: the reader that matters has not passed it yet
/// @param consumed that reader has passed it, and it did not come back so far
/// @param back it died again and lies in the queue it was taken from
/// @param unknown the broker does not tell, or no reader could be told to be the one that matters
/// @param readers the readers that were asked, one line each
public record JobFates(
        long waiting, long consumed, long back, long unknown, List<String> readers, Instant asOf) {
    public JobFates {
        readers = List.copyOf(readers);
    }
}
