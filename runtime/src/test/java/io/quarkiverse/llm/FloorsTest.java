package io.quarkiverse.llm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.quarkiverse.llm.floors.Floor.floor;
import static io.quarkiverse.llm.floors.House.API;
import static io.quarkiverse.llm.floors.House.TOP;

import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.quarkiverse.llm.floors.House;

/** What each package of the core knows. */
class FloorsTest {

    private static final House HOUSE = House.of("io.quarkiverse.llm",
            floor(API),
            floor("config.."),
            floor("json"),
            floor("sse"),
            floor("wire..").knows("config..", "json"),
            floor("transport").knows("config..", "sse"),
            floor("transport.websocket").knows("config..", "sse", "transport"),
            floor("provider").knows("config..", "json", "sse", "wire..", "transport", "transport.websocket"),
            floor("conflict").knows("config.."),
            floor("structured").knows("config.."),
            floor("live").knows("config..", "provider"),
            floor(TOP).knows("config..", "json", "sse", "wire..", "transport", "transport.websocket", "provider", "conflict",
                    "structured", "live"));

    @TestFactory
    Stream<DynamicTest> the_rules_of_the_house_are_kept() {
        return HOUSE.rules();
    }

    @Test
    void the_sse_reader_knows_nothing_but_java() {
        HOUSE.check(classes().that().resideInAPackage(HOUSE.packageOf("sse")).should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", HOUSE.packageOf("sse")));
    }

    @Test
    void codecs_do_no_input_and_output_and_know_no_beans() {
        HOUSE.check(noClasses().that().resideInAPackage(HOUSE.packageOf("wire..")).should().dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "io.quarkus..", "io.vertx.core", "io.vertx.core.http..", "io.smallrye..",
                        "java.net.http..", "java.util.concurrent.locks.."));
    }
}
