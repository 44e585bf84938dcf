package org.deadletteroffice.demo.style;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.kafka.annotation.BackOff;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.annotation.EnableKafkaRetryTopic;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.annotation.RetryableTopic;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.util.backoff.FixedBackOff;

/// A Spring Kafka application as the field writes it, whose listeners never succeed.
final class SpringApplication {
    static final String GROUP = "payment-svc";
    static final String RETRY_GROUP = "shipment-svc";

    private SpringApplication() {}

    static AnnotationConfigApplicationContext start(String bootstrap) {
        var context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("bootstrap", bootstrap)));
        context.register(Beans.class, DeadLetters.class, RetryTopics.class);
        context.refresh();
        return context;
    }

    /// What a listener throws: a domain exception with a cause.
    static RuntimeException failure(String body) {
        return new IllegalStateException(
                "cannot book " + body, new NumberFormatException("For input string: \"x\""));
    }

    static final class DeadLetters {
        @KafkaListener(topics = "orders.payment", groupId = GROUP)
        public void onOrder(byte[] order) {
            throw failure(new String(order, UTF_8));
        }
    }

    static final class RetryTopics {
        @RetryableTopic(
                attempts = "3",
                backOff = @BackOff(delay = 200, multiplier = 2),
                autoCreateTopics = "true",
                numPartitions = "2")
        @KafkaListener(topics = "orders.shipment", groupId = RETRY_GROUP)
        public void onShipment(byte[] shipment) {
            throw failure(new String(shipment, UTF_8));
        }
    }

    @Configuration
    @EnableKafka
    @EnableKafkaRetryTopic
    static class Beans {
        @Bean
        KafkaTemplate<byte[], byte[]> kafkaTemplate(@Value("${bootstrap}") String bootstrap) {
            return new KafkaTemplate<>(
                    new DefaultKafkaProducerFactory<>(
                            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                            new ByteArraySerializer(),
                            new ByteArraySerializer()));
        }

        @Bean
        TaskScheduler scheduler() {
            return new ThreadPoolTaskScheduler();
        }

        @Bean
        KafkaAdmin admin(@Value("${bootstrap}") String bootstrap) {
            return new KafkaAdmin(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
        }

        @Bean
        ConsumerFactory<byte[], byte[]> consumerFactory(@Value("${bootstrap}") String bootstrap) {
            var settings = new HashMap<String, Object>();
            settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
            settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
            return new DefaultKafkaConsumerFactory<>(
                    settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<byte[], byte[]> kafkaListenerContainerFactory(
                ConsumerFactory<byte[], byte[]> consumers, KafkaTemplate<byte[], byte[]> template) {
            var factory = new ConcurrentKafkaListenerContainerFactory<byte[], byte[]>();
            factory.setConsumerFactory(consumers);
            factory.setCommonErrorHandler(
                    new DefaultErrorHandler(
                            new DeadLetterPublishingRecoverer(template), new FixedBackOff(0, 1)));
            return factory;
        }
    }
}
