package dev.ebbgate.gateway.wire;

import dev.ebbgate.core.setting.Proxy;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.setting.Upstream;

import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// The way to an address for calls that carry no exchange, as configured: whom to trust, and
/// through which proxy.
public final class Way {

    private Way() {}

    /// Has a client go this way.
    ///
    /// @throws IllegalStateException with a message for the operator if the `ca-file` cannot be
    ///   used
    public static void prepare(HttpClient.Builder client, Upstream upstream) {
        if (upstream.caFile() != null) {
            client.sslContext(trusting(upstream.caFile()));
        }
        Proxy proxy = upstream.proxy();
        if (proxy == null) {
            client.proxy(HttpClient.Builder.NO_PROXY);
            return;
        }
        client.proxy(ProxySelector.of(new InetSocketAddress(proxy.host(), proxy.port())));
        if (proxy.user() != null) {
            client.authenticator(
                    new Authenticator() {
                        @Override
                        protected PasswordAuthentication getPasswordAuthentication() {
                            Secret password = proxy.password();
                            return new PasswordAuthentication(
                                    proxy.user(),
                                    (password == null ? "" : password.reveal()).toCharArray());
                        }
                    });
        }
    }

    private static SSLContext trusting(String caFile) {
        try (InputStream pem = Files.newInputStream(Path.of(caFile))) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate one :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("ca-" + number++, one);
            }
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("ca-file cannot be used", e);
        }
    }
}
