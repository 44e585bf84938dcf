package org.deadletteroffice.cli.command;

import java.util.stream.Collectors;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.profile.Profile;
import org.jspecify.annotations.Nullable;

/// What names on the command line mean.
final class Names {
    private Names() {}

    /// The profile given, else the only one there is.
    static Profile profile(Session session, @Nullable String given) throws OperatorException {
        var profiles = session.engine().profiles();
        if (given != null) {
            return profiles.get(given);
        }
        var all = profiles.all();
        if (all.size() == 1) {
            return all.getFirst();
        }
        if (all.isEmpty()) {
            throw new OperatorException(
                    OperatorException.Kind.NOT_FOUND,
                    "There is no profile in " + session.home() + ".",
                    "Add one with dlo profiles add, or try dlo demo.");
        }
        throw new OperatorException(
                OperatorException.Kind.WRONG_USE,
                "There are several profiles: "
                        + all.stream().map(Profile::name).collect(Collectors.joining(", "))
                        + ".",
                "Say which with -p PROFILE.");
    }
}
