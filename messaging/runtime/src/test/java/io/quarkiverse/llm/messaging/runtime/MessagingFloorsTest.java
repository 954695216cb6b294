package io.quarkiverse.llm.messaging.runtime;

import static io.quarkiverse.llm.floors.Floor.floor;
import static io.quarkiverse.llm.floors.House.API;
import static io.quarkiverse.llm.floors.House.TOP;

import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import io.quarkiverse.llm.floors.House;

/** The messaging extension has floors, too, and stands on some of the core's. */
class MessagingFloorsTest {

    private static final House HOUSE = House.of("io.quarkiverse.llm.messaging",
            floor(API),
            floor("config"),
            floor("contract").knows(API).knowsOfCore("json"),
            floor("channel").knows(API, "config", "contract").knowsOfCore("json"),
            floor("kafka").knows(API, "channel"),
            floor("worker").knows(API, "config", "channel"),
            floor("remote").knows(API, "config", "channel").knowsOfCore("provider"),
            floor("telemetry").knows(API, "channel", "worker", "remote"),
            floor(TOP).knows(API, "config", "channel", "worker", "remote").knowsOfCore("config", "provider"));

    @TestFactory
    Stream<DynamicTest> the_rules_of_the_house_are_kept() {
        return HOUSE.rules();
    }
}
