package io.quarkiverse.llm.deployment.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;

/**
 * A server with a certificate of its own, whose answers tell the version of HTTP. The copies of this class that applications
 * load find it by system properties.
 */
final class SecureServer {

    private static final String BASE_URL = "secure.server.base.url";
    private static final String CERTIFICATE = "secure.server.certificate";
    private static final String PASSWORD = "changeit";

    private SecureServer() {
    }

    static String baseUrl() {
        start();
        return System.getProperty(BASE_URL);
    }

    /** A PEM file. */
    static String certificatePath() {
        start();
        return System.getProperty(CERTIFICATE);
    }

    private static void start() {
        if (System.getProperty(BASE_URL) != null) {
            return;
        }
        try {
            Path directory = Files.createTempDirectory(Path.of("target"), "secure-server").toAbsolutePath();
            String store = directory.resolve("server.p12").toString();
            String certificate = directory.resolve("server.pem").toString();
            keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=in-house", "-ext", "san=ip:127.0.0.1", "-alias", "server",
                    "-keystore", store, "-storepass", PASSWORD);
            keytool("-exportcert", "-rfc", "-alias", "server", "-file", certificate, "-keystore", store, "-storepass",
                    PASSWORD);
            ScriptedServer server = ScriptedServer.start(
                    new HttpServerOptions().setSsl(true).setUseAlpn(true)
                            .setKeyCertOptions(new PfxOptions().setPath(store).setPassword(PASSWORD)),
                    request -> Answer.text(request.httpVersion()));
            System.setProperty(CERTIFICATE, certificate);
            System.setProperty(BASE_URL, server.baseUrl());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void keytool(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("keytool failed: " + output);
        }
    }
}
