package io.quarkiverse.llm.devmode;

/**
 * What the application says.
 *
 * @param id of the object that has asked
 * @param count how often it has
 * @param greeting a setting that has nothing to do with models
 * @param text the answer of the server
 */
record Answered(String id, int count, String greeting, String text) {

    static Answered parse(String body) {
        String[] parts = body.split("\\|", 4);
        return new Answered(parts[0], Integer.parseInt(parts[1]), parts[2], parts[3]);
    }
}
