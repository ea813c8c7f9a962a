package dev.ebbgate.springai;

import dev.ebbgate.tools.model.DeadlineHeader;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

import reactor.core.publisher.Mono;

/// The same as [DeadlineInterceptor] for models that stream over a `WebClient`:
/// `WebClient.builder().filter(new DeadlineFilter())`. The stream has to be subscribed to on the
/// tool's own thread.
public final class DeadlineFilter implements ExchangeFilterFunction {

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        return next.exchange(
                ClientRequest.from(request)
                        .headers(headers -> DeadlineHeader.headers().forEach(headers::set))
                        .build());
    }
}
