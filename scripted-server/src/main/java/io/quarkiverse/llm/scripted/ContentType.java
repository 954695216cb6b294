package io.quarkiverse.llm.scripted;

/** The content type header says this, whatever the body is. */
record ContentType(String value) implements Fault {

    /** The name by which {@link Fault#named} knows it. */
    @Override
    public String toString() {
        return "content-type:" + value;
    }
}
