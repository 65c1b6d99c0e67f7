//! What the example programs share.
#![forbid(unsafe_code)]

use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use kaigo_core::Watch;
use kaigo_core::batch::BatchOptions;
use kaigo_core::report::Lang;

/// What a program prints: for people, or for programs.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    /// Lines of text.
    Text,
    /// JSON.
    Json,
}

/// The language of messages, as it is given on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Language {
    /// Japanese.
    Ja,
    /// English.
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Ja => Self::Japanese,
            Language::En => Self::English,
        }
    }
}

/// A progress bar on a terminal, shown once the work has taken a second; nothing in a pipe.
pub fn progress(length: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::with_draw_target(Some(length), indicatif::ProgressDrawTarget::hidden())
        .with_style(style);
    let shown = bar.clone();
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_secs(1));
        if !shown.is_finished() {
            shown.set_draw_target(indicatif::ProgressDrawTarget::stderr());
        }
    });
    bar
}

/// How a batch is run, with a progress bar on a terminal that shows the files that are done.
pub fn batch(jobs: usize, manifest: Option<PathBuf>) -> (ProgressBar, BatchOptions) {
    let bar = progress(0);
    let mut options = BatchOptions { jobs, manifest, ..BatchOptions::default() };
    if std::io::stderr().is_terminal() {
        let shown = bar.clone();
        options.watch = Watch::new(move |progress| {
            shown.set_length(progress.total.unwrap_or(progress.done));
            shown.set_position(progress.done);
            ControlFlow::Continue(())
        });
    }
    (bar, options)
}

/// Whether a path is that of an archive, by its name.
pub fn is_archive(path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip"))
}

/// Runs what the README shows, and the pages of the cookbook that need the sandbox.
#[cfg(doctest)]
mod shown {
    #[doc = include_str!("../../README.md")]
    struct Readme;

    #[doc = include_str!("../../kaigo-core/src/cookbook/open_a_certificate.md")]
    struct OpenACertificate;

    #[doc = include_str!("../../kaigo-core/src/cookbook/read_a_card.md")]
    struct ReadACard;

    #[doc = include_str!("../../kaigo-core/src/cookbook/send_once.md")]
    struct SendOnce;
}
