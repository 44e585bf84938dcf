package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.impl.CredentialsProvider;
import com.rabbitmq.client.impl.CredentialsRefreshService;
import com.rabbitmq.client.impl.DefaultCredentialsRefreshService.DefaultCredentialsRefreshServiceBuilder;
import com.rabbitmq.client.impl.OAuth2ClientCredentialsGrantCredentialsProvider.OAuth2ClientCredentialsGrantCredentialsProviderBuilder;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/// An access token that a client's id and secret are exchanged for (RFC 6749, 4.4). RabbitMQ's
/// client fetches it when it is first needed, and a new one while a connection is open, which it
/// hands to the broker by `update-secret`: else the broker closes the connection when the token
/// expires. Thread-safe.
final class RenewedToken implements AutoCloseable {
    /// A token with less left than this is not begun anything with.
    private static final Duration SHORT = Duration.ofSeconds(5);

    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final long RENEWED_AT_PERCENT = 80;

    private final CredentialsProvider provider;
    private final CredentialsRefreshService renewal;
    private final ScheduledThreadPoolExecutor clock;

    RenewedToken(RabbitProfile profile) {
        var millis = (int) profile.timeout().toMillis();
        var asking =
                new OAuth2ClientCredentialsGrantCredentialsProviderBuilder()
                        .tokenEndpointUri(profile.tokenUrl())
                        .clientId(profile.value("clientId"))
                        .clientSecret(profile.credential().reveal())
                        .connectionConfigurator(
                                connection -> {
                                    connection.setConnectTimeout(millis);
                                    connection.setReadTimeout(millis);
                                });
        if (!profile.value("scope").isEmpty()) {
            asking.parameter("scope", profile.value("scope"));
        }
        provider = asking.build();
        clock =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("rabbitmq token").factory());
        renewal =
                new DefaultCredentialsRefreshServiceBuilder()
                        .scheduler(clock)
                        .refreshDelayStrategy(RenewedToken::wait)
                        .approachingExpirationStrategy(RenewedToken::isShort)
                        .build();
    }

    private static boolean isShort(Duration left) {
        return left.compareTo(SHORT) < 0;
    }

    /// Where the endpoint fails, what is left is divided again, and so asked more and more often.
    private static Duration wait(Duration left) {
        var wait = left.multipliedBy(RENEWED_AT_PERCENT).dividedBy(100);
        return wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait;
    }

    void into(ConnectionFactory factory) {
        factory.setCredentialsProvider(provider);
        factory.setCredentialsRefreshService(renewal);
    }

    /// One that can still be used; asks for it where there is none, and blocks then.
    String valid() {
        if (isShort(provider.getTimeBeforeExpiration())) {
            provider.refresh();
        }
        return provider.getPassword();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
