package org.deadletteroffice.core.claim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLException;
import org.deadletteroffice.spi.connector.ObjectStore.Facts;
import org.deadletteroffice.spi.connector.ObjectStore.Fetched;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// Payloads that lie at an address. No credential is sent, no redirect is followed (it is told),
/// and both size and time are bounded, however slowly the other side sends.
final class WebPayloads {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /// One byte tells that it is there; many hosts that sign addresses allow no HEAD.
    private static final String FIRST_BYTE = "bytes=0-0";

    private final HostRule rule;
    private final Duration patience;

    WebPayloads(HostRule rule, Duration patience) {
        this.rule = rule;
        this.patience = patience;
    }

    Facts look(URI uri) throws BrokerException {
        return ask(uri, FIRST_BYTE, 1, _ -> {}).facts();
    }

    Fetched fetch(URI uri, long most, LongConsumer progress) throws BrokerException {
        return ask(uri, null, most, progress);
    }

    private Fetched ask(URI uri, @Nullable String range, long most, LongConsumer progress)
            throws BrokerException {
        rule.check(uri);
        var request = HttpRequest.newBuilder(uri).timeout(patience).header("Accept", "*/*").GET();
        if (range != null) {
            request.header("Range", range);
        }
        try (var http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(CONNECT)
                        .build()) {
            var answer =
                    http.sendAsync(
                            request.build(),
                            info -> new Bounded(info, range == null, most, progress));
            try {
                return checked(uri, answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
            } finally {
                answer.cancel(true);
                http.shutdownNow();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new BrokerException.Cancelled("Fetching " + host(uri) + " was stopped.", stop);
        } catch (TimeoutException late) {
            throw unreachable(uri, "did not answer within " + patience.toSeconds() + " s", late);
        } catch (ExecutionException failed) {
            throw failure(uri, failed.getCause() == null ? failed : failed.getCause(), most);
        }
    }

    private static Fetched checked(URI uri, HttpResponse<byte[]> answer) throws BrokerException {
        int status = answer.statusCode();
        if (status == 200 || status == 206 || status == 204) {
            return new Fetched(
                    new Facts(
                            size(answer), answer.headers().firstValue("Content-Type").orElse(null)),
                    answer.body());
        }
        if (status == 416) {
            return new Fetched(new Facts(0, null), new byte[0]);
        }
        if (status == 404 || status == 410) {
            throw new BrokerException.NotFound(
                    "%s has nothing at this address (status %s).".formatted(host(uri), status),
                    new Remedy.Advice(
                            "Let its producer write it again before the message is sent; a consumer"
                                    + " would find nothing."),
                    null);
        }
        if (status / 100 == 3) {
            throw new BrokerException.Unsupported(
                    "%s sends on to %s, which is not followed."
                            .formatted(
                                    host(uri),
                                    answer.headers()
                                            .firstValue("Location")
                                            .map(to -> target(uri, to))
                                            .orElse("another place")),
                    new Remedy.Advice("Open it in a browser, if you trust it."),
                    null);
        }
        if (status == 401 || status == 403) {
            throw new BrokerException.NotAuthorized(
                    "%s does not give it away (status %s): a signed address may have expired."
                            .formatted(host(uri), status),
                    new Remedy.Advice("Ask its producer for access; none is sent from here."),
                    null);
        }
        throw unreachable(uri, "answered with status " + status, null);
    }

    private static String target(URI from, String location) {
        try {
            var to = from.resolve(location);
            return to.getHost() == null ? location : to.getScheme() + "://" + host(to);
        } catch (IllegalArgumentException noAddress) {
            return "what is no address";
        }
    }

    private static long size(HttpResponse<byte[]> answer) {
        return answer.headers()
                .firstValue("Content-Range")
                .map(range -> range.substring(range.lastIndexOf('/') + 1))
                .filter(total -> total.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .orElseGet(
                        () ->
                                answer.headers()
                                        .firstValueAsLong("Content-Length")
                                        .orElse(answer.body().length));
    }

    private static String host(URI uri) {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    private BrokerException failure(URI uri, Throwable failed, long most) {
        for (Throwable each = failed; each != null; each = each.getCause()) {
            switch (each) {
                case TooMuch _ -> {
                    return new BrokerException.TooLarge(
                            "What lies at %s has more than the %s bytes that are fetched here."
                                    .formatted(host(uri), Numerals.of(most)),
                            most,
                            new Remedy.Advice("Fetch it with another tool."),
                            failed);
                }
                case SSLException _ -> {
                    return unreachable(uri, "has no certificate that is trusted here", failed);
                }
                case ConnectException _ -> {
                    return unreachable(uri, "does not answer", failed);
                }
                case java.net.http.HttpTimeoutException _ -> {
                    return unreachable(
                            uri, "did not answer within " + patience.toSeconds() + " s", failed);
                }
                default -> {
                    // what lies beneath may say more
                }
            }
        }
        return unreachable(uri, "broke off", failed);
    }

    private static BrokerException unreachable(URI uri, String what, @Nullable Throwable cause) {
        return new BrokerException.Unreachable(
                host(uri) + " " + what + ".",
                new Remedy.Advice("Try again; check the network and the proxy."),
                cause);
    }

    private static final class TooMuch extends IOException {}

    /// Collects a body and stops where it grows too large. Of a look the first bytes are enough.
    private static final class Bounded implements BodySubscriber<byte[]> {
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final boolean whole;
        private final long most;
        private final LongConsumer progress;
        private final boolean wanted;
        private final long told;
        private Flow.@Nullable Subscription subscription;

        Bounded(HttpResponse.ResponseInfo info, boolean whole, long most, LongConsumer progress) {
            this.whole = whole;
            this.most = most;
            this.progress = progress;
            this.wanted = info.statusCode() / 100 == 2;
            this.told = info.headers().firstValueAsLong("Content-Length").orElse(-1);
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            if (!wanted) {
                given.cancel();
                body.complete(new byte[0]);
            } else if (whole && told > most) {
                given.cancel();
                body.completeExceptionally(new TooMuch());
            } else {
                given.request(Long.MAX_VALUE);
            }
        }

        @Override
        public void onNext(List<ByteBuffer> pieces) {
            for (var piece : pieces) {
                var some = new byte[piece.remaining()];
                piece.get(some);
                bytes.write(some, 0, some.length);
            }
            progress.accept(bytes.size());
            if (bytes.size() > most || (!whole && bytes.size() > 0)) {
                if (subscription != null) {
                    subscription.cancel();
                }
                if (whole) {
                    body.completeExceptionally(new TooMuch());
                } else {
                    body.complete(bytes.toByteArray());
                }
            }
        }

        @Override
        public void onError(Throwable failed) {
            body.completeExceptionally(failed);
        }

        @Override
        public void onComplete() {
            body.complete(bytes.toByteArray());
        }
    }
}
