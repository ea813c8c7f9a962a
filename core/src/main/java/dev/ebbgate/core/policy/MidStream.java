package dev.ebbgate.core.policy;

import dev.ebbgate.core.setting.Size;

/// What is to happen when a stream breaks after its first token.
///
/// @param holdMax how much of an answer is held under [Mode#HOLD]
public record MidStream(Mode mode, Size holdMax) {

    public static final MidStream DEFAULT = new MidStream(Mode.ERROR, Size.ofMiB(8));

    /// The three answers to a broken stream.
    public enum Mode {
        /// The client gets the honest error frame.
        ERROR("error"),
        /// The answer is held to its end, so that a failure at any token fails over unseen.
        HOLD("hold"),
        /// Another target goes on from what was sent, where that is safe.
        CONTINUE("continue");

        private final String key;

        Mode(String key) {
            this.key = key;
        }

        /// The name in configuration.
        public String key() {
            return key;
        }
    }
}
