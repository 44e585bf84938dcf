package org.deadletteroffice.core.claim;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.deadletteroffice.core.claim.ClaimCheck.AtUrl;
import org.deadletteroffice.core.claim.ClaimCheck.InS3;
import org.deadletteroffice.core.claim.ClaimCheck.Place;
import org.deadletteroffice.core.claim.ClaimCheck.Unnamed;
import org.deadletteroffice.core.decode.Decoders;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.jspecify.annotations.Nullable;

/// Finds the claim checks of a message: the pointers of Amazon's extended clients (Java, Python,
/// and JavaScript's attribute), CloudEvents' `dataref` extension, MassTransit's `data-ref`,
/// NServiceBus's data bus and its large bodies on SQS, members and headers that are called as such
/// things are, and payloads that are nothing but an address. Nothing is asked of anybody.
public final class ClaimChecks {
    /// A message that holds more has them told in part.
    private static final int MOST = 16;

    private static final int MOST_ADDRESS = 2_048;

    /// Values of a payload that are looked at for `data-ref`.
    private static final int MOST_VALUES = 20_000;

    private static final List<String> SIZES = List.of("ExtendedPayloadSize", "SQSLargePayloadSize");
    private static final String DATA_BUS = "nservicebus.databus.";
    private static final String POINTER_HEADER = "S3MessageBodyKey";

    /// `(bucket)key`, as sqs-extended-client for JavaScript writes it.
    private static final Pattern BUCKET_AND_KEY = Pattern.compile("\\(([^()]+)\\)(.+)");

    /// Names without their dashes, dots and underscores.
    private static final List<String> NAMES =
            List.of(
                    "claimcheck",
                    "dataref",
                    "messagedata",
                    "payloadurl",
                    "payloaduri",
                    "payloadref",
                    "payloadlocation",
                    "s3pointer");

    private static final int LONGEST_NAME = 100;
    private static final Path ROOT = new Path(null, "$");

    private static final int LOOKED_AT = 256 << 10;

    private final @Nullable Long size;
    private final Map<Place, ClaimCheck> found = new LinkedHashMap<>();
    private int values;

    private ClaimChecks(@Nullable Long size) {
        this.size = size;
    }

    /// All that a message points to, each place once.
    public static List<ClaimCheck> of(DeadLetter letter, Decoded decoded) {
        var checks = new ClaimChecks(size(letter.headers()));
        checks.payload(decoded);
        letter.headers().forEach(checks::header);
        return List.copyOf(checks.found.values());
    }

    /// Whether [#of] may find any: cheap, for whoever reads a million messages. Of what is
    /// compressed, and not large, only unpacking it tells.
    public static boolean mayHave(byte @Nullable [] payload, Headers headers) {
        for (var header : headers) {
            if (isNamed(header.name())
                    || isDataBus(header)
                    || isPointer(header)
                    || SIZES.contains(bare(header.name()))) {
                return true;
            }
        }
        if (payload == null || payload.length == 0) {
            return false;
        }
        if (payload.length <= LOOKED_AT && Decoders.isCompressed(payload, headers)) {
            return true;
        }
        var text =
                new String(
                        payload,
                        0,
                        Math.min(payload.length, LOOKED_AT),
                        StandardCharsets.ISO_8859_1);
        var plain = plain(text);
        return NAMES.stream().anyMatch(plain::contains)
                || plain.contains("s3bodykey")
                || (payload.length <= MOST_ADDRESS && address(text.strip()).isPresent());
    }

    private void add(Place place, String evidence) {
        if (found.size() < MOST) {
            found.putIfAbsent(place, new ClaimCheck(place, evidence, size));
        }
    }

    private void payload(Decoded decoded) {
        switch (decoded) {
            case Decoded.Wrapped wrapped -> payload(wrapped.inner());
            case Decoded.PlainText text ->
                    address(text.text().strip()).ifPresent(place -> add(place, "the payload"));
            case Decoded.Structured structured -> structured(structured.tree());
            case Decoded.Opaque _ -> {}
        }
    }

    private void structured(Tree tree) {
        if (tree instanceof Tree.Arr(var items)
                && items.size() == 2
                && items.getFirst() instanceof Tree.Text(var type)
                && type.endsWith("S3Pointer")
                && items.getLast() instanceof Tree.Obj object) {
            s3(object).ifPresent(place -> add(place, "the payload"));
            return;
        }
        var body = tree instanceof Tree.Obj object ? text(object, "S3BodyKey") : null;
        if (body != null) {
            add(
                    new Unnamed(
                            "the object '" + body + "' in S3",
                            "NServiceBus keeps the bucket's name in its endpoints' configuration."),
                    "$.S3BodyKey");
        }
        walk(tree, ROOT);
    }

    /// Where a value stands; made words only for what is found.
    private record Path(@Nullable Path outer, String step) {
        private static final int LONGEST = 200;

        @Override
        public String toString() {
            var steps = new ArrayDeque<String>();
            var length = 0;
            for (var path = this; path != null && length <= LONGEST; path = path.outer) {
                steps.addFirst(path.step);
                length += path.step.length();
            }
            var text = String.join("", steps);
            return text.length() <= LONGEST ? text : "…" + text.substring(text.length() - LONGEST);
        }
    }

