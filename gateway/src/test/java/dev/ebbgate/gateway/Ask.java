package dev.ebbgate.gateway;

import java.nio.charset.StandardCharsets;

/// A request.
///
/// @param headers further header lines, each with its line end
record Ask(Speech speech, String model, boolean streamed, String headers) {

    Ask header(String name, String value) {
        return new Ask(speech, model, streamed, headers + name + ": " + value + "\r\n");
    }

    /// The same to another provider.
    Ask at(String provider) {
        return new Ask(speech, provider + model.substring(model.indexOf('/')), streamed, headers);
    }

    /// The same as the provider is to see it.
    Ask direct() {
        return new Ask(speech, model.substring(model.indexOf('/') + 1), streamed, headers);
    }

    String body() {
        return """
        {"max_tokens":64,"model":"%s","stream":%s,"messages":[{"role":"user","content":"Hi"}]}\
        """
                .formatted(model, streamed);
    }

    /// The request as it goes over the wire.
    byte[] bytes() {
        String body = body();
        String request =
                "POST "
                        + speech.path()
                        + " HTTP/1.1\r\nhost: 127.0.0.1\r\n"
                        + "content-type: application/json\r\ncontent-length: "
                        + body.length()
                        + "\r\n"
                        + headers
                        + "\r\n"
                        + body;
        return request.getBytes(StandardCharsets.US_ASCII);
    }
}
