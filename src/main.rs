//! The `rankpress` program: parses arguments, calls the library, sets the exit code.

fn main() -> std::process::ExitCode {
    rankpress::cli::run()
}
