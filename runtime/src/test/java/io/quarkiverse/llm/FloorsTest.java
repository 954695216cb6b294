package io.quarkiverse.llm;

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

/** The house has floors: a package knows only what lies below it. */
class FloorsTest {

    private static final String HOUSE = "io.quarkiverse.llm";
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath("target/classes");

    /** From the ground up. Packages of one floor do not know each other, unless said below. */
    private enum Floor {
        API(HOUSE),
        CONFIG(HOUSE + ".runtime.config..", API),
        JSON(HOUSE + ".runtime.json", API),
        SSE(HOUSE + ".runtime.sse"),
        WIRE(HOUSE + ".runtime.wire..", API, CONFIG, JSON),
        TRANSPORT(HOUSE + ".runtime.transport", API, CONFIG, SSE),
        WEB_SOCKET(HOUSE + ".runtime.transport.websocket", API, CONFIG, SSE, TRANSPORT),
        PROVIDER(HOUSE + ".runtime.provider", API, CONFIG, JSON, SSE, WIRE, TRANSPORT, WEB_SOCKET),
        CONFLICT(HOUSE + ".runtime.conflict", API, CONFIG),
        STRUCTURED(HOUSE + ".runtime.structured", API, CONFIG),
        LIVE(HOUSE + ".runtime.live", API, CONFIG, PROVIDER),
        TOP(HOUSE + ".runtime", API, CONFIG, JSON, SSE, WIRE, TRANSPORT, WEB_SOCKET, PROVIDER, CONFLICT, STRUCTURED,
                LIVE);

        private final String packages;
        private final List<Floor> below;

        Floor(String packages, Floor... below) {
            this.packages = packages;
            this.below = Arrays.asList(below);
        }

        String[] allowed() {
            List<String> allowed = new ArrayList<>(below.stream().map(floor -> floor.packages).toList());
            allowed.add(packages);
            return allowed.toArray(String[]::new);
        }
    }

    @TestFactory
    List<DynamicTest> each_floor_knows_only_those_below() {
        return Arrays.stream(Floor.values()).map(floor -> DynamicTest.dynamicTest(floor.packages, () -> classes().that()
                .resideInAPackage(floor.packages).should()
                .onlyDependOnClassesThat(resideInAnyPackage(floor.allowed())
                        .or(not(resideInAnyPackage(HOUSE + ".."))))
                .allowEmptyShould(false).check(CLASSES))).toList();
    }

    @Test
    void every_class_lives_on_a_floor() {
        classes().should().resideInAnyPackage(Arrays.stream(Floor.values()).map(floor -> floor.packages).toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void the_sse_reader_knows_nothing_but_java() {
        classes().that().resideInAPackage(Floor.SSE.packages).should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", Floor.SSE.packages).check(CLASSES);
    }

    @Test
    void codecs_do_no_input_and_output_and_know_no_beans() {
        noClasses().that().resideInAPackage(Floor.WIRE.packages).should().dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "io.quarkus..", "io.vertx.core", "io.vertx.core.http..", "io.smallrye..",
                        "java.net.http..", "java.util.concurrent.locks..")
                .check(CLASSES);
    }

    @Test
    void no_packages_go_in_circles() {
        slices().matching("io.quarkiverse.llm.(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
