package org.deadletteroffice.kafka;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.deadletteroffice.contract.ConnectorArchitectureTest;

@AnalyzeClasses(packages = "org.deadletteroffice.kafka", importOptions = DoNotIncludeTests.class)
final class KafkaArchitectureTest extends ConnectorArchitectureTest {
    @ArchTest
    static final ArchRule no_reader_joins_a_group =
            noClasses()
                    .should()
                    .callMethod(
                            org.apache.kafka.clients.consumer.KafkaConsumer.class,
                            "subscribe",
                            java.util.Collection.class)
                    .because("looking must leave no trace on the cluster");
}
