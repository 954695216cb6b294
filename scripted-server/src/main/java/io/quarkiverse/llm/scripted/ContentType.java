package io.quarkiverse.llm.scripted;

/** The content type header says this, whatever the body is. */
record ContentType(String value) implements Fault {
}
