package org.deadletteroffice.desktop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import javafx.application.Platform;
import org.deadletteroffice.desktop.fx.Background;

@AnalyzeClasses(
        packages = "org.deadletteroffice.desktop",
        importOptions = ImportOption.DoNotIncludeTests.class)
class DesktopArchitectureTest {
    private static final String[] SCREENS = {
        "..desktop.overview..",
        "..desktop.connect..",
        "..desktop.triage..",
        "..desktop.inspect..",
        "..desktop.edit..",
        "..desktop.redrive..",
        "..desktop.purge..",
        "..desktop.move..",
        "..desktop.compare..",
        "..desktop.jobs..",
        "..desktop.audit..",
        "..desktop.settings..",
        "..desktop.help.."
    };

    @ArchTest
    static final ArchRule one_gate_to_the_fx_thread =
            noClasses()
                    .that()
                    .doNotBelongToAnyOf(Background.class)
                    .should()
                    .callMethod(Platform.class, "runLater", Runnable.class)
                    .orShould()
                    .accessTargetWhere(
                            com.tngtech.archunit.core.domain.JavaAccess.Predicates.target(
                                    com.tngtech.archunit.core.domain.properties.HasName.Predicates
                                            .name("runLater")))
                    .because("Background coalesces updates once a pulse and shows failures");

    @ArchTest
    static final ArchRule models_see_no_nodes =
            noClasses()
                    .that()
                    .haveSimpleNameEndingWith("Model")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("javafx.scene..", "javafx.stage..", "jfx.incubator..")
                    .because("a model is tested without a window");

    @ArchTest
    static final ArchRule views_see_only_their_model =
            noClasses()
                    .that()
                    .haveSimpleNameEndingWith("View")
                    .and()
                    .resideInAnyPackage(SCREENS)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.deadletteroffice.core")
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(Background.class)
                    .because("a view is given its model and can reach nothing else");

    @ArchTest
    static final ArchRule a_view_names_no_other_model =
            classes()
                    .that()
                    .haveSimpleNameEndingWith("View")
                    .and()
                    .resideInAnyPackage(SCREENS)
                    .should(nameOnlyTheirModel())
                    .because("a view is given its model and can reach nothing else");

    @ArchTest
    static final ArchRule screens_know_no_other_screen =
            slices().matching("org.deadletteroffice.desktop.(*)..")
                    .namingSlices("$1")
                    .as("screens")
                    .should()
                    .notDependOnEachOther()
                    .ignoreDependency(
                            DescribedPredicate.alwaysTrue(),
                            JavaClass.Predicates.resideInAnyPackage(
                                    "..desktop.fx..",
                                    "..desktop.theme..",
                                    "..desktop.control..",
                                    "..desktop.text..",
                                    "..desktop.payload..",
                                    "..desktop.plan..",
                                    "..desktop.shell.."))
                    .because("a screen asks Navigation to go elsewhere");

    @ArchTest
    static final ArchRule controls_know_no_engine =
            noClasses()
                    .that()
                    .resideInAPackage("..desktop.control..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.deadletteroffice.core..", "org.deadletteroffice.spi..")
                    .because("a control draws what it is given");

    @ArchTest
    static final ArchRule no_broker_client =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.kafka..",
                            "com.rabbitmq..",
                            "software.amazon..",
                            "org.deadletteroffice.kafka..",
                            "org.deadletteroffice.memory..")
                    .because("the window speaks to the engine alone");

    private static ArchCondition<JavaClass> nameOnlyTheirModel() {
        return new ArchCondition<>("name no model but their own") {
            @Override
            public void check(JavaClass view, ConditionEvents events) {
                var own = view.getSimpleName().replaceAll("View$", "Model");
                view.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass())
                        .filter(target -> target.getSimpleName().endsWith("Model"))
                        .filter(
                                target ->
                                        target.getPackageName().startsWith("org.deadletteroffice"))
                        .filter(target -> !target.getSimpleName().equals(own))
                        .forEach(
                                target ->
                                        events.add(
                                                SimpleConditionEvent.violated(
                                                        view,
                                                        view.getName()
                                                                + " names "
                                                                + target.getName())));
            }
        };
    }
}
