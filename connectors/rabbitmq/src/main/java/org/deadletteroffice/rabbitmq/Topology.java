package org.deadletteroffice.rabbitmq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.QueueInfo;
import org.jspecify.annotations.Nullable;

/// Which queue dies into which, through which exchange, found from arguments, policies, operator
/// policies, bindings and alternate exchanges. Kept for a moment, as it is asked for with each
/// queue. Thread-safe.
final class Topology {
    private static final long FRESH_NANOS = Duration.ofSeconds(20).toNanos();
    private static final long JUST_NOW_NANOS = Duration.ofMillis(250).toNanos();

    /// So many exchanges are asked for their bindings one by one: all bindings are many where all
    /// queues are, as each has one to the default exchange.
    private static final int ONE_BY_ONE = 20;

    /// As an argument and as a policy's key.
    private static final String ALTERNATE = "alternate-exchange";

    private static final String BINDING =
            "?columns=source,destination,destination_type,routing_key";

    private final Management management;
    private @Nullable Routing routing;
    private long read;

    Topology(Management management) {
        this.management = management;
    }

    /// Exchanges of the virtual host as they were read.
    ///
    /// @param bindings of each exchange that was asked for
    private record Routing(Map<String, Exchange> exchanges, Map<String, List<Binding>> bindings) {}

    /// @param isUntold whether a policy that is not told may set an alternate one
    private record Exchange(String type, @Nullable String alternate, boolean isUntold) {}

    /// @param isAll whether there are no others
    private record Targets(Set<String> queues, boolean isAll) {
        boolean isNobody() {
            return isAll && queues.isEmpty();
        }
    }

    private record Binding(String to, boolean toExchange, String key) {}

    /// Of each queue how messages die into it, by the names of the queues in which they do; empty
    /// where no management API tells.
    Map<String, List<QueueInfo.Way>> feeds(Collection<QueueFacts> queues, Deadline deadline)
            throws BrokerException {
        var exchanges = new HashSet<String>();
        queues.forEach(queue -> queue.deadLetterExchange().ifPresent(exchanges::add));
        if (exchanges.isEmpty()) {
            return Map.of();
        }
        var known = routing(deadline);
        if (known.isEmpty()) {
            return Map.of();
        }
        if (exchanges.size() > ONE_BY_ONE) {
            readBindings(known.get(), deadline);
        }
        var names = new HashSet<String>();
        queues.forEach(queue -> names.add(queue.name()));
        var feeds = new HashMap<String, List<QueueInfo.Way>>();
        for (var queue : queues) {
            var exchange = queue.deadLetterExchange();
            if (exchange.isPresent()) {
                var key = queue.deadLetterKey().orElse(null);
                var way = new QueueInfo.Way(queue.name(), exchange.get(), key);
                for (var target : targets(known.get(), exchange.get(), key, deadline).queues()) {
                    if (names.contains(target)) {
                        feeds.computeIfAbsent(target, _ -> new ArrayList<>()).add(way);
                    }
                }
            }
        }
        feeds.values().forEach(ways -> ways.sort(Comparator.comparing(QueueInfo.Way::from)));
        return feeds;
    }

    /// Whether any queue may get a message that is sent so; true where nobody can tell.
    boolean mayRoute(String exchange, String key, Deadline deadline) throws BrokerException {
        var known = routing(deadline);
        // What is missing may have been made since.
        if (known.isPresent()
                && targets(known.get(), exchange, key, deadline).isNobody()
                && (!known.get().exchanges().containsKey(exchange) || !isJustRead())) {
            forget();
            known = routing(deadline);
        }
        return known.isEmpty()
                || !known.get().exchanges().containsKey(exchange)
                || !targets(known.get(), exchange, key, deadline).isNobody();
    }

    /// Then bindings are not asked for again: a rehearsal may name many keys that lead nowhere.
    private synchronized boolean isJustRead() {
        return System.nanoTime() - read < JUST_NOW_NANOS;
    }

    private synchronized void forget() {
        routing = null;
    }

    private synchronized Optional<Routing> routing(Deadline deadline) throws BrokerException {
        if (routing != null && System.nanoTime() - read < FRESH_NANOS) {
            return Optional.of(routing);
        }
        var act = Act.listing();
        var exchanges =
                management.get(
                        "/exchanges/"
                                + management.vhost()
                                + "?disable_stats=true&columns=name,type,arguments,policy",
                        act,
                        deadline);
        if (exchanges.isEmpty()) {
            return Optional.empty();
        }
        routing = new Routing(exchanges(exchanges.get(), deadline), new ConcurrentHashMap<>());
        read = System.nanoTime();
        return Optional.of(routing);
    }

