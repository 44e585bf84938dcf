package org.deadletteroffice.spi.schema;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.profile.Field;
import org.deadletteroffice.spi.profile.Settings;

/// A schema registry that it takes a vendor's own sign-in to ask. Found by `ServiceLoader`; a
/// profile of any kind of broker may name it. Stateless; its constructor must not do work.
public interface SchemaService {
    /// Short and stable, as it stands among the choices of a profile: `GLUE`.
    String kind();

    /// Its settings, by names that no other has.
    List<Field> fields();

    /// Touches no network.
    ///
    /// @throws IllegalArgumentException with a sentence, when the settings make no sense
    Lookup open(Settings settings);

    /// Asks. Blocks for some seconds at most; honours interruption; any number of threads.
    interface Lookup {
        /// Empty when it is not there.
        Optional<Schema> version(UUID id) throws BrokerException;

        /// The newest version of the schema of a name; empty when there is none.
        Optional<Schema> latest(String name) throws BrokerException;
    }

    /// @param format `AVRO`, `PROTOBUF` or `JSON`
    record Schema(String format, String text) {}
}
