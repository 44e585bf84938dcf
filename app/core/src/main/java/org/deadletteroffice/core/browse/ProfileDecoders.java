package org.deadletteroffice.core.browse;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.deadletteroffice.core.decode.Decoders;
import org.deadletteroffice.core.schema.Schemas;
import org.deadletteroffice.spi.profile.Settings;
import org.jspecify.annotations.Nullable;

/// The decoders of each profile, with the place where its schemas lie; made anew when the profile
/// names another place. Thread-safe.
public final class ProfileDecoders {
    /// A scan asks for each message, and a profile is a file: it is looked at so often.
    private static final long LOOK_AGAIN = Duration.ofSeconds(2).toNanos();

    private record Made(Settings settings, Decoders decoders, long at) {
        private boolean isFresh(long now) {
            return now - at < LOOK_AGAIN;
        }
    }

    private final Function<String, Settings> settings;
    private final Map<String, Made> made = new ConcurrentHashMap<>();

    /// @param settings what a profile says of its schemas, by its name
    public ProfileDecoders(Function<String, Settings> settings) {
        this.settings = settings;
    }

    public Decoders of(String profile) {
        long now = System.nanoTime();
        var there = made.get(profile);
        if (there != null && there.isFresh(now)) {
            return there.decoders();
        }
        return made.compute(
                        profile,
                        (name, known) ->
                                known != null && known.isFresh(now) ? known : made(name, known))
                .decoders();
    }

    private Made made(String profile, @Nullable Made known) {
        var now = settings.apply(profile);
        Decoders decoders;
        if (known != null && known.settings().equals(now)) {
            decoders = known.decoders();
        } else if (now.equals(Settings.EMPTY)) {
            decoders = Decoders.standard();
        } else {
            decoders = Decoders.standard().with(Schemas.of(now));
        }
        return new Made(now, decoders, System.nanoTime());
    }
}
