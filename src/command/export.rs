//! `duikan export`: the edition in a format for other tools.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::LazyLock;

use anyhow::{Context, Result};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use rayon::prelude::*;

use crate::command::Project;
use crate::exit::Exit;
use crate::export::{Exporter, Format};
use crate::reuse::candidate;
use crate::{edition, export, render, report};

/// What can be asked for: a format of the edition, or a step of the search for reworded clauses, for another engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Edition(Format),
    Engine(Step),
    Schema,
}

/// What another engine needs, or is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Clauses,
    Join,
    Pairs,
    Passim,
}

const OTHERS: [(Asked, &str, &str); 5] = [
    (Asked::Schema, "schema", "The JSON Schema of `json`"),
    (
        Asked::Engine(Step::Clauses),
        "clauses",
        "Every different clause as JSON lines, to look for candidate pairs elsewhere",
    ),
    (Asked::Engine(Step::Join), "join", "The SQL that finds candidate pairs among them"),
    (Asked::Engine(Step::Pairs), "pairs", "The candidate pairs that the built-in search finds"),
    (Asked::Engine(Step::Passim), "passim", "Every text as JSON lines, for passim to look for passages"),
];

impl ValueEnum for Asked {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: LazyLock<Vec<Asked>> = LazyLock::new(|| {
            Format::ALL.into_iter().map(Asked::Edition).chain(OTHERS.map(|(asked, ..)| asked)).collect()
        });
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::Edition(format) => format.to_possible_value(),
            _ => OTHERS
                .iter()
                .find(|(asked, ..)| asked == self)
                .map(|(_, name, help)| PossibleValue::new(*name).help(*help)),
        }
    }
}

/// Writes what is asked for to `output`, where `-` is standard output.
pub fn export(project: &Project, asked: Asked, output: &Path) -> Result<Exit> {
    match asked {
        Asked::Edition(format) => of_edition(project, format, output),
        Asked::Engine(step) => for_engine(project, step, output),
        Asked::Schema => {
            to_place(output, |out| Ok(out.write_all(export::json::SCHEMA.as_bytes())?))?;
            Ok(Exit::Done)
        }
    }
}

fn for_engine(project: &Project, step: Step, output: &Path) -> Result<Exit> {
    if step == Step::Join {
        to_place(output, |out| Ok(out.write_all(candidate::JOIN.as_bytes())?))?;
        return Ok(Exit::Done);
    }
    let seeds = project.read(&project.progress)?;
    let texts = edition::uncompared(seeds.value, &project.progress);
    to_place(output, |out| match step {
        Step::Pairs => export::engine::pairs(&project.config, &texts, out),
        Step::Passim => export::engine::passim(&texts, out),
        Step::Clauses | Step::Join => export::engine::clauses(&project.config, &texts, out),
    })?;
    Ok(Exit::Done)
}

/// A folder takes every file of the format.
fn of_edition(project: &Project, format: Format, output: &Path) -> Result<Exit> {
    let seeds = project.read(&project.progress)?;
    let edition = edition::edition(project.config.clone(), seeds, &project.progress);
    let findings = report::Findings::of(&edition, &project.seeds);
    if findings.fail(project.strict) {
        findings.failed(project.strict)?;
        return Ok(Exit::Findings);
    }
    let title = render::Site::new(&edition, Some(&project.folder))?.title;
    let exporter = Exporter::new(&edition, &title);
    if is_folder(output) {
        format.sheets(&edition).into_par_iter().try_for_each(|sheet| {
            let path = output.join(sheet.path(&edition));
            fs::create_dir_all(path.parent().unwrap_or(output)).with_context(|| output.display().to_string())?;
            to_file(&path, |out| exporter.write(sheet, out))
        })?;
    } else {
        to_place(output, |out| exporter.write(format.whole(), out))?;
    }
    Ok(Exit::Done)
}

/// A folder that is there, or is named as one.
fn is_folder(output: &Path) -> bool {
    output.is_dir() || output.as_os_str().as_encoded_bytes().ends_with(b"/")
}

/// Writes to one file, or to standard output.
fn to_place(output: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    if output != Path::new("-") {
        return to_file(output, write);
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    write(&mut out).and_then(|()| Ok(out.flush()?)).context("standard output")
}

fn to_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let create = || -> Result<()> {
        let mut out = BufWriter::new(File::create(path)?);
        write(&mut out)?;
        Ok(out.flush()?)
    };
    create().with_context(|| path.display().to_string())
}
