package org.deadletteroffice.core.cause;

import static org.deadletteroffice.core.cause.Letters.int32;
import static org.deadletteroffice.core.cause.Letters.int64;
import static org.deadletteroffice.core.cause.Letters.text;

import java.util.ArrayList;
import java.util.List;
import org.deadletteroffice.spi.message.Header;

/// Headers as Spring Kafka writes them.
final class SpringKafkaHeaders {
    static final String TRACE =
            """
            org.springframework.kafka.listener.ListenerExecutionFailedException: Listener method 'public void com.shop.Orders.on(com.shop.Order)' threw exception
            \tat org.springframework.kafka.listener.adapter.MessagingMessageListenerAdapter.invokeHandler(MessagingMessageListenerAdapter.java:471)
            \tat java.base/java.lang.Thread.run(Thread.java:1474)
            \tSuppressed: org.springframework.kafka.listener.ListenerExecutionFailedException: Restored Stack Trace
            \t\tat org.springframework.kafka.listener.adapter.MessagingMessageListenerAdapter.invokeHandler(MessagingMessageListenerAdapter.java:444)
            Caused by: java.lang.RuntimeException: java.util.concurrent.ExecutionException: com.shop.PaymentException: Card 4711 declined
            \tat com.shop.Orders.on(Orders.java:31)
            \t... 12 more
            Caused by: java.util.concurrent.ExecutionException: com.shop.PaymentException: Card 4711 declined
            \tat java.base/java.util.concurrent.FutureTask.report(FutureTask.java:122)
            \t... 13 more
            Caused by: com.shop.PaymentException: Card 4711 declined
            by the issuer
            \tat com.shop.Payments.charge(Payments.java:88)
            \tat com.shop.Payments.lambda$pay$3(Payments.java:61)
            \t... 1 more
            """;

    static List<Header> of(String family, String topic, int partition, long offset, String trace) {
        var headers = new ArrayList<Header>();
        headers.add(text(family + "original-topic", topic));
        headers.add(int32(family + "original-partition", partition));
        headers.add(int64(family + "original-offset", offset));
        headers.add(int64(family + "original-timestamp", 1_772_360_000_000L));
        headers.add(text(family + "original-timestamp-type", "CreateTime"));
        headers.add(text("kafka_dlt-original-consumer-group", "billing"));
        var type = trace.substring(0, trace.indexOf(':'));
        headers.add(text(family + "exception-fqcn", type));
        headers.add(text(family + "exception-message", "Listener failed; told in the trace"));
        headers.add(text(family + "exception-stacktrace", trace));
        return headers;
    }

    private SpringKafkaHeaders() {}
}
