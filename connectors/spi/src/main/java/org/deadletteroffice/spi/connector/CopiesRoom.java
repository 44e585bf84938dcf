package org.deadletteroffice.spi.connector;

import java.io.IOException;

/// A file of copies that is open, written and read at any place. One thread at a time.
interface CopiesRoom extends AutoCloseable {
    void write(long at, byte[] bytes) throws IOException;

    byte[] read(long at, int length) throws IOException;

    /// Returns once all that was written is on the disk.
    void sync() throws IOException;

    /// Deletes it. Never throws.
    @Override
    void close();
}
