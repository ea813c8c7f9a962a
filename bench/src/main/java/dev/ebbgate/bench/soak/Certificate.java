package dev.ebbgate.bench.soak;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate for loopback, made anew by the JDK's keytool.
///
/// @param pem what a client must trust
record Certificate(SSLContext context, Path pem) {
    private static final String PASSWORD = "loopback-only";

    static Certificate make(Path work)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = work.resolve("soak.p12");
        Path pem = work.resolve("soak.pem");
        keytool(
                "-genkeypair -alias soak -keyalg EC -validity 7 -dname CN=localhost -storetype"
                        + " PKCS12 -ext san=ip:127.0.0.1,dns:localhost -ext bc=ca:true",
                store);
        keytool("-exportcert -alias soak -rfc -file " + pem, store);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return new Certificate(context, pem);
    }

    private static void keytool(String arguments, Path store)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ", -1)));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        Path log = store.resolveSibling("keytool.log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool fails; see " + log);
        }
    }
}
