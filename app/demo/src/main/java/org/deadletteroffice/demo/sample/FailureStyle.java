package org.deadletteroffice.demo.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/// How frameworks, beside those whose dead letters the flows of the shop have, write down why a
/// message died. Each with the name its reader has in the engine.
public enum FailureStyle {
    PLAIN("headers") {
        @Override
        Map<String, String> texts(Trouble trouble, Origin origin) {
            return pairs(
                    "x-original-topic", origin.topic(),
                    "x-original-partition", "0",
                    "x-original-offset", origin.offset(),
                    "x-consumer-group", trouble.consumer(),
                    "x-error-type", trouble.type(),
                    "x-error-message", trouble.message(),
                    "x-error-stacktrace", trouble.trace(),
                    "x-attempts", "3",
                    "x-failed-at", origin.at().toString());
        }
    },
    STREAMS("Kafka Streams") {
        @Override
        Map<String, String> texts(Trouble trouble, Origin origin) {
            return pairs(
                    "__streams.errors.exception", trouble.type(),
                    "__streams.errors.message", trouble.message(),
                    "__streams.errors.stacktrace", trouble.trace(),
                    "__streams.errors.topic", origin.topic(),
                    "__streams.errors.partition", "0",
                    "__streams.errors.offset", origin.offset());
        }
    },
    SHARE_GROUP("Kafka share group") {
        @Override
        Map<String, String> texts(Trouble trouble, Origin origin) {
            return pairs(
                    "__dlq.errors.topic",
                    origin.topic(),
                    "__dlq.errors.partition",
                    "0",
                    "__dlq.errors.offset",
                    origin.offset(),
                    "__dlq.errors.group",
                    trouble.consumer(),
                    "__dlq.errors.delivery.count",
                    "5",
                    "__dlq.errors.message",
                    "Delivery count limit reached");
        }
    },
    SMALLRYE("SmallRye") {
        @Override
        Map<String, String> texts(Trouble trouble, Origin origin) {
            return pairs(
                    "dead-letter-exception-class-name", trouble.type(),
                    "dead-letter-reason", trouble.message(),
                    "dead-letter-topic", origin.topic(),
                    "dead-letter-partition", "0",
                    "dead-letter-offset", origin.offset());
        }
    },
    SPRING_CLOUD_STREAM("Spring Cloud Stream") {
        @Override
        Map<String, String> texts(Trouble trouble, Origin origin) {
            return pairs(
                    "x-original-topic", origin.topic(),
                    "x-exception-fqcn", trouble.type(),
                    "x-exception-message", trouble.message(),
                    "x-exception-stacktrace", trouble.trace());
        }

        @Override
        List<Header> headers(Trouble trouble, Origin origin) {
            var all = new java.util.ArrayList<>(super.headers(trouble, origin));
            all.add(
                    new RecordHeader(
                            "x-original-partition", ByteBuffer.allocate(4).putInt(0).array()));
            all.add(
                    new RecordHeader(
                            "x-original-offset",
                            ByteBuffer.allocate(8)
                                    .putLong(Long.parseLong(origin.offset()))
                                    .array()));
            return all;
        }
    },
    CAMEL("Camel") {
        @Override
        Map<String, String> texts(Trouble trouble, Origin origin) {
            return pairs(
                    "CamelExceptionCaught", trouble.type() + ": " + trouble.message(),
                    "CamelExceptionStackTrace", trouble.trace(),
                    "CamelFailureRouteId", trouble.consumer(),
                    "CamelRedeliveryCounter", "2",
                    "kafka.TOPIC", origin.topic(),
                    "kafka.OFFSET", origin.offset());
        }
    },
    DATA_CONTRACT("Confluent data contract") {
        @Override
        Map<String, String> texts(Trouble trouble, Origin origin) {
            return pairs(
                    "__rule.name",
                    "checkVatNumber",
                    "__rule.mode",
                    "WRITE",
                    "__rule.subject",
                    origin.topic() + "-value",
                    "__rule.topic",
                    origin.topic(),
                    "__rule.exception",
                    trouble.type() + ": " + trouble.message());
        }
    },
    MASS_TRANSIT("MassTransit") {
        @Override
        Map<String, String> texts(Trouble trouble, Origin origin) {
            return pairs(
                    "MT-Reason",
                    "fault",
                    "MT-Fault-ExceptionType",
                    trouble.type(),
                    "MT-Fault-Message",
                    trouble.message(),
                    "MT-Fault-StackTrace",
                    trouble.trace(),
                    "MT-Fault-Timestamp",
                    origin.at().toString(),
                    "MT-Fault-ConsumerType",
                    "Northwind.Orders.OrderConsumer",
                    "MT-Fault-InputAddress",
                    "kafka://broker/" + origin.topic(),
                    "MT-Fault-RetryCount",
                    "4");
        }
    },
    NSERVICEBUS("NServiceBus") {
        @Override
        Map<String, String> texts(Trouble trouble, Origin origin) {
            return pairs(
                    "NServiceBus.FailedQ", origin.topic(),
                    "NServiceBus.TimeOfFailure", WIRE.format(origin.at().atOffset(ZoneOffset.UTC)),
                    "NServiceBus.ExceptionInfo.ExceptionType", trouble.type(),
                    "NServiceBus.ExceptionInfo.Message", trouble.message(),
                    "NServiceBus.ExceptionInfo.StackTrace", trouble.trace(),
                    "NServiceBus.ProcessingEndpoint", "Northwind.Orders");
        }
    };

    private static final DateTimeFormatter WIRE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss:SSSSSS 'Z'", Locale.ROOT);

    private final String reader;

    FailureStyle(String reader) {
        this.reader = reader;
    }

    /// The record that died.
    record Origin(String topic, String offset, Instant at) {}

    /// Which of the engine's cause readers knows it.
    public String reader() {
        return reader;
    }

    abstract Map<String, String> texts(Trouble trouble, Origin origin);

    List<Header> headers(Trouble trouble, Origin origin) {
        return texts(trouble, origin).entrySet().stream()
                .<Header>map(one -> new RecordHeader(one.getKey(), one.getValue().getBytes(UTF_8)))
                .toList();
    }

    private static Map<String, String> pairs(String... namesAndTexts) {
        var all = new LinkedHashMap<String, String>();
        for (var i = 0; i < namesAndTexts.length; i += 2) {
            all.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return all;
    }
}
