package dev.ebbgate.core.failure;

/// Every kind of error a client can be told of: whose fault it is, the status where nothing has
/// been sent yet, and the code that programs read. The one table of its sort.
public enum ErrorKind {
    /// A limit ran out; the code is the limit's own key.
    LIMIT(Fault.PROVIDER, 504, "limit"),
    /// The time ran out that the client itself gave to the whole; the code is `request`.
    DEADLINE(Fault.CLIENT, 504, "request"),
    /// No usable connection: refused, unreachable, unknown host, TLS.
    CONNECT(Fault.PROVIDER, 502, "connect"),
    /// The provider broke the connection or the stream.
    RESET(Fault.PROVIDER, 502, "reset"),
    /// The provider ended cleanly before the answer was complete.
    TRUNCATED(Fault.PROVIDER, 502, "truncated"),
    /// The provider sent what its dialect does not allow.
    MALFORMED(Fault.PROVIDER, 502, "malformed"),
    /// The provider sent an error inside a 200.
    STREAM_ERROR(Fault.PROVIDER, 502, "stream-error"),
    /// The provider answered with an error status and no well-formed error; a status of 400 to 599
    /// is kept.
    STATUS(Fault.PROVIDER, 502, "status"),
    /// The gateway has no room: a bound of its own is reached.
    OVERLOADED(Fault.GATEWAY, 503, "overloaded"),
    /// The gateway is shutting down.
    DRAINING(Fault.GATEWAY, 503, "draining"),
    /// Someone with the right to do so ended the exchange.
    CANCELLED(Fault.GATEWAY, 503, "cancelled"),
    /// The gateway itself failed; a defect.
    INTERNAL(Fault.GATEWAY, 500, "internal"),
    BAD_REQUEST(Fault.CLIENT, 400, "bad_request"),
    UNAUTHENTICATED(Fault.CLIENT, 401, "invalid_api_key"),
    FORBIDDEN(Fault.CLIENT, 403, "forbidden"),
    NOT_FOUND(Fault.CLIENT, 404, "not_found"),
    MODEL_NOT_FOUND(Fault.CLIENT, 404, "model_not_found"),
    METHOD_NOT_ALLOWED(Fault.CLIENT, 405, "method_not_allowed"),
    /// The client took longer than `limits.request-read` to send its request.
    REQUEST_TIMEOUT(Fault.CLIENT, 408, "request-read"),
    TOO_LARGE(Fault.CLIENT, 413, "request_too_large"),
    UNSUPPORTED_MEDIA_TYPE(Fault.CLIENT, 415, "unsupported_media_type"),
    HEADER_TOO_LARGE(Fault.CLIENT, 431, "header_too_large");

    private final Fault fault;
    private final int status;
    private final String code;

    ErrorKind(Fault fault, int status, String code) {
        this.fault = fault;
        this.status = status;
        this.code = code;
    }

    public Fault fault() {
        return fault;
    }

    /// The HTTP status where the head has not been sent yet.
    public int status() {
        return status;
    }

    /// The code; [ErrorReport#code] names the limit instead where one fired.
    public String code() {
        return code;
    }
}
