/**
 * What the tests of all modules hold the floors of packages with; they come with nothing but a table. Start reading at
 * {@link io.quarkiverse.llm.floors.House}. Knows nothing of ours.
 */
package io.quarkiverse.llm.floors;