    private boolean isEnough() {
        return values > MOST_VALUES || found.size() >= MOST;
    }

    private void walk(Tree tree, Path path) {
        values++;
        switch (tree) {
            case Tree.Obj(var members) -> {
                for (var member : members) {
                    if (isEnough()) {
                        return;
                    }
                    var inner = new Path(path, "." + shortened(member.name()));
                    if (isNamed(member.name())) {
                        named(member.value(), inner);
                    }
                    walk(member.value(), inner);
                }
            }
            case Tree.Arr(var items) -> {
                for (int i = 0; i < items.size() && !isEnough(); i++) {
                    walk(items.get(i), new Path(path, "[" + i + "]"));
                }
            }
            default -> {}
        }
    }

    private static String shortened(String name) {
        return name.length() <= Path.LONGEST ? name : name.substring(0, Path.LONGEST) + "…";
    }

    private void named(Tree value, Path path) {
        switch (value) {
            case Tree.Text(var text) ->
                    address(text).ifPresent(place -> add(place, path.toString()));
            case Tree.Obj object -> s3(object).ifPresent(place -> add(place, path.toString()));
            default -> {}
        }
    }

    private void header(Header header) {
        var text = header.text();
        if (text == null || text.isBlank() || text.length() > MOST_ADDRESS) {
            return;
        }
        var evidence = "the header '" + header.name() + "'";
        if (isPointer(header)) {
            var parts = BUCKET_AND_KEY.matcher(text.strip());
            if (parts.matches()) {
                add(new InS3(parts.group(1), parts.group(2)), evidence);
            }
        } else if (isDataBus(header)) {
            add(
                    address(text.strip())
                            .orElseGet(
                                    () ->
                                            new Unnamed(
                                                    "'" + text.strip() + "' on the data bus",
                                                    "Where the data bus lies is known to the"
                                                            + " endpoints of NServiceBus alone.")),
                    evidence);
        } else if (isNamed(header.name())) {
            address(text.strip()).ifPresent(place -> add(place, evidence));
        }
    }

    /// Attributes of SQS carry their type behind a colon.
    private static String bare(String name) {
        var colon = name.indexOf(':');
        return colon > 0 && name.indexOf("Number", colon) > 0 ? name.substring(0, colon) : name;
    }

    private static boolean isPointer(Header header) {
        return header.name().equals(POINTER_HEADER);
    }

    private static boolean isDataBus(Header header) {
        return header.name().regionMatches(true, 0, DATA_BUS, 0, DATA_BUS.length());
    }

    private static boolean isNamed(String name) {
        if (name.length() < 7 || name.length() > LONGEST_NAME) {
            return false;
        }
        var plain = plain(name);
        return NAMES.stream().anyMatch(plain::endsWith);
    }

    /// In lower case and without dashes, dots, underscores and colons.
    private static String plain(String text) {
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c != '-' && c != '_' && c != '.' && c != ':') {
                plain.append(Character.toLowerCase(c));
            }
        }
        return plain.toString();
    }

    private static Optional<Place> s3(Tree.Obj object) {
        var bucket = first(object, "s3BucketName", "bucket", "bucketName");
        var key = first(object, "s3Key", "key", "objectKey");
        return bucket == null || key == null
                ? Optional.empty()
                : Optional.of(new InS3(bucket, key));
    }

    private static @Nullable String first(Tree.Obj object, String... names) {
        for (var name : names) {
            var value = text(object, name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private static @Nullable String text(Tree.Obj object, String name) {
        return object.get(name).orElse(Tree.NULL) instanceof Tree.Text(var value)
                        && !value.isBlank()
                ? value
                : null;
    }

    /// `s3://bucket/key`, an http address, or a name that only others can find.
    private static Optional<Place> address(String text) {
        if (text.length() > MOST_ADDRESS || text.length() < 8) {
            return Optional.empty();
        }
        if (text.startsWith("s3://")) {
            var slash = text.indexOf('/', 5);
            return slash > 5 && slash < text.length() - 1 && text.indexOf('\n') < 0
                    ? Optional.of(new InS3(text.substring(5, slash), text.substring(slash + 1)))
                    : Optional.empty();
        }
        if (text.startsWith("urn:msgdata:") || text.startsWith("urn:file:")) {
            return Optional.of(
                    new Unnamed(
                            text,
                            "Where that lies is known to MassTransit's own endpoints alone."));
        }
        if (!text.startsWith("http://") && !text.startsWith("https://")) {
            return Optional.empty();
        }
        try {
            var uri = new URI(text);
            return uri.getHost() == null ? Optional.empty() : Optional.of(new AtUrl(uri));
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }

    /// How large the payload is, by the extended client's attribute.
    private static @Nullable Long size(Headers headers) {
        for (var header : headers) {
            var text = header.text();
            if (text != null && SIZES.contains(bare(header.name()))) {
                try {
                    return Long.valueOf(text.strip());
                } catch (NumberFormatException damaged) {
                    return null;
                }
            }
        }
        return null;
    }

    /// Whether the extended client says that the payload lies elsewhere, and nothing says where.
    public static boolean isLost(DeadLetter letter, List<ClaimCheck> found) {
        return found.isEmpty() && size(letter.headers()) != null;
    }
}
