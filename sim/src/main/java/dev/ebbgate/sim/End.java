package dev.ebbgate.sim;

import java.util.Locale;

/// How an attempt ended, as the simulator saw it.
public enum End {
    /// Not yet.
    OPEN,
    /// The scripted answer went out whole and its body was ended.
    COMPLETED,
    /// The peer closed the connection, or reset the stream, before the answer's end.
    PEER_CLOSED,
    /// The script reset the connection.
    RESET,
    /// The script closed the connection in the middle of the body.
    CUT;

    /// As the journal writes it: `peer-closed`.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
