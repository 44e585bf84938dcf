package org.deadletteroffice.core.cause;

import static org.deadletteroffice.core.cause.Letters.text;

import java.util.List;
import org.deadletteroffice.spi.message.Header;

/// Headers as a sink connector of Kafka Connect writes them.
final class KafkaConnectHeaders {
    static final List<Header> SAMPLE =
            List.of(
                    text("__connect.errors.topic", "payments"),
                    text("__connect.errors.partition", "3"),
                    text("__connect.errors.offset", "77"),
                    text("__connect.errors.connector.name", "jdbc-sink"),
                    text("__connect.errors.task.id", "0"),
                    text("__connect.errors.stage", "VALUE_CONVERTER"),
                    text(
                            "__connect.errors.class.name",
                            "org.apache.kafka.connect.json.JsonConverter"),
                    text(
                            "__connect.errors.exception.class.name",
                            "org.apache.kafka.connect.errors.DataException"),
                    text(
                            "__connect.errors.exception.message",
                            "Converting byte[] to Kafka Connect data failed due to serialization error: "),
                    text(
                            "__connect.errors.exception.stacktrace",
                            """
                        org.apache.kafka.connect.errors.DataException: Converting byte[] to Kafka Connect data failed due to serialization error:\s
                        \tat org.apache.kafka.connect.json.JsonConverter.toConnectData(JsonConverter.java:333)
                        Caused by: org.apache.kafka.common.errors.SerializationException: com.fasterxml.jackson.core.JsonParseException: Unrecognized token 'oops': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
                         at [Source: REDACTED; line: 1, column: 5]
                        Caused by: com.fasterxml.jackson.core.JsonParseException: Unrecognized token 'oops': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
                         at [Source: REDACTED; line: 1, column: 5]
                        \tat com.fasterxml.jackson.core.JsonParser._constructError(JsonParser.java:2477)
                        """));

    private KafkaConnectHeaders() {}
}
