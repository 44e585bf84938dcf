package org.deadletteroffice.core.audit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.deadletteroffice.core.UserSettings;

/// Who acts: the system's user, with the name from the setting [#SETTING] where one is given.
public final class Operator {
    public static final String SETTING = "operator";

    private final UserSettings settings;

    public Operator(UserSettings settings) {
        this.settings = settings;
    }

    public String name() {
        var user = System.getProperty("user.name", "unknown");
        return settings.get(SETTING)
                .filter(name -> !name.isBlank() && !name.equals(user))
                .map(name -> user + " (" + name + ")")
                .orElse(user);
    }

    public static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "unknown";
        }
    }
}
