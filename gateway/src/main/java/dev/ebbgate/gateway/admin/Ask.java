package dev.ebbgate.gateway.admin;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

/// A request to the admin API, read to its end.
///
/// @param name what stands in the path for `{name}`; empty where it has none
/// @param query its query's parameters
/// @param headers as they came
public record Ask(String name, MultiMap query, MultiMap headers, Buffer body) {

    /// The body as text.
    public String text() {
        return body.toString();
    }

    public @Nullable String header(String header) {
        return headers.get(header);
    }

    /// A parameter that is a whole number.
    ///
    /// @param otherwise where it is absent
    public int count(String parameter, int least, int most, int otherwise) throws Refusal {
        String text = query.get(parameter);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("\\d{1,9}")
                || Integer.parseInt(text) < least
                || Integer.parseInt(text) > most) {
            throw new Refusal(400, parameter + ": write a number from " + least + " to " + most);
        }
        return Integer.parseInt(text);
    }
}
