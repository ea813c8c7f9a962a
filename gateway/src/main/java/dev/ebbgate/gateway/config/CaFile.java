package dev.ebbgate.gateway.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/// Looks into a `ca-file` before anything trusts it: later, its absence would look like a provider
/// that cannot be reached. Relative paths begin where the program was started.
final class CaFile {

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String WRITE = "; write the path of a PEM file with certificates";

    private CaFile() {}

    /// The path, if there are certificates.
    ///
    /// @throws IllegalArgumentException with a message that repeats nothing of path or file
    static String check(String path) {
        if (path.isBlank()) {
            throw refused("an empty path");
        }
        try {
            Path file = Path.of(path);
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw refused("this is no file");
            }
            certificates(Files.readAllBytes(file));
            return path;
        } catch (InvalidPathException _) {
            throw refused("not a path");
        } catch (NoSuchFileException _) {
            throw refused("there is no such file");
        } catch (IOException | SecurityException _) {
            throw refused("the file cannot be read");
        }
    }

    private static void certificates(byte[] bytes) {
        if (!new String(bytes, StandardCharsets.ISO_8859_1).contains(BEGIN)) {
            throw refused("the file has no line " + BEGIN);
        }
        try {
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes));
        } catch (CertificateException _) {
            throw refused("a certificate in the file is broken");
        }
    }

    private static IllegalArgumentException refused(String problem) {
        return new IllegalArgumentException(problem + WRITE);
    }
}
