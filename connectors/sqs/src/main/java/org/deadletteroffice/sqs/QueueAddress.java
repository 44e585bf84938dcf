package org.deadletteroffice.sqs;

import org.jspecify.annotations.Nullable;

/// Where SQS has a queue.
///
/// @param name as the operator knows it; ends in `.fifo` for a FIFO queue
/// @param url what requests name it by
record QueueAddress(String name, String url) {
    boolean isFifo() {
        return name.endsWith(".fifo");
    }

    /// Whether this account has it.
    boolean isIn(String owner) {
        return url.contains("/" + owner + "/");
    }

    /// Whether the ARN names it, in a region that is known to be the same.
    boolean isAt(@Nullable String arn) {
        if (arn == null) {
            return false;
        }
        var parts = arn.split(":", -1);
        return parts.length == 6
                && parts[2].equals("sqs")
                && parts[5].equals(name)
                && isIn(parts[4]);
    }

    /// The last part of a URL or an ARN.
    static String nameOf(String place) {
        var end = place.endsWith("/") ? place.length() - 1 : place.length();
        var whole = place.substring(0, end);
        return whole.substring(Math.max(whole.lastIndexOf('/'), whole.lastIndexOf(':')) + 1);
    }
}
