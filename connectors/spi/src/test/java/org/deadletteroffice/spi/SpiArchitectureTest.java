package org.deadletteroffice.spi;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;

@AnalyzeClasses(packages = "org.deadletteroffice.spi", importOptions = DoNotIncludeTests.class)
final class SpiArchitectureTest {
    @ArchTest
    static final ArchRule the_spi_is_one_small_jar =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..", "org.slf4j..", "org.jspecify..", "org.deadletteroffice.spi..")
                    .because("a plugin's author compiles against it alone, and no broker's client");

    @ArchTest
    static final ArchRule its_packages_build_on_each_other_one_way =
            slices().matching("org.deadletteroffice.spi.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("a package that can be read alone can be understood alone");

    @ArchTest
    static final ArchRule interfaces_do_not_grow_by_defaults =
            noMethods()
                    .that()
                    .areDeclaredInClassesThat(areOpenInterfaces())
                    .should(new HaveABody())
                    .because(
                            "what is new joins a request's record; a default method is a promise"
                                    + " that nobody kept");

    @ArchTest
    static final ArchRule values_do_not_change =
            classes()
                    .that()
                    .areNotInterfaces()
                    .and()
                    .haveSimpleNameNotEndingWith("Builder")
                    .and(DescribedPredicate.not(keepSomethingOpen()))
                    .should()
                    .haveOnlyFinalFields()
                    .because("messages and settings pass between threads");

    @ArchTest
    static final ArchRule standard_streams_belong_to_the_command_line =
            GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    private static DescribedPredicate<JavaClass> areOpenInterfaces() {
        return new DescribedPredicate<>("are interfaces that others implement") {
            @Override
            public boolean test(JavaClass one) {
                return one.isInterface() && !one.reflect().isSealed();
            }
        };
    }

    /// Files and what belongs to them; no value is ever closed.
    private static DescribedPredicate<JavaClass> keepSomethingOpen() {
        return new DescribedPredicate<>("keep something open") {
            @Override
            public boolean test(JavaClass one) {
                return one.isAssignableTo(AutoCloseable.class)
                        || one.getEnclosingClass().filter(this).isPresent();
            }
        };
    }

    private static final class HaveABody extends ArchCondition<JavaMethod> {
        HaveABody() {
            super("have a body");
        }

        @Override
        public void check(JavaMethod method, ConditionEvents events) {
            var has = !method.getModifiers().contains(JavaModifier.ABSTRACT);
            events.add(
                    new SimpleConditionEvent(
                            method,
                            has,
                            method.getFullName() + (has ? " has" : " has no") + " body"));
        }
    }
}
