package org.deadletteroffice.core.claim;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// A payload that does not travel with its message: the message says where it lies.
///
/// @param evidence what says so: `the payload`, `the header 'x'`, `$.message.scan.data-ref`
/// @param size in bytes, as the message says; null where it does not
public record ClaimCheck(Place place, String evidence, @Nullable Long size) {
    /// Where it lies.
    public sealed interface Place {
        /// For the operator: `s3://bucket/key`.
        String words();
    }

    public record InS3(String bucket, String key) implements Place {
        @Override
        public String words() {
            return "s3://" + bucket + "/" + key;
        }
    }

    /// @param uri http or https, with a host
    public record AtUrl(URI uri) implements Place {
        @Override
        public String words() {
            return uri.toString();
        }
    }

    /// Named by what only its sender and its receiver can find.
    ///
    /// @param why as a sentence
    public record Unnamed(String words, String why) implements Place {}
}
