package dev.ebbgate.gateway.config;

import java.util.Map;

/// The file that the contract shows, and the environment it is meant for.
final class Sample {

    static final Map<String, String> ENVIRONMENT =
            Map.of("AGENTS_KEY", "agents-s3cret", "ANTHROPIC_API_KEY", "sk-ant-s3cret");

    static final String YAML =
            """
            version: 1
            listen: {host: 127.0.0.1, port: 12000}
            timeouts: {connect: 5s, first-token: 10m, stream-idle: 2m, no-progress: 20m, attempt: off, request: 60m}
            keep-alive: {after: 15s, every: 15s}          # or off; also per provider and per route
            bounds: {stream-idle: [5s, 1h]}               # these are the default bounds
            overrides: {first-token: {max: 30m}}          # how far a request's header may LENGTHEN a limit; absent: only shorten
            auth: {keys: {agents: "${AGENTS_KEY}"}}       # absent: no key is asked, and only loopback may be bound
            limits: {request-body: 32MiB, event: 16MiB, header: 64KiB, request-read: 1m, client-stall: 5m, after-finish: 5s, drain: 10m, buffered: 256MiB, exchanges: 10000}
            providers:
              vllm:   {dialect: openai, base-url: "http://127.0.0.1:8000/v1", api-key: "${VLLM_API_KEY:-}", timeouts: {first-token: 25m}}
              claude: {dialect: anthropic, base-url: "https://api.anthropic.com", api-key: "${ANTHROPIC_API_KEY}"}
            routes:
              coder:      {targets: [vllm/nvidia/nemotron-3-super], timeouts: {stream-idle: 5m}}
              "claude-*": {targets: ["claude/*"]}
            """;

    private Sample() {}
}
