package dev.ebbgate.sim;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A key and a certificate for loopback, signed by itself, in a temporary folder. Made by the JDK's
/// `keytool`: the platform has no public way to sign a certificate, and the one that Netty finds is
/// closed since Java 17.
record Certificate(Path folder) implements AutoCloseable {

    static final String PASSWORD = "loopback";
    private static final String ALIAS = "sim";

    static Certificate create() {
        try {
            Certificate certificate = new Certificate(Files.createTempDirectory("ebbgate-sim"));
            certificate.generate();
            certificate.export();
            return certificate;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no certificate for TLS could be made", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a certificate was made", e);
        }
    }

    Path store() {
        return folder.resolve("sim.p12");
    }

    Path pem() {
        return folder.resolve("sim.pem");
    }

    private void generate() throws IOException, InterruptedException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        String options =
                "-genkeypair -keyalg EC -groupname secp256r1 -validity 365 -dname CN=localhost"
                        + " -ext san=dns:localhost,ip:127.0.0.1,ip:::1 -ext bc:c=ca:true"
                        + " -storetype PKCS12";
        List<String> command = new ArrayList<>(List.of(keytool.toString()));
        command.addAll(List.of(options.split(" ", -1)));
        command.addAll(List.of("-alias", ALIAS, "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", store().toString()));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("keytool did not end within 30 s");
        }
        if (process.exitValue() != 0) {
            throw new IOException("keytool ended with " + process.exitValue());
        }
    }

    private void export() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store())) {
            keys.load(in, PASSWORD.toCharArray());
        }
        byte[] line = "\n".getBytes(StandardCharsets.US_ASCII);
        byte[] der = keys.getCertificate(ALIAS).getEncoded();
        Files.writeString(
                pem(),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, line).encodeToString(der)
                        + "\n-----END CERTIFICATE-----\n");
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(store());
            Files.deleteIfExists(pem());
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
