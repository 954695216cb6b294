package io.quarkiverse.llm.gateway.it;

/** What a model is asked to fill in. */
public class City {

    public String name;
    public long inhabitants;
}
