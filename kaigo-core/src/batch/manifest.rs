//! The file that remembers what is finished.

use std::collections::HashMap;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::code::codes;
use crate::document::{Line, document, from_json, to_json};
use crate::error::{Error, ErrorKind, Result};

codes! {
    /// 処理結果: what came of a file.
    Outcome = "処理結果", "outcome" {
        Checked    = "checked" "検査済み",
        Converted  = "converted" "変換済み",
        Copied     = "copied" "そのまま複写",
        LeftOut    = "left_out" "対象外",
        Refused    = "refused" "書けない文字または損失のため変換せず",
        Unreadable = "unreadable" "読み書きできず",
    }
}

document! {
    /// One file that is finished: a line of the manifest.
    ManifestLine = "マニフェストの行" {
        /// From the root of the batch, with `/` between its parts; an archive is a folder.
        path: one Line = "ファイル",
        size: one u32 = "大きさ（バイト）",
        /// The time of change in nanoseconds since 1970, or, in an archive, `crc32:` and its check sum.
        stamp: one Line = "更新の印",
        /// How many files its sending unit has.
        of: one u32 = "送信単位のファイル数",
        outcome: one Outcome = "処理結果",
        /// The code of the error, where it could not be read, converted or written.
        error: opt Line = "エラーコード",
        errors: one u32 = "エラーの件数",
        warnings: one u32 = "警告の件数",
        losses: one u32 = "損失の件数",
        /// What was written, from the folder that the batch writes into.
        output: opt Line = "出力",
    }

    /// The first line of a manifest: what was asked for. Another run must ask for the same.
    ManifestHead = "マニフェストの先頭" {
        manifest: one u32 = "形式の版",
        settings: one Line = "設定",
    }
}

/// An open manifest.
pub(super) struct Manifest {
    path: PathBuf,
    file: File,
    known: Known,
}

/// What is finished: of each path, which takes the memory of a number, the line without its texts.
#[derive(Clone, Default)]
pub(super) struct Known {
    hasher: RandomState,
    lines: std::sync::Arc<HashMap<u64, Brief>>,
}

#[derive(Clone, Copy)]
pub(super) struct Brief {
    /// Of the stamp and the size.
    state: u64,
    pub(super) of: u32,
    pub(super) outcome: Outcome,
    pub(super) counts: [u32; 3],
}

impl Known {
    /// What is known of a file that is as it was.
    pub(super) fn get(&self, path: &str, size: u64, stamp: &str) -> Option<Brief> {
        let brief = self.lines.get(&self.hasher.hash_one(path))?;
        (brief.state == self.hasher.hash_one((size, stamp))).then_some(*brief)
    }
}

impl Manifest {
    /// Opens a manifest, or makes it. A line that a killed run did not finish is taken away.
    pub(super) fn open(path: &Path, settings: &str) -> Result<Self> {
        let failed = |error| Error::io(path, error);
        let mut file =
            File::options().read(true).write(true).create(true).truncate(false).open(path).map_err(failed)?;
        let head = ManifestHead { manifest: 1, settings: Line::of_ours(settings) };
        let (hasher, mut lines) = (RandomState::new(), HashMap::new());
        let (mut reader, mut text, mut whole) = (BufReader::new(&file), Vec::new(), 0);
        loop {
            text.clear();
            let length = reader.read_until(b'\n', &mut text).map_err(failed)?;
            if text.last() != Some(&b'\n') {
                break;
            }
            let first = whole == 0;
            whole += length as u64;
            if first {
                match from_json::<ManifestHead>(&text) {
                    Ok(found) if found == head => continue,
                    _ => return Err(ErrorKind::OtherManifest { path: path.to_owned() }.into()),
                }
            }
            // A line that does not conform is no finished file.
            let Ok(line) = from_json::<ManifestLine>(&text) else { continue };
            let state = hasher.hash_one((u64::from(line.size), line.stamp.as_str()));
            let counts = [line.errors, line.warnings, line.losses];
            let brief = Brief { state, of: line.of, outcome: line.outcome, counts };
            lines.insert(hasher.hash_one(line.path.as_str()), brief);
        }
        file.set_len(whole).map_err(failed)?;
        file.seek(SeekFrom::End(0)).map_err(failed)?;
        let known = Known { hasher, lines: lines.into() };
        let mut manifest = Self { path: path.to_owned(), file, known };
        if whole == 0 {
            manifest.write(to_json(&head))?;
        }
        Ok(manifest)
    }

    pub(super) fn known(&self) -> Known {
        self.known.clone()
    }

    /// Adds a file that is finished; one that could not be read or written is not.
    pub(super) fn add(&mut self, line: &ManifestLine) -> Result<()> {
        if line.outcome == Outcome::Unreadable { Ok(()) } else { self.write(to_json(line)) }
    }

    /// In one call, so that a run that is killed leaves whole lines and at most one that is not.
    fn write(&mut self, mut line: Vec<u8>) -> Result<()> {
        line.push(b'\n');
        self.file.write_all(&line).map_err(|error| Error::io(&self.path, error))
    }

    /// Waits until all of it is on the disk.
    pub(super) fn finish(self) -> Result<()> {
        self.file.sync_all().map_err(|error| Error::io(&self.path, error))
    }
}
