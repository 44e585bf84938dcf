package org.deadletteroffice.memory;

import java.util.function.BooleanSupplier;
import org.deadletteroffice.spi.profile.Field;
import org.deadletteroffice.spi.profile.ProfileSchema;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;

/// The settings of a memory broker's profile.
final class MemoryProfile {
    static final Field BROKER =
            Field.text("broker", "Broker").hint("name of a broker in this process").mandatory();
    static final Field USER = Field.text("user", "User").in("Security");
    static final Field PASSWORD = Field.secret("password", "Password").in("Security");
    static final Field TIMEOUT =
            Field.duration("timeout", "Give up after").preset("10s").in("Advanced");

    static final ProfileSchema SCHEMA = ProfileSchema.of(BROKER, USER, PASSWORD, TIMEOUT);

    private MemoryProfile() {}

    static Settings signIn(Settings settings, String user, Secret password) {
        return settings.with(USER.name(), user).withSecret(PASSWORD.name(), password);
    }

    static Session session(String profile, Settings settings, BooleanSupplier closed) {
        return new Session(
                profile,
                settings.get(USER.name()).orElse(""),
                settings.secret(PASSWORD.name()),
                ProfileSchema.parseDuration(SCHEMA.value(TIMEOUT, settings)),
                closed);
    }
}
