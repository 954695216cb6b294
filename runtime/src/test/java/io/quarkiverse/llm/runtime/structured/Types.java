package io.quarkiverse.llm.runtime.structured;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;

/** What applications may ask for. */
interface Types {

    @JsonClassDescription("A sum of money")
    record Money(BigDecimal amount, @JsonPropertyDescription("ISO 4217") String currency) {
    }

    record Item(String name, @JsonPropertyDescription("without tax") Money price) {
    }

    record Invoice(String number, List<Item> items, Money total) {
    }

    enum Size3 {
        SMALL,
        @JsonProperty("medium")
        MEDIUM
    }

    enum Level {
        LOW(1),
        HIGH(2);

        private final int value;

        Level(int value) {
            this.value = value;
        }

        @JsonValue
        public int value() {
            return value;
        }
    }

    record Enums(Size3 size, Level level, Optional<Size3> other) {
    }

    record Optionals(Optional<String> text, Optional<Money> money, OptionalInt number, @Nullable Integer boxed,
            Optional<List<String>> list) {
    }

    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    @interface Nullable {
    }

    record Times(LocalDate date, LocalDateTime local, LocalTime time, OffsetTime offset, Instant instant, Duration duration,
            YearMonth month, UUID id, URI link, byte[] bytes, char letter) {
    }

    record Scalars(int number, double fraction, BigDecimal sum, boolean yes, String text, Size3 size, Level level,
            LocalDate date, LocalTime time, YearMonth month, UUID id, char letter, URI link, OptionalInt perhaps,
            Optional<LocalDate> later) {
    }

    record Collections(List<Money> list, Set<String> set, int[] array, Optional<List<Money>> perhaps) {
    }

    record Maps(Map<String, Money> prices) {
    }

    record Anything(Object any, JsonNode node) {
    }

    record Page<T>(List<T> items, T first) {
    }

    record Pages(Page<Money> money, Page<String> text) {
    }

    record Tree(String name, @JsonPropertyDescription("below") List<Tree> children, Optional<Tree> next) {
    }

    record Link(String name, Link next) {
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({ @JsonSubTypes.Type(value = Constant.class, name = "constant"),
            @JsonSubTypes.Type(value = Sum.class, name = "sum") })
    sealed interface Expression permits Constant, Sum {
    }

    record Constant(double value) implements Expression {
    }

    record Sum(Expression left, Expression right) implements Expression {
    }

    record Formula(String name, @JsonPropertyDescription("the terms") Expression expression) {
    }

    sealed interface Untold permits Told {
    }

    record Told(Untold untold) implements Untold {
    }

    class Parent {

        private String inherited;

        public String getInherited() {
            return inherited;
        }

        public void setInherited(String inherited) {
            this.inherited = inherited;
        }
    }

    @JsonPropertyOrder({ "second", "first_one" })
    class Bean extends Parent {

        @JsonProperty("first_one")
        public String first;
        private int second;
        @JsonIgnore
        public String ignored;
        private String unreachable = "";

        public void setSecond(int second) {
            this.second = second;
        }

        @Override
        public String toString() {
            return first + second + getInherited() + unreachable;
        }
    }

    class Made {

        private final String name;

        @JsonCreator
        Made(@JsonProperty("name") String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    class Closed {

        private final String name = "";

        @Override
        public String toString() {
            return name;
        }
    }

    record Unwrapped(String number, @JsonUnwrapped Money money) {
    }

    record Limits(@Min(1) @Max(5) int stars, @Size(min = 2, max = 3) List<String> tags, @Size(max = 10) String text,
            @Pattern(regexp = "[a-z]+") String pattern) {
    }

    record Unreadable(Runnable runnable) {
    }
}
