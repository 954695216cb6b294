package io.quarkiverse.llm.runtime;

import java.util.List;
import java.util.function.Supplier;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

import io.quarkiverse.llm.runtime.conflict.ApplicationFacts;
import io.quarkiverse.llm.runtime.conflict.ConfigurationFacts;
import io.quarkiverse.llm.runtime.conflict.ConflictCheck;
import io.quarkiverse.llm.runtime.conflict.ConflictPolicy;
import io.quarkiverse.llm.runtime.conflict.ConflictReport;
import io.quarkiverse.llm.runtime.conflict.ConflictRule;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.config.SmallRyeConfig;

/** Looks for conflicts when the application starts. */
@Recorder
public class LlmConflictRecorder {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm");

    /**
     * What the build knows, with the registries of the running application.
     *
     * @param rules of other modules
     */
    public RuntimeValue<ConflictCheck> check(ApplicationFacts application, ConflictPolicy policy, List<ConflictRule> rules,
            Supplier<TlsConfigurationRegistry> tls, Supplier<ProxyConfigurationRegistry> proxies) {
        return new RuntimeValue<>(ConflictCheck.of(application, policy,
                new ConnectionOptions(tls.get(), proxies.get()).names(), rules));
    }

    /**
     * The one report of the start; logged.
     *
     * @throws ConfigurationException with all that fails the start
     */
    public RuntimeValue<ConflictReport> report(RuntimeValue<ConflictCheck> check) {
        SmallRyeConfig all = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        ConflictReport report = check.getValue().of(ConfigurationFacts.of(all, LlmRecorder.resolver())).orFail();
        report.log(LOG);
        return new RuntimeValue<>(report);
    }
}
