/**
 * An application in dev mode whose settings change while it runs. {@link io.quarkiverse.llm.devmode.AskResource} is the
 * application; start reading at {@link io.quarkiverse.llm.devmode.LiveSettingsTest}.
 */
package io.quarkiverse.llm.devmode;
