/**
 * Changes of settings while the application runs: what has been changed on top of the configuration, how settings are made of
 * both, and the one door for it, which applications, the development mode and its console all go through. Knows the registry
 * and what is below it. Start reading at {@link io.quarkiverse.llm.runtime.live.LiveProviders}.
 */
package io.quarkiverse.llm.runtime.live;
