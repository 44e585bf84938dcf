package org.deadletteroffice.contract;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.stream.Stream;
import org.deadletteroffice.spi.connector.Connector;
import org.jspecify.annotations.NullMarked;

/// The laws of a connector's classes. A connector's module extends this class with
/// `@AnalyzeClasses(packages = "…its package…", importOptions = DoNotIncludeTests.class)`.
public abstract class ConnectorArchitectureTest {
    private static final String PROGRAM = "org.deadletteroffice.";
    private static final String SPI = "org.deadletteroffice.spi.";

    @ArchTest
    static final ArchRule a_connector_sees_the_spi_and_itself_alone =
            classes()
                    .should(seeNoOtherPartOfTheProgram())
                    .because(
                            "a connector that knows the engine or another connector cannot be"
                                    + " replaced by somebody else's");

    @ArchTest
    static final ArchRule a_connector_has_no_face =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("javafx..", "picocli..", "java.awt..", "javax.swing..")
                    .because("the window and the command line draw what a connector says");

    @ArchTest
    static final ArchRule standard_streams_belong_to_the_command_line =
            GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.because(
                    "what a connector prints would stand between the rows of a script's input");

    @ArchTest
    static final ArchRule one_way_to_log =
            GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.because(
                    "SLF4J leads to the log file, where nothing is lost");

    @ArchTest
    static final ArchRule nobody_ends_the_process =
            noClasses()
                    .should()
                    .callMethod(System.class, "exit", int.class)
                    .orShould()
                    .callMethod(Runtime.class, "halt", int.class)
                    .because("one broken broker must not end the work on others");

    @ArchTest
    static final ArchRule null_is_said =
            classes()
                    .should(liveInANullMarkedPackage())
                    .because("null differs from empty in a message, and the compiler keeps watch");

    @ArchTest
    static final ArchRule a_connector_is_made_without_work =
            classes()
                    .that()
                    .implement(Connector.class)
                    .should()
                    .bePublic()
                    .andShould()
                    .haveModifier(JavaModifier.FINAL)
                    .andShould(haveOnlyAConstructorWithoutArguments())
                    .because("ServiceLoader makes every connector at every start");

    @ArchTest
    static final ArchRule client_types_stay_inside =
            classes()
                    .that()
                    .arePublic()
                    .should(showOnlyTypesOfTheSpiAndTheJdk())
                    .because(
                            "a client's type in a public signature ties the program to the"
                                    + " client's version");

    @ArchTest
    static final ArchRule names_say_what_a_class_is =
            noClasses()
                    .should()
                    .haveSimpleNameEndingWith("Impl")
                    .orShould()
                    .haveSimpleNameEndingWith("Util")
                    .orShould()
                    .haveSimpleNameEndingWith("Utils")
                    .orShould()
                    .haveSimpleNameEndingWith("Helper")
                    .because("a drawer without a name fills with what belongs elsewhere");

    private static ArchCondition<JavaClass> seeNoOtherPartOfTheProgram() {
        return new ArchCondition<>("see no other part of the program than the SPI") {
            @Override
            public void check(JavaClass one, ConditionEvents events) {
                var own = module(one);
                for (var dependency : one.getDirectDependenciesFromSelf()) {
                    var target = dependency.getTargetClass();
                    var name = target.getName();
                    if (name.startsWith(PROGRAM)
                            && !name.startsWith(SPI)
                            && !module(target).equals(own)) {
                        events.add(SimpleConditionEvent.violated(one, dependency.getDescription()));
                    }
                }
            }
        };
    }

    /// `org.deadletteroffice.kafka.x` belongs to `kafka`.
    private static String module(JavaClass one) {
        var rest = one.getPackageName() + ".";
        return rest.startsWith(PROGRAM)
                ? rest.substring(PROGRAM.length(), rest.indexOf('.', PROGRAM.length()))
                : "";
    }

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return new ArchCondition<>("live in a package that is @NullMarked") {
            @Override
            public void check(JavaClass one, ConditionEvents events) {
                if (!one.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(
                            SimpleConditionEvent.violated(
                                    one,
                                    one.getName() + " lives in a package without @NullMarked"));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> haveOnlyAConstructorWithoutArguments() {
        return new ArchCondition<>("have only a constructor without arguments") {
            @Override
            public void check(JavaClass one, ConditionEvents events) {
                var fine =
                        one.getConstructors().stream()
                                .allMatch(made -> made.getParameters().isEmpty());
                if (!fine) {
                    events.add(
                            SimpleConditionEvent.violated(
                                    one, one.getName() + " has a constructor with arguments"));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> showOnlyTypesOfTheSpiAndTheJdk() {
        return new ArchCondition<>("show only types of the SPI, the JDK and their own") {
            @Override
            public void check(JavaClass one, ConditionEvents events) {
                one.getMethods().stream()
                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                        .forEach(
                                method ->
                                        Stream.concat(
                                                        Stream.of(method.getRawReturnType()),
                                                        method.getRawParameterTypes().stream())
                                                .filter(
                                                        type ->
                                                                !isOurs(
                                                                        type
                                                                                .getBaseComponentType()))
                                                .forEach(
                                                        type ->
                                                                events.add(
                                                                        SimpleConditionEvent
                                                                                .violated(
                                                                                        one,
                                                                                        method
                                                                                                        .getFullName()
                                                                                                + " shows "
                                                                                                + type
                                                                                                        .getName()))));
            }
        };
    }

    private static boolean isOurs(JavaClass type) {
        return type.isPrimitive()
                || type.getName().startsWith("java.")
                || type.getName().startsWith(PROGRAM);
    }
}
