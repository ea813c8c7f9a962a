package dev.ebbgate.cli;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/// Says what went wrong in words. A stack trace is for a defect of ours only: an operator's mistake
/// and the world's (a port in use, a file that cannot be read) are told in one line each.
final class Complaint implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        switch (unwrap(thrown)) {
            case CommandFailed failed -> failed.lines().forEach(err::println);
            case IOException problem -> err.println("ebbgate: " + words(problem));
            default -> thrown.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    /// What was thrown first, out of the envelopes in which futures hand it on.
    private static Throwable unwrap(Throwable thrown) {
        boolean isEnvelope =
                thrown instanceof CompletionException
                        || thrown instanceof ExecutionException
                        || thrown instanceof UncheckedIOException;
        Throwable inner = thrown.getCause();
        return isEnvelope && inner != null ? unwrap(inner) : thrown;
    }

    /// File exceptions carry the path alone as their message; their kind is half of what they say.
    private static String words(IOException problem) {
        String kind =
                switch (problem) {
                    case NoSuchFileException _ -> "no such file or folder: ";
                    case AccessDeniedException _ -> "no access: ";
                    case FileSystemException _ -> "cannot use the file: ";
                    default -> "";
                };
        return kind + problem.getMessage();
    }
}
