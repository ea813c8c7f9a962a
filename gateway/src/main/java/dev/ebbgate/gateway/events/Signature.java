package dev.ebbgate.gateway.events;

import dev.ebbgate.core.setting.Secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs what is posted, so that a receiver knows who sent it and when: HMAC-SHA256 (RFC 2104) over
/// `<seconds>.<body>`. The moment is signed with the body, so that neither can be sent again with
/// another.
final class Signature {

    static final String HEADER = "x-ebbgate-signature";

    private Signature() {}

    /// `t=<seconds since 1970>,v1=<hex>`.
    static String of(Secret secret, long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] key = secret.reveal().getBytes(StandardCharsets.UTF_8);
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
