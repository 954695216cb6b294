/**
 * The build steps, one processor a feature. What they decide is decided in plain classes that know no build step.
 * <p>
 * Start reading at {@link io.quarkiverse.llm.deployment.LlmClientProcessor}.
 */
package io.quarkiverse.llm.deployment;
