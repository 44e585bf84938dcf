package org.deadletteroffice.core.schema;

import java.util.UUID;

/// Which schema a message names, by the framing or the headers that name it.
public sealed interface SchemaRef {
    /// For the operator: `schema id 41`.
    String words();

    /// Confluent's id, a number that counts up; Apicurio's content id in the same four bytes.
    record Id(int id) implements SchemaRef {
        @Override
        public String words() {
            return "schema id " + id;
        }
    }

    /// Confluent's id of 128 bits.
    record Guid(UUID id) implements SchemaRef {
        @Override
        public String words() {
            return "schema GUID " + id;
        }
    }

    record ApicurioGlobalId(long id) implements SchemaRef {
        @Override
        public String words() {
            return "global id " + id;
        }
    }

    record ApicurioContentId(long id) implements SchemaRef {
        @Override
        public String words() {
            return "content id " + id;
        }
    }

    /// A version of a schema in AWS Glue.
    record GlueVersion(UUID id) implements SchemaRef {
        @Override
        public String words() {
            return "schema version " + id;
        }
    }

    /// The CRC-64-AVRO of Avro's single-object encoding.
    record AvroFingerprint(long crc64) implements SchemaRef {
        @Override
        public String words() {
            return "fingerprint " + Long.toHexString(crc64);
        }
    }

    /// The newest schema of a subject (Confluent), or of an artifact in the default group
    /// (Apicurio).
    record Latest(String subject) implements SchemaRef {
        @Override
        public String words() {
            return "the latest schema of " + subject;
        }
    }

    /// What is named in a way that no registry here can be asked for.
    record Other(String words) implements SchemaRef {}
}
