package org.deadletteroffice.core.browse;

import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.spi.connector.BrokerConnection;

/// Where the open connection of a profile comes from.
@FunctionalInterface
public interface Connections {
    /// The caller must not close it.
    ///
    /// @throws OperatorException NOT_FOUND when there is no such profile
    BrokerConnection of(String profile) throws OperatorException;
}
