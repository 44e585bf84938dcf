package org.deadletteroffice.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Tests of `dlo` on a broker in memory, each with a data folder of its own.
abstract class OnMemory {
    @TempDir Path home;
    MemoryHome memory;
    CommandLineDriver dlo;

    @BeforeEach
    final void openMemory() {
        memory = new MemoryHome(home);
        dlo = memory.dlo;
    }

    @AfterEach
    final void closeMemory() {
        memory.close();
    }
}
