package io.quarkiverse.llm.gateway.runtime;

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

/** The gateway has floors, too, and stands on some of the core's. */
class GatewayFloorsTest {

    private static final String HOUSE = "io.quarkiverse.llm";
    private static final String CORE = HOUSE + ".runtime";
    private static final String GATEWAY = HOUSE + ".gateway.runtime";
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath("target/classes");

    /** From the ground up: what each may know of the core, and of the gateway. */
    private enum Floor {
        SEAL(GATEWAY + ".seal", List.of(CORE + ".wire")),
        CONFIG(GATEWAY + ".config", List.of()),
        STORE(GATEWAY + ".store", List.of(), CONFIG),
        STATE(GATEWAY + ".state", List.of(CORE + ".json", CORE + ".wire", CORE + ".wire.responses"), STORE),
        ROUTING(GATEWAY + ".routing", List.of(CORE + ".config..", CORE + ".json", CORE + ".provider", CORE + ".wire"), CONFIG),
        ACCESS(GATEWAY + ".access", List.of(), CONFIG),
        LIMITS(GATEWAY + ".limits", List.of(), ACCESS),
        TRANSLATION(GATEWAY + ".translation", List.of(CORE + ".config..", CORE + ".json", CORE + ".wire"), SEAL),
        COMPACTION(GATEWAY + ".compaction", List.of(CORE + ".json", CORE + ".wire"), SEAL, STATE),
        ANSWER(GATEWAY + ".answer", List.of(CORE + ".config..", CORE + ".json", CORE + ".provider", CORE + ".wire.."), SEAL,
                CONFIG, ACCESS, LIMITS, STORE, STATE, ROUTING, TRANSLATION, COMPACTION),
        WEBSOCKET(GATEWAY + ".websocket", List.of(CORE + ".config..", CORE + ".wire", CORE + ".wire.responses"), CONFIG, ACCESS,
                LIMITS, STATE, ANSWER),
        HTTP(GATEWAY + ".http", List.of(CORE + ".config..", CORE + ".json", CORE + ".provider", CORE + ".wire.."), SEAL,
                CONFIG, ACCESS, LIMITS, STORE, STATE, ROUTING, TRANSLATION, ANSWER, WEBSOCKET),
        TOP(GATEWAY, List.of(CORE + ".provider"), CONFIG, ACCESS, STORE, ROUTING, WEBSOCKET, HTTP);

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
    void the_translation_knows_no_wire_and_no_server() {
        noClasses().that().resideInAPackage(Floor.TRANSLATION.packages).should().dependOnClassesThat()
                .resideInAnyPackage("io.vertx.core.http..", "io.vertx.ext.web..", "jakarta..", "io.netty..",
                        CORE + ".wire.chat", CORE + ".wire.responses")
                .check(CLASSES);
    }

    @Test
    void answers_know_of_no_server() {
        noClasses().that().resideInAPackage(Floor.ANSWER.packages).should().dependOnClassesThat()
                .resideInAnyPackage("io.vertx.core.http..", "io.vertx.ext.web..").check(CLASSES);
    }

    @Test
    void no_packages_go_in_circles() {
        slices().matching(GATEWAY + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
