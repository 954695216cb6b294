/**
 * Programs that tests start as processes of their own. Benchmarks use it as well: it needs nothing but Java. Start reading at
 * {@link io.quarkiverse.llm.process.OwnProcess}. Knows nothing of ours.
 */
package io.quarkiverse.llm.process;
