package org.deadletteroffice.core.store;

import java.sql.SQLException;

/// The tables are those of a later version of this program.
final class SchemaIsNewer extends SQLException {
    SchemaIsNewer(int found, int known) {
        super("schema version " + found + ", known up to " + known);
    }
}
