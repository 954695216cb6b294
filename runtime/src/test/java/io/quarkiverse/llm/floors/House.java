package io.quarkiverse.llm.floors;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;

/** The main classes of the module under test, which live on floors: a package knows only what lies below it. */
public final class House {

    /** The floor of the public API: the package of the module itself. */
    public static final String API = "the API";
    /** The floor that wires all together: the package {@code runtime} itself. */
    public static final String TOP = "the top";

    private static final String OURS = "io.quarkiverse.llm";
    private static final String CORE = OURS + ".runtime";
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath("target/classes");

    private final String module;
    private final List<Floor> floors;

    private House(String module, List<Floor> floors) {
        this.module = module;
        this.floors = floors;
    }

    /**
     * @param module its package
     * @param floors from the ground up
     * @throws IllegalArgumentException when one knows what is not below it
     */
    public static House of(String module, Floor... floors) {
        Set<String> below = new HashSet<>();
        for (Floor floor : floors) {
            floor.below().stream().filter(name -> !below.contains(name)).findFirst().ifPresent(name -> {
                throw new IllegalArgumentException(floor.name() + " knows " + name + ", which is no floor below it");
            });
            below.add(floor.name());
        }
        return new House(module, List.of(floors));
    }

    /** What holds in all houses, one test a rule. */
    public Stream<DynamicTest> rules() {
        return Stream.concat(
                floors.stream().map(floor -> rule(floor.name() + " knows only what is below", knowsOnlyWhatIsBelow(floor))),
                Stream.of(
                        rule("every class lives on a floor", everyClassLivesOnAFloor()),
                        rule("nobody else knows the transport of the core", noClasses()
                                .that().resideOutsideOfPackage(CORE + "..")
                                .should().dependOnClassesThat().resideInAPackage(CORE + ".transport..")),
                        rule("no packages go in circles", slices().matching(module + ".(**)").should().beFreeOfCycles())));
    }

    private DynamicTest rule(String name, ArchRule rule) {
        return dynamicTest(name, () -> check(rule));
    }

    /** That the classes of the module keep one more rule. */
    public void check(ArchRule rule) {
        rule.check(CLASSES);
    }

    private ArchRule knowsOnlyWhatIsBelow(Floor floor) {
        Stream<String> own = Stream.concat(Stream.of(floor.name()), floor.below().stream()).map(this::packageOf);
        Stream<String> ofCore = Stream.concat(Stream.of(OURS), floor.ofCore().stream().map(name -> CORE + "." + name));
        return classes().that().resideInAPackage(packageOf(floor.name())).should().onlyDependOnClassesThat(
                resideInAnyPackage(Stream.concat(own, ofCore).toArray(String[]::new)).or(not(resideInAnyPackage(OURS + ".."))));
    }

    private ArchRule everyClassLivesOnAFloor() {
        return classes().should().resideInAnyPackage(
                floors.stream().map(floor -> packageOf(floor.name())).toArray(String[]::new));
    }

    /** Of the floor with this name. */
    public String packageOf(String floor) {
        return switch (floor) {
            case API -> module;
            case TOP -> module + ".runtime";
            default -> module + ".runtime." + floor;
        };
    }
}