    private void readBindings(Routing known, Deadline deadline) throws BrokerException {
        var all =
                management.get(
                        "/bindings/" + management.vhost() + BINDING, Act.listing(), deadline);
        known.exchanges().keySet().forEach(name -> known.bindings().put(name, List.of()));
        all.ifPresent(json -> known.bindings().putAll(bindings(json)));
    }

    private List<Binding> bindings(Routing known, String exchange, Deadline deadline)
            throws BrokerException {
        var before = known.bindings().get(exchange);
        if (before != null) {
            return before;
        }
        var answer =
                management.get(
                        "/exchanges/"
                                + management.vhost()
                                + '/'
                                + Management.encoded(exchange)
                                + "/bindings/source"
                                + BINDING,
                        Act.listing(),
                        deadline);
        var found =
                answer.isEmpty()
                        ? List.<Binding>of()
                        : bindings(answer.get()).getOrDefault(exchange, List.of());
        known.bindings().put(exchange, found);
        return found;
    }

    private Map<String, Exchange> exchanges(JsonNode json, Deadline deadline)
            throws BrokerException {
        var policies =
                isAnyUnderPolicy(json)
                        ? Policies.definitions(management, deadline).orElse(Map.of())
                        : Map.<String, JsonNode>of();
        var all = new HashMap<String, Exchange>();
        for (var one : json) {
            var own = one.path("arguments").path(ALTERNATE);
            var policy = one.path("policy").asText();
            // An exchange's own argument beats a policy.
            var decides = own.isMissingNode() && !policy.isEmpty();
            var alternate =
                    decides
                            ? policies.getOrDefault(policy, MissingNode.getInstance())
                                    .path(ALTERNATE)
                            : own;
            all.put(
                    one.path("name").asText(),
                    new Exchange(
                            one.path("type").asText(),
                            alternate.isTextual() ? alternate.textValue() : null,
                            decides && !policies.containsKey(policy)));
        }
        return all;
    }

    private static boolean isAnyUnderPolicy(JsonNode exchanges) {
        for (var one : exchanges) {
            if (!one.path("policy").asText().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, List<Binding>> bindings(JsonNode json) {
        var all = new HashMap<String, List<Binding>>();
        for (var one : json) {
            all.computeIfAbsent(one.path("source").asText(), _ -> new ArrayList<>())
                    .add(
                            new Binding(
                                    one.path("destination").asText(),
                                    one.path("destination_type").asText().equals("exchange"),
                                    one.path("routing_key").asText()));
        }
        return all;
    }

    /// @param key null: each message's own, so that any binding may fit
    private Targets targets(Routing known, String first, @Nullable String key, Deadline deadline)
            throws BrokerException {
        var queues = new TreeSet<String>();
        if (first.isEmpty()) {
            if (key != null) {
                queues.add(key);
            }
            return new Targets(queues, true);
        }
        var isAll = true;
        var seen = new HashSet<String>();
        var open = new ArrayDeque<>(List.of(first));
        while (!open.isEmpty()) {
            var name = open.removeFirst();
            var exchange = known.exchanges().get(name);
            if (exchange == null || !seen.add(name)) {
                continue;
            }
            var routed = false;
            for (var binding : bindings(known, name, deadline)) {
                if (fits(exchange.type(), binding.key(), key)) {
                    routed = true;
                    if (binding.toExchange()) {
                        open.add(binding.to());
                    } else {
                        queues.add(binding.to());
                    }
                }
            }
            if (!routed || key == null) {
                isAll &= !exchange.isUntold();
                if (exchange.alternate() != null) {
                    open.add(exchange.alternate());
                }
            }
        }
        return new Targets(queues, isAll);
    }

    private static boolean fits(String type, String binding, @Nullable String key) {
        if (key == null) {
            return true;
        }
        return switch (type) {
            case "direct" -> binding.equals(key);
            case "topic" -> TopicPattern.matches(binding, key);
            // A fanout takes all; headers and plugins' exchanges cannot be decided without the
            // message.
            default -> true;
        };
    }
}
