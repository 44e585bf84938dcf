package org.deadletteroffice.memory;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.deadletteroffice.fixtures.BrokerFixture;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.fixtures.QueueSpec;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;

/// A memory broker of one flavour, with a password and a user of fewer rights.
final class MemoryFixture implements BrokerFixture {
    private static final String OPERATOR = "operator";
    private static final String READER = "reader";
    private static final Secret PASSWORD = new Secret("correct horse");

    private final Flavour flavour;
    private final MemoryBroker broker;

    MemoryFixture(Flavour flavour) {
        this.flavour = flavour;
        this.broker = MemoryBroker.named("fixture-" + UUID.randomUUID());
        broker.addUser(OPERATOR, PASSWORD).addUser(READER, PASSWORD);
    }

    @Override
    public String kind() {
        return "memory";
    }

    @Override
    public QueueKind queueKind() {
        return switch (flavour) {
            case LOG -> QueueKind.TOPIC;
            case QUEUE, COUNTING_QUEUE -> QueueKind.QUEUE;
        };
    }

    @Override
    public Settings settings() {
        return as(OPERATOR, PASSWORD);
    }

    private Settings as(String user, Secret password) {
        return MemoryProfile.signIn(
                Settings.EMPTY.with("broker", broker.name()).with("timeout", "4s"), user, password);
    }

    @Override
    public Optional<Settings> settingsWithWrongPassword() {
        return Optional.of(as(OPERATOR, new Secret("battery staple")));
    }

    @Override
    public Optional<Settings> settingsWithoutWrite(String queue) {
        broker.faults().forbid(READER, Right.WRITE, queue);
        return Optional.of(as(READER, PASSWORD));
    }

    @Override
    public Optional<Settings> settingsWithoutRead(String queue) {
        broker.faults().forbid(READER, Right.READ, queue);
        return Optional.of(as(READER, PASSWORD));
    }

    @Override
    public void createQueue(QueueSpec spec) {
        var limit = spec.maxMessageBytes();
        broker.create(spec.name(), flavour, spec.partitions(), limit == null ? 4 << 20 : limit);
    }

    @Override
    public void deleteQueue(String queue) {
        broker.delete(queue);
    }

    @Override
    public void seed(String queue, List<ForeignMessage> messages) {
        broker.send(
                queue,
                messages.stream()
                        .map(
                                message ->
                                        new MemoryMessage(
                                                message.partition(),
                                                message.key(),
                                                message.payload(),
                                                message.headers(),
                                                message.timestamp(),
                                                Failure.NONE))
                        .toList());
    }

    @Override
    public List<ForeignMessage> peek(String queue) {
        return broker.messages(queue).stream().map(MemoryFixture::foreign).toList();
    }

    private static ForeignMessage foreign(DeadLetter letter) {
        var id = letter.id().text();
        return new ForeignMessage(
                Integer.parseInt(id.substring(0, id.indexOf('-'))),
                letter.key(),
                letter.payload(),
                letter.headers(),
                letter.timestamp());
    }

    @Override
    public void consume(String queue, String group, int messages) {
        broker.consume(queue, group, messages);
    }

    @Override
    public void stop() {
        broker.faults().unreachable();
    }

    @Override
    public void freeze() {
        broker.faults().silent();
    }

    @Override
    public void restore() {
        broker.faults().heal();
    }

    @Override
    public void close() {
        broker.close();
    }
}
