package org.deadletteroffice.sqs;

/// Where SQS has a queue.
///
/// @param name as the operator knows it; ends in `.fifo` for a FIFO queue
/// @param url what requests name it by
record QueueAddress(String name, String url) {
    boolean isFifo() {
        return name.endsWith(".fifo");
    }

    /// The last part of a URL or an ARN.
    static String nameOf(String place) {
        var end = place.endsWith("/") ? place.length() - 1 : place.length();
        var whole = place.substring(0, end);
        return whole.substring(Math.max(whole.lastIndexOf('/'), whole.lastIndexOf(':')) + 1);
    }
}
