/** What a codec costs by itself, measured with JMH. */
package io.quarkiverse.llm.benchmarks.micro;
