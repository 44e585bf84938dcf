package org.deadletteroffice.spi.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopiesFileTest {
    @TempDir private Path folder;

    @Test
    void files_of_processes_that_live_no_more_are_deleted_and_no_others() throws Exception {
        var killed =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-version")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        killed.waitFor();
        var abandoned = CopiesFile.make(folder, killed.pid());
        var ours = CopiesFile.make(folder, ProcessHandle.current().pid());
        var others = Files.createFile(folder.resolve("dlo-held-report.tmp"));
        var named = Files.createFile(folder.resolve("other-" + killed.pid() + "-1.tmp"));

        CopiesFile.sweep(folder);

        assertThat(abandoned).doesNotExist();
        assertThat(ours).exists();
        assertThat(others).exists();
        assertThat(named).exists();
    }

    /// What cannot be opened is a folder here, as nobody runs out of files in a test.
    @Test
    void what_was_made_and_cannot_be_opened_is_not_left_behind() throws Exception {
        var made = Files.createDirectory(folder.resolve("dlo-held-1-1.tmp"));

        assertThatThrownBy(() -> CopiesFile.at(made)).isInstanceOf(IOException.class);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_folder_that_is_not_there_harms_nobody() {
        CopiesFile.sweep(folder.resolve("missing"));

        assertThat(folder).isEmptyDirectory();
    }
}
