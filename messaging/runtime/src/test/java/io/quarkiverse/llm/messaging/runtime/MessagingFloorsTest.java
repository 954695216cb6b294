package io.quarkiverse.llm.messaging.runtime;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** The messaging extension has floors, too, and stands on some of the core's. */
class MessagingFloorsTest {

    private static final String HOUSE = "io.quarkiverse.llm";
    private static final String CORE = HOUSE + ".runtime";
    private static final String MESSAGING = HOUSE + ".messaging.runtime";
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath("target/classes");

    /** From the ground up: what each may know of the core, and of messaging. */
    private enum Floor {
        API(HOUSE + ".messaging", List.of()),
        CONFIG(MESSAGING + ".config", List.of()),
        CONTRACT(MESSAGING + ".contract", List.of(CORE + ".json"), API),
        CHANNEL(MESSAGING + ".channel", List.of(CORE + ".json"), API, CONFIG, CONTRACT),
        KAFKA(MESSAGING + ".kafka", List.of(), API, CHANNEL),
        WORKER(MESSAGING + ".worker", List.of(), API, CONFIG, CHANNEL),
        REMOTE(MESSAGING + ".remote", List.of(CORE + ".provider"), API, CONFIG, CHANNEL),
        TELEMETRY(MESSAGING + ".telemetry", List.of(), API, CHANNEL, WORKER, REMOTE),
        TOP(MESSAGING, List.of(CORE + ".config", CORE + ".provider"), API, CONFIG, CHANNEL, WORKER, REMOTE);

        private final String packages;
        private final List<String> ofCore;
        private final List<Floor> below;

        Floor(String packages, List<String> ofCore, Floor... below) {
            this.packages = packages;
            this.ofCore = ofCore;
            this.below = Arrays.asList(below);
        }

        String[] allowed() {
            List<String> allowed = new ArrayList<>(ofCore);
            below.forEach(floor -> allowed.add(floor.packages));
            allowed.add(packages);
            allowed.add(HOUSE);
            return allowed.toArray(String[]::new);
        }
    }

    @TestFactory
    List<DynamicTest> each_floor_knows_only_those_below() {
        return Arrays.stream(Floor.values()).map(floor -> DynamicTest.dynamicTest(floor.packages, () -> classes().that()
                .resideInAPackage(floor.packages).should()
                .onlyDependOnClassesThat(resideInAnyPackage(floor.allowed()).or(not(resideInAnyPackage(HOUSE + ".."))))
                .check(CLASSES))).toList();
    }

    @Test
    void every_class_lives_on_a_floor() {
        classes().should().resideInAnyPackage(Arrays.stream(Floor.values()).map(floor -> floor.packages).toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void nobody_knows_the_transport_of_the_core() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage(CORE + ".transport..").check(CLASSES);
    }

    @Test
    void no_packages_go_in_circles() {
        slices().matching(MESSAGING + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
