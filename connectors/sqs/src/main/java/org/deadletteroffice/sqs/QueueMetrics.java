package org.deadletteroffice.sqs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.spi.error.BrokerException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/// What SQS itself does not say of a queue and CloudWatch does: how old its oldest message is, and
/// how many were sent and deleted. Each metric asked for is charged, and is a minute old anyway, so
/// it is asked once a minute, and of queues that hold something. Thread-safe.
final class QueueMetrics {
    private static final Duration FRESH = Duration.ofMinutes(1);

    /// How long CloudWatch is left alone after it refused or did not answer.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    /// Metrics come late by some minutes; the newest of these counts.
    private static final Duration BACK = Duration.ofMinutes(10);

    private static final int PERIOD = 60;

    /// Of GetMetricData, by its published limits.
    private static final int PER_CALL = 500;

    private static final int MOST_QUEUES = 500;

    private enum Asked {
        AGE("ApproximateAgeOfOldestMessage", "Maximum"),
        SENT("NumberOfMessagesSent", "Sum"),
        DELETED("NumberOfMessagesDeleted", "Sum");

        private final String metric;
        private final String statistic;

        Asked(String metric, String statistic) {
            this.metric = metric;
            this.statistic = statistic;
        }
    }

    /// @param oldest when the oldest message was sent; null where CloudWatch does not say
    /// @param sent a second; null likewise. Messages that SQS itself moves into a dead-letter queue
    ///     are not counted
    /// @param deleted a second; null likewise
    record Figures(@Nullable Instant oldest, @Nullable Double sent, @Nullable Double deleted) {
        static final Figures NONE = new Figures(null, null, null);
    }

    private final Account account;
    private Map<String, Figures> known = Map.of();
    private @Nullable Instant nextLook;

    QueueMetrics(Account account) {
        this.account = account;
    }

    /// Never fails and never waits long: where CloudWatch says nothing, nothing is known.
    ///
    /// @return by the queue's name
    synchronized Map<String, Figures> of(List<QueueFacts> queues) {
        var now = Instant.now();
        var next = nextLook;
        if (!account.profile().asksCloudWatch() || (next != null && now.isBefore(next))) {
            return known;
        }
        try {
            known = ask(queues, now);
            nextLook = now.plus(FRESH);
        } catch (BrokerException silent) {
            LoggerFactory.getLogger(QueueMetrics.class)
                    .info("No metrics from CloudWatch: {}", silent.sentence());
            known = Map.of();
            nextLook = now.plus(PATIENCE);
        }
        return known;
    }

    /// What was said when all queues were last asked about.
    synchronized Map<String, Figures> latest() {
        return known;
    }

    /// Asks for one metric, to see whether it may.
    void tryOne(String queue) throws BrokerException {
        var now = Instant.now();
        var question = question("m0", Asked.AGE, queue);
        call(request(List.of(question), now, null));
    }

    private Map<String, Figures> ask(List<QueueFacts> queues, Instant now) throws BrokerException {
        var names =
                queues.stream()
                        .filter(one -> one.depth().value() > 0)
                        .sorted(
                                Comparator.comparingLong((QueueFacts one) -> one.depth().value())
                                        .reversed())
                        .limit(MOST_QUEUES)
                        .map(one -> one.address().name())
                        .toList();
        var questions = new ArrayList<MetricDataQuery>();
        for (var i = 0; i < names.size(); i++) {
            for (var asked : Asked.values()) {
                questions.add(question(id(asked, i), asked, names.get(i)));
            }
        }
        var answers = new HashMap<String, MetricDataResult>();
        for (var from = 0; from < questions.size(); from += PER_CALL) {
            var some = questions.subList(from, Math.min(questions.size(), from + PER_CALL));
            String token = null;
            do {
                var page = call(request(some, now, token));
                page.metricDataResults().stream()
                        .filter(result -> !result.values().isEmpty())
                        .forEach(result -> answers.putIfAbsent(result.id(), result));
                token = page.nextToken();
            } while (token != null);
        }
        var figures = new HashMap<String, Figures>();
        for (var i = 0; i < names.size(); i++) {
            figures.put(
                    names.get(i),
                    new Figures(
                            oldest(answers.get(id(Asked.AGE, i))),
                            rate(answers.get(id(Asked.SENT, i))),
                            rate(answers.get(id(Asked.DELETED, i)))));
        }
        return Map.copyOf(figures);
    }

    private GetMetricDataResponse call(GetMetricDataRequest request) throws BrokerException {
        var timeout = account.profile().timeout();
        return account.calls()
                .call(
                        Act.measuring(),
                        timeout.compareTo(LONGEST_WAIT) < 0 ? timeout : LONGEST_WAIT,
                        () -> account.clients().cloudWatch().getMetricData(request));
    }

    private static String id(Asked asked, int queue) {
        return asked.name().toLowerCase(java.util.Locale.ROOT) + queue;
    }

    private static GetMetricDataRequest request(
            List<MetricDataQuery> questions, Instant now, @Nullable String token) {
        return GetMetricDataRequest.builder()
                .metricDataQueries(questions)
                .startTime(now.minus(BACK))
                .endTime(now)
                .scanBy(ScanBy.TIMESTAMP_DESCENDING)
                .nextToken(token)
                .build();
    }

    private static MetricDataQuery question(String id, Asked asked, String queue) {
        return MetricDataQuery.builder()
                .id(id)
                .metricStat(
                        MetricStat.builder()
                                .metric(
                                        Metric.builder()
                                                .namespace("AWS/SQS")
                                                .metricName(asked.metric)
                                                .dimensions(
                                                        Dimension.builder()
                                                                .name("QueueName")
                                                                .value(queue)
                                                                .build())
                                                .build())
                                .period(PERIOD)
                                .stat(asked.statistic)
                                .build())
                .build();
    }

    /// The age is that at the end of the newest period.
    private static @Nullable Instant oldest(@Nullable MetricDataResult age) {
        return age == null
                ? null
                : age.timestamps()
                        .getFirst()
                        .plusSeconds(PERIOD)
                        .minusMillis((long) (age.values().getFirst() * 1000));
    }

    private static @Nullable Double rate(@Nullable MetricDataResult sum) {
        return sum == null ? null : sum.values().getFirst() / PERIOD;
    }
}
