//! The command line: what can be asked for, and how a run ends.
//!
//! ```text
//! duikan                       seeds/ → site/
//! duikan check --strict        对勘前先看：哪些断行存疑，哪些文件读不了
//! duikan export json -o -      everything, for other tools
//! ```

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::command::{self, Project};
use crate::config::Ui;
use crate::exit::{Exit, Failure};
use crate::report;

const ABOUT: &str =
    "Turns a folder of messy Chinese newspaper texts into a static site that shows where texts share words";

const AFTER_HELP: &str = "\
Examples:
  duikan                                   build seeds/ into site/, then open site/index.html
  duikan --seeds 报纸 --output public      other folders
  duikan check                             what is odd in the seeds, disputed decisions first
  duikan check --json                      the same for a script
  duikan export json -o corpus.json        everything that is known, for other tools
  duikan serve                             preview that reloads when a seed is saved
  duikan new 我的文集                      a starter folder with every setting explained

Options can stand in the environment (DUIKAN_SEEDS, DUIKAN_OUTPUT, DUIKAN_URL …), and settings in
duikan.toml. A flag overrules the environment, and the environment overrules the file.

Exit codes:
  0  done
  1  findings: `check` found a warning or an error; a build or export met an error, or with
     --strict a warning, and wrote nothing
  2  refused, or wrong usage
  4  input or output failed
  5  locked: another run works on the same folder";

#[derive(Debug, Parser)]
#[command(name = "duikan", version, about = ABOUT, after_help = AFTER_HELP, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    site: Site,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site (this is what `duikan` alone does)
    Build(Site),
    /// Tell what was guessed and what is odd in the seeds, and build nothing
    Check,
    /// Write everything that is known in a format for other tools
    Export(Export),
    /// Make a folder to start from: settings, an example seed, ways to publish
    New {
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Preview in the browser, following every save; writes nothing
    Serve(Serve),
    /// Print completions for a shell, to be sourced or saved
    Completions { shell: clap_complete::Shell },
    /// Print the manual page (`duikan man | man -l -`)
    Man,
}

/// Where a site goes.
#[derive(Clone, Debug, Default, Args)]
struct Site {
    /// Folder of the finished site [default: site, beside duikan.toml]
    #[arg(long, value_name = "DIR", env = "DUIKAN_OUTPUT")]
    output: Option<PathBuf>,
    /// Put a .gz beside every page and script, for hosts that serve them as they lie
    #[arg(long, env = "DUIKAN_PRECOMPRESS", value_parser = clap::builder::FalseyValueParser::new())]
    precompress: bool,
}

#[derive(Clone, Debug, Args)]
struct Export {
    format: command::export::Asked,
    /// File, or a folder (named with a / at its end) for all files of the format; `-` is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

#[derive(Clone, Copy, Debug, Args)]
struct Serve {
    /// Port on this machine [default: the first free one from 3000]
    #[arg(long, value_name = "N", env = "DUIKAN_PORT")]
    port: Option<u16>,
    /// Open the preview in a browser
    #[arg(long)]
    open: bool,
}

/// What every command understands.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line, and any may go with any")]
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Common {
    /// Folder of the seeds: .txt and .md files, sub-folders too [default: seeds, beside duikan.toml]
    #[arg(long, global = true, value_name = "DIR", env = "DUIKAN_SEEDS")]
    pub seeds: Option<PathBuf>,
    /// Settings [default: duikan.toml, if there is one]
    #[arg(long, global = true, value_name = "FILE", env = "DUIKAN_CONFIG")]
    pub config: Option<PathBuf>,
    /// Folder of what can be made again [default: .duikan/cache, beside duikan.toml]
    #[arg(long, global = true, value_name = "DIR", env = "DUIKAN_CACHE")]
    pub cache: Option<PathBuf>,
    /// Heading of the site
    #[arg(long, global = true, value_name = "TEXT", env = "DUIKAN_TITLE")]
    pub title: Option<String>,
    /// Where the site will be published, for links that leave it (feed, sitemap)
    #[arg(long, global = true, value_name = "URL", env = "DUIKAN_URL")]
    pub url: Option<String>,
    /// Language of the interface
    #[arg(long, global = true, value_enum, env = "DUIKAN_UI")]
    pub ui: Option<Ui>,
    /// Take candidates for reworded clauses from another engine: its JSON lines, a file or a folder of parts
    #[arg(long, global = true, value_name = "DIR", env = "DUIKAN_PAIRS")]
    pub pairs: Option<PathBuf>,
    /// Add passages that passim found: its align.json, a file or a folder of parts
    #[arg(long, global = true, value_name = "DIR", env = "DUIKAN_PASSAGES")]
    pub passages: Option<PathBuf>,
    /// Number of threads [default: one for each processor]
    #[arg(short, long, global = true, value_name = "N", env = "DUIKAN_JOBS")]
    pub jobs: Option<std::num::NonZeroUsize>,
    /// Let warnings fail the run, too
    #[arg(long, global = true, env = "DUIKAN_STRICT", value_parser = clap::builder::FalseyValueParser::new())]
    pub strict: bool,
    /// Say nothing but errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Tell what every stage took, by the clock and of all processors
    #[arg(long, global = true, env = "DUIKAN_TIMINGS", value_parser = clap::builder::FalseyValueParser::new())]
    pub timings: bool,
    /// Summaries and findings as JSON on standard output
    #[arg(long, global = true)]
    pub json: bool,
}

impl ValueEnum for Ui {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Zh, Self::En]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(match self {
            Self::Zh => "zh",
            Self::En => "en",
        }))
    }
}

