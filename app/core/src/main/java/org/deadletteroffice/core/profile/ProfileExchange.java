package org.deadletteroffice.core.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.OperatorException.Kind;
import org.deadletteroffice.core.store.DurableFile;

/// Profiles as one JSON file, to carry to another machine: an array of what the single files hold,
/// without secrets.
final class ProfileExchange {
    static void write(Path file, List<StoredProfile> profiles) throws OperatorException {
        // What is in this machine's keychain is not there; names of environment variables travel.
        var files =
                profiles.stream()
                        .map(stored -> StoredProfile.of(stored.profile(), stored.variables()))
                        .map(ProfileFile::of)
                        .toList();
        try {
            DurableFile.write(file, ProfileFile.JSON.writeValueAsBytes(files));
        } catch (IOException notWritten) {
            throw new OperatorException(
                    Kind.WRONG_USE,
                    "The profiles could not be written to " + file + ".",
                    "Choose a file in a folder that can be written to.",
                    notWritten);
        }
    }

    static List<StoredProfile> read(Path file) throws OperatorException {
        try {
            var profiles = new ArrayList<StoredProfile>();
            for (var entry : ProfileFile.JSON.readTree(Files.readAllBytes(file))) {
                profiles.add(ProfileFile.parse(ProfileFile.JSON.writeValueAsBytes(entry)).stored());
            }
            if (profiles.isEmpty()) {
                throw new ProfileFile.NotAProfile("it holds no profiles");
            }
            return profiles.stream()
                    .map(stored -> StoredProfile.of(stored.profile(), stored.variables()))
                    .toList();
        } catch (ProfileFile.NotAProfile | JsonProcessingException nonsense) {
            throw new OperatorException(
                    Kind.WRONG_USE,
                    "The file "
                            + file
                            + " holds no exported profiles: "
                            + nonsense.getMessage()
                            + ".",
                    "Give a file that dlo profiles export has written.",
                    nonsense);
        } catch (IOException unreadable) {
            throw new OperatorException(
                    Kind.NOT_FOUND,
                    "The file " + file + " cannot be read.",
                    "Check its name.",
                    unreadable);
        }
    }

    private ProfileExchange() {}
}
