package io.quarkiverse.llm.gateway.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.quarkiverse.llm.floors.Floor.floor;
import static io.quarkiverse.llm.floors.House.TOP;

import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.quarkiverse.llm.floors.House;

/** The gateway has floors, too, and stands on some of the core's. */
class GatewayFloorsTest {

    private static final House HOUSE = House.of("io.quarkiverse.llm.gateway",
            floor("seal").knowsOfCore("wire"),
            floor("config"),
            floor("store").knows("config"),
            floor("state").knows("store").knowsOfCore("json", "wire", "wire.responses"),
            floor("routing").knows("config").knowsOfCore("config..", "json", "provider", "wire"),
            floor("access").knows("config"),
            floor("limits").knows("access"),
            floor("translation").knows("seal").knowsOfCore("config..", "json", "wire"),
            floor("compaction").knows("seal", "state").knowsOfCore("json", "wire"),
            floor("answer").knows("seal", "config", "access", "limits", "store", "state", "routing", "translation",
                    "compaction").knowsOfCore("config..", "json", "provider", "wire.."),
            floor("websocket").knows("config", "access", "limits", "state", "answer")
                    .knowsOfCore("config..", "wire", "wire.responses"),
            floor("http").knows("seal", "config", "access", "limits", "store", "state", "routing", "translation", "answer",
                    "websocket").knowsOfCore("config..", "json", "provider", "wire.."),
            floor(TOP).knows("config", "access", "store", "routing", "websocket", "http").knowsOfCore("provider"));

    @TestFactory
    Stream<DynamicTest> the_rules_of_the_house_are_kept() {
        return HOUSE.rules();
    }

    @Test
    void the_translation_knows_no_wire_and_no_server() {
        HOUSE.check(noClasses().that().resideInAPackage(HOUSE.packageOf("translation")).should().dependOnClassesThat()
                .resideInAnyPackage("io.vertx.core.http..", "io.vertx.ext.web..", "jakarta..", "io.netty..",
                        "io.quarkiverse.llm.runtime.wire.chat", "io.quarkiverse.llm.runtime.wire.responses"));
    }

    @Test
    void answers_know_of_no_server() {
        HOUSE.check(noClasses().that().resideInAPackage(HOUSE.packageOf("answer")).should().dependOnClassesThat()
                .resideInAnyPackage("io.vertx.core.http..", "io.vertx.ext.web.."));
    }
}
