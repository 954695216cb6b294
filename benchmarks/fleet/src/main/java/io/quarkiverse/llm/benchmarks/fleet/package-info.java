/**
 * The application of the benchmark of messaging: by its settings a worker, or one who asks workers. It takes commands from its
 * standard input. Start reading at {@link io.quarkiverse.llm.benchmarks.fleet.Fleet}.
 */
package io.quarkiverse.llm.benchmarks.fleet;
