package dev.ebbgate.langchain4j;

import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.util.concurrent.Executor;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/// Passes on what it is told, and wraps what is built.
final class ClosableHttpClientBuilder implements HttpClient.Builder {

    private final HttpClient.Builder clients;

    ClosableHttpClientBuilder(HttpClient.Builder clients) {
        this.clients = clients;
    }

    @Override
    public HttpClient build() {
        return new ClosableHttpClient(clients.build());
    }

    @Override
    public HttpClient.Builder cookieHandler(CookieHandler value) {
        clients.cookieHandler(value);
        return this;
    }

    @Override
    public HttpClient.Builder connectTimeout(Duration value) {
        clients.connectTimeout(value);
        return this;
    }

    @Override
    public HttpClient.Builder sslContext(SSLContext value) {
        clients.sslContext(value);
        return this;
    }

    @Override
    public HttpClient.Builder sslParameters(SSLParameters value) {
        clients.sslParameters(value);
        return this;
    }

    @Override
    public HttpClient.Builder executor(Executor value) {
        clients.executor(value);
        return this;
    }

    @Override
    public HttpClient.Builder followRedirects(Redirect value) {
        clients.followRedirects(value);
        return this;
    }

    @Override
    public HttpClient.Builder version(Version value) {
        clients.version(value);
        return this;
    }

    @Override
    public HttpClient.Builder priority(int value) {
        clients.priority(value);
        return this;
    }

    @Override
    public HttpClient.Builder proxy(ProxySelector value) {
        clients.proxy(value);
        return this;
    }

    @Override
    public HttpClient.Builder authenticator(Authenticator value) {
        clients.authenticator(value);
        return this;
    }

    @Override
    public HttpClient.Builder localAddress(InetAddress value) {
        clients.localAddress(value);
        return this;
    }
}
