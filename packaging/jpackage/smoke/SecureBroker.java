import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.deadletteroffice.fixtures.kafka.KafkaBroker;
import org.deadletteroffice.fixtures.kafka.KafkaBroker.Listener;

/// A broker that asks for TLS and SCRAM, with one dead letter. Arguments: a key store (PKCS12, password `changeit`) whose certificate
/// names localhost. Prints the address and serves until its standard input closes.
void main(String[] args) throws Exception {
    var options =
            KafkaBroker.Options.PLAIN
                    .listen(Listener.SASL_SSL)
                    .user("operator", "s3cret")
                    .tls(new KafkaBroker.Tls(Path.of(args[0]), null, "changeit"));
    try (var broker = KafkaBroker.start(options)) {
        Map<String, Object> inside = Map.of("bootstrap.servers", broker.bootstrap());
        try (var admin = Admin.create(inside)) {
            admin.createTopics(java.util.List.of(new NewTopic("orders.DLT", 1, (short) 1))).all().get();
        }
        try (var producer = new KafkaProducer<>(inside, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("orders.DLT", "A-1", "{\"orderId\":\"A-1\"}")).get();
        }
        System.out.println(broker.bootstrap(Listener.SASL_SSL));
        System.in.readAllBytes();
    }
}
