package io.leat.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Prints a script that completes commands and options in a shell.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(leat completion bash)       in this shell",
            "  leat completion bash > ~/.local/share/bash-completion/completions/leat",
            "  leat completion zsh > ~/.zsh/leat    and `source ~/.zsh/leat` in ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {
    enum Shell {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Session session;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    Shell shell = Shell.BASH;

    @Spec
    CommandSpec spec = CommandSpec.create();

    CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String script = AutoComplete.bash("leat", spec.root().commandLine());
        if (shell == Shell.ZSH) {
            session.data().println("autoload -U +X compinit && compinit");
            session.data().println("autoload -U +X bashcompinit && bashcompinit");
        }
        session.data().print(script);
        return 0;
    }
}
