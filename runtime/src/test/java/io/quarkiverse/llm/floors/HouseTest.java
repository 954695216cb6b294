package io.quarkiverse.llm.floors;

import static io.quarkiverse.llm.floors.Floor.floor;
import static io.quarkiverse.llm.floors.House.API;
import static io.quarkiverse.llm.floors.House.TOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** With the classes of the core. */
class HouseTest {

    private static final String CORE = "io.quarkiverse.llm";

    private static Executable rule(House house, String name) {
        return house.rules().filter(test -> test.getDisplayName().equals(name)).map(DynamicTest::getExecutable).findFirst()
                .orElseThrow();
    }

    @Test
    void whoeverKnowsMoreThanTheTableSaysIsFound() {
        House house = House.of(CORE, floor("config.."), floor("conflict"));

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> rule(house, "conflict knows only what is below").execute())
                .withMessageContaining("runtime.conflict").withMessageContaining("runtime.config");
    }

    @Test
    void whoeverKeepsToTheTableIsLeftAlone() throws Throwable {
        House house = House.of(CORE, floor("config.."), floor("conflict").knows("config.."));

        rule(house, "conflict knows only what is below").execute();
        rule(house, "no packages go in circles").execute();
        rule(house, "nobody else knows the transport of the core").execute();
    }

    @Test
    void aPackageThatIsNotInTheTableIsFound() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> rule(House.of(CORE, floor(API), floor(TOP)), "every class lives on a floor").execute())
                .withMessageContaining("runtime.sse");
    }

    @Test
    void aFloorWithoutClassesIsAFailure() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> rule(House.of(CORE, floor("cellar")), "cellar knows only what is below").execute());
    }

    @Test
    void nobodyCanSayThatHeKnowsWhatIsAbove() {
        assertThatIllegalArgumentException().isThrownBy(() -> House.of(CORE, floor("json").knows("wire"), floor("wire")))
                .withMessage("json knows wire, which is no floor below it");
    }

    @Test
    void floorsArePackagesOfTheModule() {
        House house = House.of(CORE + ".gateway");

        assertThat(house.packageOf(API)).isEqualTo("io.quarkiverse.llm.gateway");
        assertThat(house.packageOf(TOP)).isEqualTo("io.quarkiverse.llm.gateway.runtime");
        assertThat(house.packageOf("store")).isEqualTo("io.quarkiverse.llm.gateway.runtime.store");
    }
}
