package dev.ebbgate.cli;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

import java.io.IOException;
import java.io.PrintWriter;

/// Says what went wrong in words. A stack trace is for a defect of ours only: an operator's mistake
/// and the world's (a port in use, a file that cannot be read) are told in one line each.
final class Complaint implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception cause, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        switch (cause) {
            case CommandFailed failed -> failed.lines().forEach(err::println);
            case IOException problem -> err.println("ebbgate: " + words(problem));
            default -> cause.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    /// File exceptions carry the path alone as their message; their kind is half of what they say.
    private static String words(IOException problem) {
        String kind =
                switch (problem) {
                    case java.nio.file.NoSuchFileException _ -> "no such file: ";
                    case java.nio.file.FileAlreadyExistsException _ -> "exists already: ";
                    case java.nio.file.AccessDeniedException _ -> "no access: ";
                    case java.nio.file.FileSystemException _ -> "file problem: ";
                    default -> "";
                };
        return kind + problem.getMessage();
    }
}
