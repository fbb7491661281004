package vini.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import vini.overlay.json.InputException;
import vini.overlay.json.Shown;
import vini.overlay.json.Suggestion;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is said, and with which status, when a command cannot do what it was asked. */
final class Failures {
    private static final Pattern CHOICES =
            Pattern.compile("expected one of \\[([^]]*)] \\(case-insensitive\\)");

    private Failures() {}

    /** The arguments do not parse. */
    static int wrongArguments(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(asWritten(firstDown(failure.getMessage())));
        suggest(failure, command);
        err.println("see: " + command.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return Exit.WRONG_INPUT.status();
    }

    /** Choices as one writes them, and not as Java calls them. */
    private static String asWritten(String message) {
        return CHOICES.matcher(message)
                .replaceAll(
                        choices ->
                                Matcher.quoteReplacement(
                                        "expected one of "
                                                + choices.group(1).toLowerCase(Locale.ROOT)));
    }

    private static void suggest(ParameterException failure, CommandLine command) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().getFirst();
            Set<String> known =
                    unmatched.isUnknownOption()
                            ? command.getCommandSpec().optionsMap().keySet()
                            : command.getSubcommands().keySet();
            String near = Suggestion.nearest(word, List.copyOf(known));
            if (near != null) {
                command.getErr().println("did you mean \"" + near + "\"?");
            }
        }
    }

    /** A command threw: one line for what the user can mend, the stack for what only we can. */
    static int report(Exception failure, PrintWriter err) {
        Exit exit =
                switch (failure) {
                    case CommandException known -> {
                        err.println(known.getMessage());
                        yield known.exit();
                    }
                    case InputException wrong -> {
                        err.println(wrong.getMessage());
                        err.println(Shown.count(wrong.count(), "mistake") + "; nothing was done");
                        yield Exit.WRONG_INPUT;
                    }
                    case InterruptedException _ -> {
                        err.println("interrupted");
                        yield Exit.INTERRUPTED;
                    }
                    case IOException io -> outside(io, err);
                    case UncheckedIOException io when io.getCause() != null ->
                            outside(io.getCause(), err);
                    default -> {
                        err.println("a fault of Vini's, not yours:");
                        failure.printStackTrace(err);
                        yield Exit.OUR_FAULT;
                    }
                };
        err.flush();
        return exit.status();
    }

    private static Exit outside(IOException failure, PrintWriter err) {
        switch (failure) {
            case NoSuchFileException missing ->
                    err.println(missing.getFile() + ": no such file or folder");
            case FileAlreadyExistsException there ->
                    err.println(there.getFile() + ": a file is in the way");
            case AccessDeniedException denied -> err.println(denied.getFile() + ": not permitted");
            default -> err.println(orName(failure.getMessage(), failure));
        }
        return failure instanceof NoSuchFileException
                        || failure instanceof FileAlreadyExistsException
                ? Exit.WRONG_INPUT
                : Exit.MACHINE_CANNOT;
    }

    private static String orName(@Nullable String message, Exception failure) {
        return message == null ? failure.toString() : message;
    }

    private static String firstDown(@Nullable String message) {
        return message == null || message.isEmpty()
                ? "wrong arguments"
                : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}
