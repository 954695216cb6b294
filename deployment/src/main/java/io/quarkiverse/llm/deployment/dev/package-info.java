/**
 * Dev mode: settings that change without a restart, and the command of the console. Knows nothing of our build steps,
 * and talks to the running application by names and types of the JDK alone, because the application has its own
 * copies of our classes.
 * <p>
 * Start reading at {@link io.quarkiverse.llm.deployment.dev.SettingsWatch}, which decides what a change of the files needs.
 */
package io.quarkiverse.llm.deployment.dev;
