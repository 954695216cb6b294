package io.quarkiverse.llm.runtime.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.vertx.core.net.PfxOptions;

/** A certificate for 127.0.0.1 that nobody but its owner trusts. */
public final class SelfSigned {

    private static final String PASSWORD = "password";
    private static PfxOptions certificate;

    private SelfSigned() {
    }

    /** Made once: it takes a second. */
    public static synchronized PfxOptions certificate() {
        if (certificate == null) {
            certificate = create();
        }
        return certificate;
    }

    private static PfxOptions create() {
        try {
            Path directory = Files.createTempDirectory("certificate");
            Path store = directory.resolve("server.p12");
            store.toFile().deleteOnExit();
            directory.toFile().deleteOnExit();
            String program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
            // it ends before the second compiler could pay
            Process keytool = new ProcessBuilder(program, "-J-XX:TieredStopAtLevel=1", "-genkeypair", "-keyalg", "EC", "-dname",
                    "CN=127.0.0.1", "-ext", "SAN=ip:127.0.0.1", "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore",
                    store.toString(), "-alias", "server").inheritIO().start();
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool made no certificate");
            }
            return new PfxOptions().setPath(store.toString()).setPassword(PASSWORD);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
