package org.deadletteroffice.rabbitmq;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.rabbitmq.client.Channel;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.deadletteroffice.contract.ConnectorArchitectureTest;

@AnalyzeClasses(packages = "org.deadletteroffice.rabbitmq", importOptions = DoNotIncludeTests.class)
final class RabbitArchitectureTest extends ConnectorArchitectureTest {
    @ArchTest
    static final ArchRule nothing_is_rejected =
            noClasses()
                    .should()
                    .callMethod(Channel.class, "basicReject", long.class, boolean.class)
                    .because("a rejected message counts as a failure, or dies once more");
}
