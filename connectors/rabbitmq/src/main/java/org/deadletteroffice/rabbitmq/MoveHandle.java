package org.deadletteroffice.rabbitmq;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.jspecify.annotations.Nullable;

/// A move by shovel: everything that another process needs to go on with it. The shovel's name says
/// what its settings do not, so that whoever finds it at the broker knows as much as its maker.
///
/// @param count how many were ready when it began
/// @param perSecond 0: without a pace
record MoveHandle(String id, long count, int perSecond, String from, String to) {
    private static final String PREFIX = "dead-letter-office-";

    /// Number, pace, id, and of a move at a pace how many it had moved before this shovel.
    private static final Pattern NAME =
            Pattern.compile(PREFIX + "(\\d{1,18})-(\\d{1,9})-([0-9a-f-]{36})(?:\\.\\d+)?");

    static MoveHandle create(long count, @Nullable Integer perSecond, String from, String to) {
        return new MoveHandle(
                UUID.randomUUID().toString(),
                count,
                perSecond == null ? 0 : Math.max(1, perSecond),
                from,
                to);
    }

    /// @param parameter a shovel as the management API lists it
    /// @return empty where this program did not make it
    static Optional<MoveHandle> of(JsonNode parameter) {
        var value = parameter.path("value");
        return read(
                parameter.path("name").asText(),
                value.path("src-queue").asText(),
                value.path("dest-queue").asText());
    }

    private static Optional<MoveHandle> read(String shovel, String from, String to) {
        var name = NAME.matcher(shovel);
        return name.matches()
                ? Optional.of(
                        new MoveHandle(
                                name.group(3),
                                Long.parseLong(name.group(1)),
                                Integer.parseInt(name.group(2)),
                                from,
                                to))
                : Optional.empty();
    }

    /// The shovel's name.
    String name() {
        return PREFIX + count + '-' + perSecond + '-' + id;
    }

    /// The name of the shovel that goes on after so many.
    String name(long moved) {
        return name() + '.' + moved;
    }

    boolean isPaced() {
        return perSecond > 0;
    }

    String text() {
        return String.join("|", name(), Management.encoded(from), Management.encoded(to));
    }

    /// @throws BrokerException.NotFound when nobody gave out this handle
    static MoveHandle parse(String text) throws BrokerException {
        var parts = text.split("\\|", -1);
        return (parts.length == 3
                        ? read(parts[0], decoded(parts[1]), decoded(parts[2]))
                        : Optional.<MoveHandle>empty())
                .orElseThrow(
                        () ->
                                new BrokerException.NotFound(
                                        "There is no move '" + text + "'.",
                                        new Remedy.Advice("Look at the broker's shovels."),
                                        null));
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }
}
