package org.deadletteroffice.core.job;

import java.util.List;
import java.util.Optional;
import org.deadletteroffice.core.cause.RedriveMark;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;

/// The headers that a redriven message carries: who sent it, and how often it was sent so far.
final class RedriveHeaders {
    static boolean isOne(Header header) {
        return RedriveMark.isMark(header.name());
    }

    /// The same for the same message of the same job, whenever and however often it is sent.
    static String id(String job, long number) {
        return job + "-" + number;
    }

    /// The number within `job` of the message that `headers` belong to; empty when another job sent
    /// it last, or none.
    static Optional<Long> number(String job, Headers headers) {
        return RedriveMark.of(headers)
                .map(RedriveMark::id)
                .filter(id -> id.startsWith(job + "-"))
                .map(id -> id.substring(job.length() + 1))
                .filter(number -> number.matches("\\d{1,18}"))
                .map(Long::parseLong);
    }

    /// Whether this program sent it.
    static boolean isMarked(Headers headers) {
        return RedriveMark.of(headers).isPresent();
    }

    /// How often the message was redriven before.
    static int count(Headers headers) {
        return RedriveMark.of(headers).map(RedriveMark::count).orElse(0);
    }

    static List<Header> of(String job, long number, int count) {
        return List.of(
                Header.of(RedriveMark.ID, id(job, number)),
                Header.of(RedriveMark.JOB, job),
                Header.of(RedriveMark.COUNT, Integer.toString(count)));
    }

    private RedriveHeaders() {}
}
