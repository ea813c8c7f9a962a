package dev.ebbgate.gateway.wire;

import dev.ebbgate.core.config.Config;

import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/// The first word of TLS in this process takes a tenth of a second and more, in which certificates
/// are read and classes loaded. It is spoken into the air on a thread of its own, as an event loop
/// would hold up every stream meanwhile.
public final class FirstHello {

    private static final String NOBODY = "localhost";
    private static final int PORT = 443;

    private FirstHello() {}

    /// Speaks it, if a provider is to be spoken to like that.
    ///
    /// @return the thread that does
    public static Thread speak(Config config) {
        boolean needed =
                config.providers().values().stream()
                        .anyMatch(provider -> provider.upstream().baseUrl().tls());
        return Thread.ofPlatform()
                .daemon()
                .name("ebbgate-first-hello")
                .start(needed ? FirstHello::speak : () -> {});
    }

    private static void speak() {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine(NOBODY, PORT);
            engine.setUseClientMode(true);
            engine.beginHandshake();
            ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            var _ = engine.wrap(ByteBuffer.allocate(0), hello);
        } catch (NoSuchAlgorithmException | SSLException _) {
            // whoever needs it is told
        }
    }
}
