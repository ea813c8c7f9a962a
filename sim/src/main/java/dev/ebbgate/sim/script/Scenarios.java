package dev.ebbgate.sim.script;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The named scenarios: a name stands for the terms beside it, and terms written after it override
/// them (`stall;tokens=3`).
public final class Scenarios {

    private static final Map<String, String> TABLE = table();

    private Scenarios() {}

    /// Every scenario with its terms, in the order of the documentation.
    public static Map<String, String> all() {
        return TABLE;
    }

    private static Map<String, String> table() {
        Map<String, String> table = new LinkedHashMap<>();
        healthy(table);
        hanging(table);
        broken(table);
        refusing(table);
        return Collections.unmodifiableMap(table);
    }

    private static void healthy(Map<String, String> table) {
        table.put("healthy", "tokens=16;end=ok");
        table.put("burst", "rate=burst");
        table.put("curve", "prefill=curve");
        table.put("long-prefill", "prefill=158s");
        table.put("reasoning", "reasoning=16");
        table.put("tool-call", "content=tool");
        table.put("tool-buffered", "content=tool-buffered;tokens=4;pause=35s");
        table.put("slow-drip", "drip=50ms;tokens=4");
        table.put("huge-event", "tokens=1;token-bytes=8MiB");
        table.put("crlf", "eol=crlf");
    }

    private static void hanging(Map<String, String> table) {
        table.put("hang-accept", "lead=none;tokens=0;end=hang");
        table.put("hang-headers", "lead=head;tokens=0;end=hang");
        table.put("hang-preamble", "lead=preamble;tokens=0;end=hang");
        table.put("stall", "tokens=8;end=hang");
        table.put("keep-alive-only", "lead=preamble;tokens=0;end=hang;keep-alive=1s");
        table.put("stall-keep-alive", "tokens=8;end=hang;keep-alive=1s");
        table.put("finish-hang", "finish=yes;end=hang");
    }

    private static void broken(Map<String, String> table) {
        table.put("reset", "tokens=8;end=reset");
        table.put("reset-accept", "lead=none;tokens=0;end=reset");
        table.put("cut", "tokens=8;end=cut");
        table.put("truncated", "tokens=8;end=truncated");
        table.put("eof", "tokens=8;end=eof");
        table.put("eof-preamble", "lead=preamble;tokens=0;end=eof");
        table.put("no-done", "finish=yes;end=eof");
        table.put("finish-cut", "finish=yes;end=cut");
        table.put("finish-reset", "finish=yes;end=reset");
        table.put("error-frame", "tokens=8;end=error");
        table.put("error-first", "tokens=0;end=error");
        table.put("malformed", "malformed-at=4");
        table.put("malformed-first", "malformed-at=0");
        table.put("malformed-end", "tokens=4;malformed-at=4;end=eof");
        table.put("no-choices", "choices=none");
        table.put("gzip", "encoding=gzip");
    }

    private static void refusing(Map<String, String> table) {
        table.put("empty-200", "body=empty");
        table.put("html-200", "body=html");
        table.put("html-502", "status=502;body=html");
        table.put("overloaded", "status=503;retry-after=1");
        table.put("server-error", "status=500");
        table.put("rate-limited", "status=429;retry-after=1");
        table.put("quota", "status=429;error=insufficient_quota");
        table.put("credit", "status=400;error=insufficient_quota");
        table.put("billing", "status=402");
        table.put("unauthorized", "status=401");
        table.put("forbidden", "status=403");
        table.put("context-length", "status=400;error=context_length_exceeded");
        table.put("content-policy", "status=400;error=content_policy_violation");
        table.put("flapping", "flap=5s/5s;down=overloaded");
        table.put("flapping-hang", "flap=5s/5s;down=hang-accept");
        table.put("fails-once", "fails=1;down=overloaded");
    }
}
