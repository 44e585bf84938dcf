package org.deadletteroffice.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "org.deadletteroffice.core",
        importOptions = ImportOption.DoNotIncludeTests.class)
class CoreArchitectureTest {
    @ArchTest
    static final ArchRule the_engine_names_no_broker =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.deadletteroffice.kafka..",
                            "org.deadletteroffice.memory..",
                            "org.deadletteroffice.fixtures..",
                            "org.apache.kafka..",
                            "com.rabbitmq..",
                            "software.amazon..")
                    .because(
                            "an engine that names a broker changes with each new one; it asks Capabilities");

    @ArchTest
    static final ArchRule the_engine_knows_no_face =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.deadletteroffice.cli..",
                            "org.deadletteroffice.desktop..",
                            "org.deadletteroffice.demo..",
                            "javafx..",
                            "picocli..")
                    .because(
                            "window and command line are two faces of one engine, which runs without either");

    @ArchTest
    static final ArchRule tables_are_touched_in_few_places =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("..store..", "..ledger..", "..audit..", "..metrics..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.jdbi..", "org.h2..", "org.flywaydb..")
                    .because("who owns a table owns what its rows mean");

    @ArchTest
    static final ArchRule nothing_is_printed =
            noClasses()
                    .should()
                    .accessField(System.class, "out")
                    .orShould()
                    .accessField(System.class, "err")
                    .because("standard output belongs to the command line's answers");
}
