package org.deadletteroffice.spi.connector;

import java.util.function.LongConsumer;
import org.deadletteroffice.spi.error.BrokerException;
import org.jspecify.annotations.Nullable;

/// Where payloads lie that were too large to travel with their message (Amazon S3), read with the
/// profile's own rights. The names come out of messages, which may be hostile: an implementation
/// asks its own store for them and nobody else. Blocks; any number of threads.
public interface ObjectStore {
    /// Whether it is there and can be read, without reading it.
    ///
    /// @throws BrokerException.NotFound when there is no such object
    /// @throws BrokerException.Gone when it is there and cannot be read as it is (archived)
    Facts look(String bucket, String key) throws BrokerException;

    /// Reads all of it.
    ///
    /// @param most bytes
    /// @param progress told now and then how many bytes have come
    /// @throws BrokerException.TooLarge when it is larger than `most`; as [#look] otherwise
    Fetched fetch(String bucket, String key, long most, LongConsumer progress)
            throws BrokerException;

    /// @param size in bytes; after a look [#UNKNOWN] where the store does not say
    /// @param contentType as whoever wrote it says; null where nobody does
    record Facts(long size, @Nullable String contentType) {
        public static final long UNKNOWN = -1;
    }

    record Fetched(Facts facts, byte[] bytes) {}
}
