package dev.ebbgate.springai;

import dev.ebbgate.tools.model.DeadlineHeader;

import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

import java.io.IOException;

/// Tells the gateway how much time the tool has left within which a model is asked:
/// `RestClient.builder().requestInterceptor(new DeadlineInterceptor())`.
public final class DeadlineInterceptor implements ClientHttpRequestInterceptor {

    @Override
    public ClientHttpResponse intercept(
            HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        DeadlineHeader.headers().forEach(request.getHeaders()::set);
        return execution.execute(request, body);
    }
}
