package dev.ebbgate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.sim.RawPeer.Reply;
import dev.ebbgate.sim.RawPeer.Wire;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every fault as a client sees it on the wire. `shows` must be in what came, `lacks` must not; `-`
/// is neither.
class FaultsTest {

    private static final int SILENCE_MS = 600;
    private static final int PATIENCE_MS = 20_000;
    private static Simulator simulator;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(SimulatorOptions.defaults().withScript("rate=2000"));
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    healthy         | COMPLETE | data: [DONE]             | error
                    burst           | COMPLETE | data: [DONE]             | error
                    usage=always    | COMPLETE | "choices":[],"usage":{   | error
                    reasoning       | COMPLETE | reasoning_content        | error
                    tool-call       | COMPLETE | "finish_reason":"tool_calls" | error
                    tool-buffered;pause=50ms | COMPLETE | get_tide        | error
                    choices=2       | COMPLETE | "index":1                | error
                    no-choices      | COMPLETE | data: [DONE]             | choices
                    crlf            | COMPLETE | ]}\\r                     | error
                    hang-accept     | OPEN     | -                        | HTTP
                    hang-headers    | OPEN     | 200 OK                   | data:
                    hang-preamble   | OPEN     | "role":"assistant"       | "content":" the"
                    stall           | OPEN     | "content":" knows"       | finish_reason":"stop
                    finish-hang     | OPEN     | finish_reason":"stop     | [DONE]
                    keep-alive-only;keep-alive=50ms | OPEN | : keep-alive | "content":" the"
                    reset-accept    | RESET    | -                        | HTTP
                    reset           | RESET    | "content":" knows"       | finish_reason":"stop
                    finish-reset    | RESET    | finish_reason":"stop     | [DONE]
                    cut             | CUT      | "content":" knows"       | finish_reason":"stop
                    truncated       | CUT      | "content":" knows"       | finish_reason":"stop
                    finish-cut      | CUT      | finish_reason":"stop     | [DONE]
                    eof             | COMPLETE | "content":" knows"       | [DONE]
                    eof-preamble    | COMPLETE | "role":"assistant"       | "content":" the"
                    no-done         | COMPLETE | finish_reason":"stop     | [DONE]
                    error-frame     | COMPLETE | data: {"error":{         | [DONE]
                    error-first     | COMPLETE | data: {"error":{         | "content":" knows"
                    malformed       | COMPLETE | {"content":"\\n           | error
                    malformed-end   | COMPLETE | {"content":"\\n           | [DONE]
                    slow-drip;drip=100us;tokens=1 | COMPLETE | \\r\\n1\\r\\nd\\r\\n1\\r\\na\\r\\n | error
                    gzip            | COMPLETE | content-encoding: gzip   | data:
                    empty-200       | COMPLETE | content-length: 0        | data:
                    html-200        | COMPLETE | <html>                   | data:
                    html-502        | COMPLETE | 502 Bad Gateway          | data:
                    overloaded      | COMPLETE | retry-after: 1           | data:
                    rate-limited    | COMPLETE | 429 Too Many Requests    | data:
                    quota           | COMPLETE | "code":"insufficient_quota" | data:
                    unauthorized    | COMPLETE | 401 Unauthorized         | data:
                    forbidden       | COMPLETE | 403 Forbidden            | data:
                    context-length  | COMPLETE | maximum context length   | data:
                    content-policy  | COMPLETE | our safety system        | data:
                    """)
    void openAiStream_isAsScripted(String script, Wire wire, String shows, String lacks) {
        Reply reply = ask("/v1/chat/completions", script, true, wire);

        check(reply, wire, shows, lacks);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    healthy         | COMPLETE | event: message_stop      | error
                    burst           | COMPLETE | event: message_stop      | error
                    reasoning       | COMPLETE | signature_delta          | error
                    tool-call       | COMPLETE | "stop_reason":"tool_use" | error
                    hang-preamble   | OPEN     | event: message_start     | text_delta
                    stall           | OPEN     | text_delta               | message_delta
                    finish-hang     | OPEN     | "stop_reason":"end_turn" | message_stop
                    keep-alive-only;keep-alive=50ms | OPEN | event: ping | text_delta
                    reset           | RESET    | text_delta               | message_delta
                    cut             | CUT      | text_delta               | message_delta
                    eof             | COMPLETE | text_delta               | message_stop
                    no-done         | COMPLETE | "stop_reason":"end_turn" | message_stop
                    error-frame     | COMPLETE | event: error             | message_stop
                    malformed       | COMPLETE | {"type":"text_del\\n      | error
                    status=529      | COMPLETE | overloaded_error         | event:
                    credit          | COMPLETE | credit balance is too low | event:
                    billing         | COMPLETE | billing_error            | event:
                    context-length  | COMPLETE | prompt is too long: 2    | event:
                    content-policy  | COMPLETE | content filtering policy | event:
                    html-502        | COMPLETE | <html>                   | event:
                    """)
    void anthropicStream_isAsScripted(String script, Wire wire, String shows, String lacks) {
        Reply reply = ask("/v1/messages", script, true, wire);

        check(reply, wire, shows, lacks);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    healthy         | COMPLETE | "finish_reason":"stop"   | error
                    prefill=50ms    | COMPLETE | "finish_reason":"stop"   | error
                    keep-alive=20ms;prefill=100ms | COMPLETE | \\r\\n1\\r\\n  | error
                    choices=3       | COMPLETE | "index":2                | error
                    no-choices      | COMPLETE | "usage":                 | choices
                    hang-accept     | OPEN     | -                        | HTTP
                    hang-headers    | OPEN     | 200 OK                   | chatcmpl
                    stall           | OPEN     | content-length           | total_tokens
                    reset-accept    | RESET    | -                        | HTTP
                    reset           | RESET    | chatcmpl                 | total_tokens
                    cut             | CUT      | content-length           | total_tokens
                    eof             | COMPLETE | chatcmpl                 | total_tokens
                    error-frame     | COMPLETE | {"error":{               | chatcmpl
                    malformed       | COMPLETE | chatcmpl                 | total_tokens
                    gzip            | COMPLETE | content-encoding: gzip   | chatcmpl
                    empty-200       | COMPLETE | content-length: 0        | chatcmpl
                    html-200        | COMPLETE | <html>                   | chatcmpl
                    context-length  | COMPLETE | context_length_exceeded  | chatcmpl
                    """)
    void bufferedAnswer_isAsScripted(String script, Wire wire, String shows, String lacks) {
        Reply reply = ask("/v1/chat/completions", script, false, wire);

        check(reply, wire, shows, lacks);
    }

    private static Reply ask(String path, String script, boolean stream, Wire wire) {
        // The model's name comes back in every frame, so the script travels in the header.
        try (RawPeer peer = new RawPeer(simulator.port())) {
            String body = "{\"model\":\"m\",\"stream\":" + stream + "}";
            peer.send(path, body, "x-sim: " + script + "\r\n");
            return peer.read(wire == Wire.OPEN ? SILENCE_MS : PATIENCE_MS);
        }
    }

    private static void check(Reply reply, Wire wire, String shows, String lacks) {
        assertThat(reply.wire()).isEqualTo(wire);
        assertThat(reply.text()).doesNotContain(written(lacks));
        if (!shows.equals("-")) {
            assertThat(reply.text()).contains(written(shows));
        }
    }

    private static String written(String cell) {
        return cell.replace("\\r", "\r").replace("\\n", "\n");
    }
}
