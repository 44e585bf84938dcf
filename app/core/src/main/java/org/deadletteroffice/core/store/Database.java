package org.deadletteroffice.core.store;

import java.sql.Connection;
import java.sql.SQLException;

/// Where the store's tables are. Each has the same tables and understands the same SQL.
interface Database {
    /// A connection of its own, with the tables brought up to date once.
    Connection connect() throws SQLException;

    /// Makes what was committed survive a power loss.
    void sync(Connection connection) throws SQLException;

    /// What is wrong, told from what the database says.
    StoreProblem problem(Throwable failed);

    /// Its name for the operator, without a secret.
    String place();

    /// For whoever cannot use it, what to do about it.
    StoreException exception(StoreProblem problem, Throwable cause);
}
