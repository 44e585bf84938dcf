package org.deadletteroffice.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.cli.Table;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.OperatorException.Kind;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.claim.ClaimCheck;
import org.deadletteroffice.core.claim.Claims;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// The payloads that one message points to, fetched where that was asked for.
final class FetchedPayloads {
    /// @param opened null where it was not asked for, or could not be had
    /// @param trouble why it could not be had; null where it was, or was not asked for
    private record Claim(
            ClaimCheck check, Claims.@Nullable Opened opened, @Nullable BrokerException trouble) {}

    private final List<Claim> claims;

    private FetchedPayloads(List<Claim> claims) {
        this.claims = claims;
    }

    /// What the message points to, with nothing fetched.
    static FetchedPayloads none(MessageView view) {
        return new FetchedPayloads(
                Claims.of(view).stream().map(check -> new Claim(check, null, null)).toList());
    }

    /// @throws OperatorException WRONG_USE when it points to nothing
    /// @throws BrokerException when none of them could be had
    static FetchedPayloads of(Session session, MessageView view)
            throws OperatorException, BrokerException {
        var checks = Claims.of(view);
        if (checks.isEmpty()) {
            throw new OperatorException(
                    Kind.WRONG_USE,
                    "The message %s points to no payload that lies elsewhere."
                            .formatted(view.letter().id()),
                    "Leave out --fetch: its payload is all there is.");
        }
        var claims = new ArrayList<Claim>();
        BrokerException first = null;
        for (var check : checks) {
            try (var progress = session.progress()) {
                var opened =
                        session.engine()
                                .claims()
                                .open(
                                        view,
                                        check,
                                        bytes -> progress.update("Fetched " + Text.bytes(bytes)));
                claims.add(new Claim(check, opened, null));
            } catch (BrokerException.Cancelled stopped) {
                throw stopped;
            } catch (BrokerException trouble) {
                first = first == null ? trouble : first;
                claims.add(new Claim(check, null, trouble));
            }
        }
        if (first != null && claims.stream().allMatch(claim -> claim.opened() == null)) {
            throw first;
        }
        return new FetchedPayloads(claims);
    }

    /// The only one, which fits into a file.
    ///
    /// @throws OperatorException WRONG_USE when there are more, before any is fetched
    static FetchedPayloads single(Session session, MessageView view)
            throws OperatorException, BrokerException {
        int count = Claims.of(view).size();
        if (count > 1) {
            throw new OperatorException(
                    Kind.WRONG_USE,
                    "The message points to %s payloads, and one file holds one."
                            .formatted(Numerals.of(count)),
                    "Take them from payloadBase64 of --fetch --output json.");
        }
        return of(session, view);
    }

    /// Whether some could not be had.
    boolean isInPart() {
        return claims.stream().anyMatch(claim -> claim.trouble() != null);
    }

    /// Writes the bytes of a [#single] one.
    void write(Path file) throws OperatorException {
        var opened = claims.getFirst().opened();
        var bytes = opened == null ? null : opened.view().letter().payload();
        if (bytes == null) {
            throw new IllegalStateException("nothing was fetched");
        }
        try {
            Files.write(file, bytes);
        } catch (IOException notWritten) {
            throw new OperatorException(
                    Kind.WRONG_USE,
                    "The payload could not be written to " + file + ".",
                    "Choose a file in a folder that can be written to and has space.",
                    notWritten);
        }
    }

    List<Map<String, Object>> json() {
        return claims.stream().map(FetchedPayloads::json).toList();
    }

    private static Map<String, Object> json(Claim claim) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("place", claim.check().place().words());
        json.put("evidence", claim.check().evidence());
        json.put("size", claim.check().size());
        var opened = claim.opened();
        json.put("fetched", opened == null ? null : fetched(opened));
        var trouble = claim.trouble();
        json.put("error", trouble == null ? null : error(trouble));
        return json;
    }

    private static Map<String, Object> fetched(Claims.Opened opened) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        var view = opened.view();
        json.put("size", opened.facts().size());
        json.put("contentType", opened.facts().contentType());
        json.put("format", view.decoded().format());
        json.put("decoder", view.decoder());
        json.put("payload", Messages.payload(view.decoded()));
        json.put("payloadBase64", view.letter().payload());
        json.put("issues", Messages.issues(view));
        return json;
    }

    private static Map<String, Object> error(BrokerException trouble) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("message", trouble.sentence());
        json.put("remedy", trouble.remedy().sentence());
        return json;
    }

    /// A line for each place.
    List<String> places() {
        return claims.stream()
                .map(claim -> claim.check().place().words() + " (" + claim.check().evidence() + ")")
                .toList();
    }

    /// What was fetched, and what was not.
    void text(StringJoiner text) {
        for (var claim : claims) {
            var place = Table.plain(claim.check().place().words());
            var opened = claim.opened();
            if (opened != null) {
                text.add("");
                text.add(
                        "Fetched from %s, %s, %s"
                                .formatted(
                                        place,
                                        Text.bytes(opened.facts().size()),
                                        opened.view().decoded().format()));
                text.add(ShowCommand.payload(opened.view()));
            }
            if (claim.trouble() != null) {
                text.add("");
                text.add("Not fetched from " + place);
                text.add(Table.plainLines(claim.trouble().sentence()));
                text.add(Table.plainLines(claim.trouble().remedy().sentence()));
            }
        }
    }
}
