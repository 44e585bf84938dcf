package org.deadletteroffice.core.cause;

import java.util.Optional;
import org.deadletteroffice.spi.message.Headers;
import org.jspecify.annotations.Nullable;

/// The mark that this program puts on a message it sends. A message in a dead-letter queue that
/// carries one was redriven and came back.
///
/// @param id the same for the same message of the same job
/// @param job the job that sent it; null where the header is missing
/// @param count how often it was sent by this program; at least 1
public record RedriveMark(String id, @Nullable String job, int count) {
    public static final String ID = "x-redrive-id";
    public static final String JOB = "x-redrive-job";
    public static final String COUNT = "x-redrive-count";

    public static Optional<RedriveMark> of(Headers headers) {
        int at = Evidence.lastIndex(headers, ID);
        if (at < 0) {
            return Optional.empty();
        }
        var evidence = new Evidence(headers);
        var id = evidence.lastText(ID);
        var count = Evidence.decimal(evidence.last(COUNT));
        return Optional.of(
                new RedriveMark(
                        id == null ? "" : id,
                        evidence.lastText(JOB),
                        count == null ? 1 : Math.clamp(count, 1, Integer.MAX_VALUE)));
    }

    public static boolean isMark(String header) {
        return header.equals(ID) || header.equals(JOB) || header.equals(COUNT);
    }
}
