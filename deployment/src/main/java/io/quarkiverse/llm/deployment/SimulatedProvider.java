package io.quarkiverse.llm.deployment;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.scripted.SimulatedModel;
import io.quarkus.deployment.builditem.Startable;

/** A small server inside the build that answers like a language model without being one. */
final class SimulatedProvider implements Startable {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm");

    private ScriptedServer server;

    @Override
    public void start() {
        server = ScriptedServer.start(new SimulatedModel());
        LOG.infof("No language model is configured at build: a SIMULATED provider stands by at %s, unless the run time names "
                + "another. Set quarkus.llm.base-url for a real one, or quarkus.llm.devservices.enabled=false for none",
                server.baseUrl());
    }

    /** The base URL. */
    @Override
    public String getConnectionInfo() {
        return server.baseUrl();
    }

    @Override
    public String getContainerId() {
        return null;
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
            server = null;
        }
    }
}
