package org.deadletteroffice.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "org.deadletteroffice.cli",
        importOptions = ImportOption.DoNotIncludeTests.class)
final class CliArchitectureTest {
    @ArchTest
    static final ArchRule sees_the_engine_and_no_connector =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.deadletteroffice.kafka..",
                            "org.deadletteroffice.memory..",
                            "org.deadletteroffice.fixtures..",
                            "org.deadletteroffice.demo..",
                            "org.apache.kafka..")
                    .because("a connector is found by ServiceLoader, and none is special");

    @ArchTest
    static final ArchRule has_no_window =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("javafx..", "org.deadletteroffice.desktop..")
                    .because("a command must start fast, and work where there is no display");

    @ArchTest
    static final ArchRule leaves_storage_to_the_engine =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.jdbi..", "org.h2..", "java.sql..")
                    .because("window and command line do the same through the engine");

    @ArchTest
    static final ArchRule commands_do_not_print_past_the_output =
            noClasses()
                    .that()
                    .resideInAPackage("..command..")
                    .should()
                    .accessField(System.class, "out")
                    .orShould()
                    .accessField(System.class, "err")
                    .because("standard output is one document in the form the user asked for");
}
