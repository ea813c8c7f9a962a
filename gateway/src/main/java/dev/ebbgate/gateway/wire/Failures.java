package dev.ebbgate.gateway.wire;

import dev.ebbgate.core.failure.Failure;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.proxy.ProxyConnectException;
import io.vertx.core.http.HttpClosedException;

import org.jspecify.annotations.Nullable;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;

import javax.net.ssl.SSLException;

/// Tells failures apart by the type of their cause. Their texts are not used: they may quote
/// headers.
final class Failures {

    private Failures() {}

    static Failure whileConnecting(Throwable cause) {
        return new Failure.ConnectFailed(why(cause));
    }

    static Failure ofExchange(Throwable cause) {
        if (find(cause, TooLongHttpHeaderException.class) != null
                || find(cause, TooLongHttpLineException.class) != null) {
            return new Failure.Malformed("its head is longer than limits.header");
        }
        boolean unparsable =
                cause instanceof IllegalArgumentException
                        || cause.getClass().getName().startsWith("io.netty.handler.codec.");
        return unparsable && !(cause instanceof HttpClosedException)
                ? new Failure.Malformed("not HTTP")
                : new Failure.Reset();
    }

    private static String why(Throwable cause) {
        if (find(cause, UnknownHostException.class) != null) {
            return "unknown host";
        }
        if (find(cause, CertificateExpiredException.class) != null) {
            return "its TLS certificate has expired";
        }
        if (find(cause, CertPathBuilderException.class) != null
                || find(cause, CertPathValidatorException.class) != null) {
            return "its TLS certificate is not trusted";
        }
        if (find(cause, CertificateException.class) != null) {
            return "its TLS certificate is not for this host, or not valid";
        }
        if (find(cause, SSLException.class) != null) {
            return "TLS handshake failed";
        }
        if (find(cause, NoRouteToHostException.class) != null) {
            return "no route to host";
        }
        if (cause.getClass().getSimpleName().contains("Timeout")) {
            return "connection timed out";
        }
        if (find(cause, ProxyConnectException.class) != null) {
            return "the proxy did not connect";
        }
        if (find(cause, ConnectException.class) != null) {
            return "connection refused";
        }
        return "connection failed";
    }

    private static <T extends Throwable> @Nullable T find(Throwable cause, Class<T> type) {
        Throwable current = cause;
        for (int depth = 0; current != null && depth < 20; depth++) {
            if (type.isInstance(current)) {
                return type.cast(current);
            }
            current = current.getCause();
        }
        return null;
    }
}
