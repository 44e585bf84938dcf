package org.deadletteroffice.core.schema;

import java.nio.file.Path;

/// Which schema a message is held against.
public sealed interface SchemaChoice {
    SchemaChoice OWN = new Own();

    /// The one that the message itself names.
    record Own() implements SchemaChoice {}

    /// The newest that the profile's registry has under a name: what consumers read with once they
    /// were deployed again.
    ///
    /// @param subject Confluent's subject, which is Apicurio's artifact id in the default group
    record Latest(String subject) implements SchemaChoice {}

    /// A file of the operator's: `.avsc`, `.proto`, `.desc` or `.json`.
    record InFile(Path file) implements SchemaChoice {}

    /// One that was read before, for many messages.
    ///
    /// @param named in words: `the file order.avsc`
    record Given(String named, Schemas.Answer answer) implements SchemaChoice {}

    /// The subject of a topic's values, as serializers name it unless they are told otherwise
    /// (Confluent's `TopicNameStrategy`, Apicurio's `TopicIdStrategy`).
    static String subjectOf(String topic) {
        return topic + "-value";
    }

    /// `own`, `latest` for that of the topic, `latest:SUBJECT`, else the name of a file.
    ///
    /// @param topic where the message is meant to go
    static SchemaChoice parse(String text, String topic) {
        if (text.equals("own")) {
            return OWN;
        }
        if (text.equals("latest")) {
            return new Latest(subjectOf(topic));
        }
        return text.startsWith("latest:")
                ? new Latest(text.substring("latest:".length()))
                : new InFile(Path.of(text));
    }
}
