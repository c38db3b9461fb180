//! Arguments of the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// The press for ranking reports: one YAML file in, a complete bilingual PDF report out.
#[derive(Debug, Parser)]
#[command(name = "rankpress", version, about)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print the report: PDFs, charts, results and manifest.
    #[command(visible_alias = "b")]
    Build(Build),
    /// Do everything but the PDF: configuration, data, index, charts, templates.
    Check(Check),
    /// Print rankings.
    Rank(Rank),
    /// Tell how a score came about, down to the cell of the table.
    Explain(Explain),
    /// Tell how far ranks can be relied upon: intervals, sources of uncertainty, what would change them.
    Sensitivity(Sensitivity),
    /// Hold the main result and variants of the methodology against each other.
    Compare(Compare),
    /// Print the figures of networks and tables of entities.
    Network(Network),
    /// Write a made-up project to try things on.
    Sample(Sample),
    /// Print the JSON Schema of a configuration file.
    Schema(Schema),
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Args)]
pub(super) struct Messages {
    /// Form of messages on stderr.
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    pub(super) message_format: MessageFormat,
    /// Let warnings fail the run.
    #[arg(long)]
    pub(super) deny_warnings: bool,
    /// Say nothing but findings.
    #[arg(short, long)]
    pub(super) quiet: bool,
}

/// Form of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// With excerpt and hints.
    Human,
    /// One line each: `file:line:column: error[code]: text`.
    Short,
    /// One JSON object each.
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Build {
    /// The report, such as `data/china-20-2022/report.yaml`.
    pub(super) file: PathBuf,
    #[command(flatten)]
    pub(super) messages: Messages,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The report.
    pub(super) file: PathBuf,
    #[command(flatten)]
    pub(super) messages: Messages,
}

#[derive(Debug, Args)]
pub(super) struct Rank {
    /// The report.
    pub(super) file: PathBuf,
    /// Rank at this node only, by code. Default: the whole index.
    #[arg(long, value_name = "CODE", conflicts_with = "all")]
    pub(super) node: Option<String>,
    /// Rank at every node.
    #[arg(long)]
    pub(super) all: bool,
    /// Rank within groups too.
    #[arg(long, value_enum, value_name = "GROUP")]
    pub(super) by: Option<By>,
    /// Rank by a variant of the methodology, by key. Default: the main result.
    #[arg(long, value_name = "ID")]
    pub(super) variant: Option<String>,
    /// Print JSON.
    #[arg(long, conflicts_with = "csv")]
    pub(super) json: bool,
    /// Print CSV.
    #[arg(long)]
    pub(super) csv: bool,
    #[command(flatten)]
    pub(super) messages: Messages,
}

/// Groups within which units are ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum By {
    /// Province.
    Province,
    /// Economic region.
    Region,
    /// City agglomeration.
    Agglomeration,
    /// Administrative rank.
    AdminRank,
    /// Tier of the index.
    Tier,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The report.
    pub(super) file: PathBuf,
    /// Unit and node, such as `beijing/index` or `北京/gdp`.
    #[arg(value_name = "UNIT/NODE")]
    pub(super) target: String,
    /// Explain the result of a variant of the methodology, by key. Default: the main result.
    #[arg(long, value_name = "ID")]
    pub(super) variant: Option<String>,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) messages: Messages,
}

#[derive(Debug, Args)]
pub(super) struct Sensitivity {
    /// The report.
    pub(super) file: PathBuf,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) messages: Messages,
}

#[derive(Debug, Args)]
pub(super) struct Compare {
    /// The report.
    pub(super) file: PathBuf,
    /// What to compare, by key in the methodology; `main` is the main result. The first is what the
    /// others are held against; one alone is held against `main`. Default: `main` and every variant.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub(super) variants: Vec<String>,
    /// Compare at this node, by code. Default: the whole index.
    #[arg(long, value_name = "CODE")]
    pub(super) node: Option<String>,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) messages: Messages,
}

#[derive(Debug, Args)]
pub(super) struct Network {
    /// A report, or a file of networks alone.
    pub(super) file: PathBuf,
    /// Compute betweenness too, which takes longer than all the rest.
    #[arg(long)]
    pub(super) betweenness: bool,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) messages: Messages,
}

#[derive(Debug, Args)]
pub(super) struct Sample {
    #[command(subcommand)]
    pub(super) kind: SampleKind,
}

#[derive(Debug, Subcommand)]
pub(super) enum SampleKind {
    /// A network of made-up organisations, marked as illustrative.
    Network(SampleNetwork),
}

#[derive(Debug, Args)]
pub(super) struct SampleNetwork {
    /// Number of nodes.
    #[arg(long, value_name = "N", value_parser = up_to_ten_million)]
    pub(super) nodes: usize,
    /// Number of edges.
    #[arg(long, value_name = "M", value_parser = up_to_ten_million)]
    pub(super) edges: usize,
    /// Seed of all choices.
    #[arg(long, value_name = "S")]
    pub(super) seed: u64,
    /// Folder to write into; none of the files may be there.
    #[arg(long, value_name = "DIR", default_value = "sample-network")]
    pub(super) out: PathBuf,
}

/// A count that a machine can hold.
fn up_to_ten_million(text: &str) -> Result<usize, String> {
    let count: usize = text.parse().map_err(|_| "not a whole number".to_owned())?;
    if count <= 10_000_000 { Ok(count) } else { Err("more than ten million".to_owned()) }
}

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// Which file the schema describes.
    #[arg(value_enum, default_value_t = SchemaFile::Report)]
    pub(super) file: SchemaFile,
}

/// A configuration file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaFile {
    /// `report.yaml`
    Report,
    /// `methodology.yaml`
    Methodology,
    /// `corrections.yaml`
    Corrections,
    /// A file of networks alone
    Networks,
}
