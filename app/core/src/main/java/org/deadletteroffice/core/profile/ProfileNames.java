package org.deadletteroffice.core.profile;

import java.util.regex.Pattern;

/// What a profile may be called: its name is also the name of its file.
final class ProfileNames {
    static final String RULE =
            "use up to 64 letters, digits, '.', '_' and '-', beginning with a letter or digit";

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    static boolean areValid(String name) {
        return VALID.matcher(name).matches();
    }

    private ProfileNames() {}
}
