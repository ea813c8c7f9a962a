package dev.ebbgate.tools.pipeline;

/// Something around every stage of a pipeline. The first that is declared is the outermost.
@FunctionalInterface
public interface Interceptor {

    /// Lets the stage run, once, several times or not at all.
    ///
    /// @return what the stage is to have put out
    Object around(StageCall call, Next next) throws Exception;

    /// What is further in: the other interceptors, then the stage itself.
    @FunctionalInterface
    interface Next {
        Object go(StageCall call) throws Exception;
    }
}
