//! `duikan export`: the edition in a format for other tools.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::command::Project;
use crate::exit::Exit;
use crate::model::Edition;
use crate::{edition, export, read, report};

/// The formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One JSON document: articles, relations, collations, clauses, quotations, mentions
    Json,
}

/// Writes the edition to `output`, where `-` is standard output.
pub fn export(project: &Project, format: Format, output: &Path) -> Result<Exit> {
    let seeds = read::read(&project.seeds, &project.config, &project.progress)?;
    let edition = edition::edition(project.config.clone(), seeds, &project.progress);
    let findings = report::Findings::of(&edition, &project.seeds);
    if findings.fail(project.strict) {
        findings.failed(project.strict)?;
        return Ok(Exit::Findings);
    }
    if output == Path::new("-") {
        let out = BufWriter::new(std::io::stdout().lock());
        write(&edition, format, out).context("standard output")?;
    } else {
        let file = File::create(output).with_context(|| output.display().to_string())?;
        write(&edition, format, BufWriter::new(file)).with_context(|| output.display().to_string())?;
    }
    Ok(Exit::Done)
}

fn write(edition: &Edition, format: Format, mut out: impl Write) -> Result<()> {
    match format {
        Format::Json => export::json::write(edition, &mut out)?,
    }
    out.flush()?;
    Ok(())
}