/// Runs the program for the arguments it was given.
#[must_use]
pub fn run() -> ExitCode {
    let exit = match Cli::try_parse() {
        Ok(cli) => dispatch(cli),
        // clap colours its own messages, and knows which of them are answers and which are errors.
        Err(answer) => match answer.print() {
            Ok(()) if answer.use_stderr() => Ok(Exit::Refused),
            Ok(()) => Ok(Exit::Done),
            Err(error) => Err(anyhow::Error::from(error).context("standard output")),
        },
    };
    exit.unwrap_or_else(|error| report::failure(&error)).into()
}

fn dispatch(cli: Cli) -> Result<Exit> {
    let Cli { command, site, common } = cli;
    if let Some(jobs) = common.jobs {
        rayon::ThreadPoolBuilder::new().num_threads(jobs.get()).build_global().context("threads")?;
    }
    match command {
        None => build(&common, site),
        Some(Command::Build(own)) => {
            let precompress = own.precompress || site.precompress;
            build(&common, Site { output: own.output.or(site.output), precompress })
        }
        Some(Command::New { folder }) => command::new::new(&folder, common.quiet),
        Some(Command::Check) => command::check::check(&Project::open(&common, no_site(site)?)?),
        Some(Command::Export(export)) => {
            let project = Project::open(&common, no_site(site)?)?;
            command::export::export(&project, export.format, &export.output)
        }
        Some(Command::Serve(Serve { port, open })) => {
            let output = no_site(site)?;
            let project = move || Project::open(&common, output.clone());
            command::serve::serve(project, command::serve::Wanted { port, open })
        }
        Some(Command::Completions { shell }) => print(|out| {
            clap_complete::generate(shell, &mut Cli::command(), "duikan", out);
            Ok(())
        }),
        Some(Command::Man) => print(|out| Ok(clap_mangen::Man::new(Cli::command()).render(out)?)),
    }
}

fn build(common: &Common, site: Site) -> Result<Exit> {
    let project = Project::open(common, site.output)?;
    command::build::build(&Project { precompress: site.precompress, ..project })
}

/// A site's folder named before a command that makes no site is a slip, unless the environment names it for all.
fn no_site(site: Site) -> Result<Option<PathBuf>> {
    if site.output.is_some() && std::env::var_os("DUIKAN_OUTPUT").is_none() {
        let hint = "write the command first: `duikan export json -o FILE`";
        return Err(Failure::refused("--output before the command names the folder of a site", hint).into());
    }
    Ok(site.output)
}

/// What clap generates is written in one go, so that a closed pipe meets our own handling.
fn print(generate: impl FnOnce(&mut Vec<u8>) -> Result<()>) -> Result<Exit> {
    let mut text = Vec::new();
    generate(&mut text)?;
    std::io::stdout().lock().write_all(&text).context("standard output")?;
    Ok(Exit::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn help_tells_every_exit_code() {
        for exit in [Exit::Done, Exit::Findings, Exit::Refused, Exit::Io, Exit::Locked] {
            assert!(AFTER_HELP.contains(&format!("\n  {}  ", exit as u8)), "{exit:?}");
        }
    }

    #[test]
    fn a_common_option_may_stand_on_either_side_of_the_command() {
        for words in [["duikan", "--strict", "check"], ["duikan", "check", "--strict"]] {
            assert!(Cli::try_parse_from(words).is_ok_and(|cli| cli.common.strict), "{words:?}");
        }
    }
}
