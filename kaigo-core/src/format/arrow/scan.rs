//! Reads many files as batches, on all cores, in the order of the files.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::builder::{Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};

use super::schema::{Naming, schema};
use super::write::{Batch, CHUNK};
use crate::error::{Error, ErrorKind, Result};
use crate::exchange::{CheckOptions, FileName};
#[cfg(unix)]
use crate::format::csv::{BlockResult, read_block, read_file_parallel};
use crate::format::csv::{ReadOptions, Reader, read_parallel};
use crate::format::{arrow, json};
use crate::record::{FileKind, Record, RecordVisitor, Records};
use crate::report::{Lang, Report};

/// How files are scanned.
#[derive(Debug, Clone)]
pub struct ScanOptions {
    /// The kind of the files' records.
    pub kind: FileKind,
    /// Strictness and the limit of findings of each file.
    pub check: CheckOptions,
    /// How columns are named.
    pub naming: Naming,
    /// Whether the columns of the source are added.
    pub source: bool,
    /// How many rows a batch has at most.
    pub batch_rows: usize,
    /// How many threads work, of at most 256.
    pub threads: usize,
}

impl ScanOptions {
    /// All cores, batches of 65,536 rows, strict, English names, with the source.
    pub fn new(kind: FileKind) -> Self {
        Self {
            kind,
            check: CheckOptions::default(),
            naming: Naming::English,
            source: true,
            batch_rows: 1 << 16,
            threads: std::thread::available_parallelism().map_or(1, Into::into),
        }
    }

    /// The columns of the batches; `None` for the image.
    pub fn schema(&self) -> Option<SchemaRef> {
        schema(self.kind, self.naming, self.source)
    }

    /// Reads one file from memory: CSV, or JSON where it begins with a brace.
    ///
    /// # Errors
    /// When a JSON document cannot be read at all.
    pub fn read(&self, name: &str, bytes: &[u8]) -> Result<Scanned> {
        self.read_on(name, bytes, self.threads)
    }

    /// Reads one file from memory, CSV on at most so many threads.
    fn read_on(&self, name: &str, bytes: &[u8], threads: usize) -> Result<Scanned> {
        let file: Arc<str> = name.into();
        let (batches, report) = if bytes.starts_with(b"{") {
            let options = json::ReadOptions {
                kind: Some(self.kind),
                strictness: self.check.strictness,
                file: Some(file.clone()),
                finding_limit: self.check.finding_limit,
                ..json::ReadOptions::default()
            };
            let (records, report) = json::read(bytes, &options)?;
            (arrow::write(&records, self.naming, self.batch_rows, self.threads), report)
        } else {
            let options = self.read_options(&file);
            self.kind.visit(ReadBatches { bytes, options: &options, scan: self, threads }).unwrap_or_default()
        };
        Ok(self.scanned(file, batches, report))
    }

    /// Reads one file, a large one on all threads.
    fn read_path(&self, path: &Path) -> Result<Scanned> {
        let failed = |error| Error::io(path, error);
        let (file, name) = (File::open(path).map_err(failed)?, file_name(path));
        if let Some(scanned) = self.read_blocks(&name, &file).map_err(failed)? {
            return Ok(scanned);
        }
        let mut bytes = Vec::new();
        (&file).read_to_end(&mut bytes).map_err(failed)?;
        // Blocks would tell once more that one reader must read it.
        self.read_on(&name, &bytes, 1)
    }

    /// Reads a file block by block, so that it never lies in memory as a whole. `None` where one reader must read it.
    #[cfg(unix)]
    fn read_blocks(&self, name: &str, file: &File) -> std::io::Result<Option<Scanned>> {
        use std::os::unix::fs::FileExt;

        let metadata = file.metadata()?;
        let Some(length) = usize::try_from(metadata.len()).ok().filter(|_| metadata.is_file()) else {
            return Ok(None);
        };
        let file_name: Arc<str> = name.into();
        let options = self.read_options(&file_name);
        let parts = read_file_parallel(
            length,
            |buffer, at| file.read_exact_at(buffer, at as u64),
            self.threads,
            |bytes| self.kind.visit(ReadBlock { bytes, options: &options, scan: self })?,
        )?;
        Ok(parts
            .map(|parts| self.scanned(file_name, parts.into_iter().flatten().collect(), Report::default())))
    }

    #[cfg(not(unix))]
    fn read_blocks(&self, _: &str, _: &File) -> std::io::Result<Option<Scanned>> {
        Ok(None)
    }

    /// How the rows of a file of that name are read.
    fn read_options(&self, file: &Arc<str>) -> ReadOptions {
        let named = FileName::parse_tolerant(file).ok().map(|(name, _)| name);
        match named.filter(|name| name.kind() == self.kind) {
            Some(name) => self.check.to_read(file, &name),
            None => ReadOptions {
                strictness: self.check.strictness,
                file: Some(file.clone()),
                finding_limit: self.check.finding_limit,
                ..ReadOptions::new(self.kind)
            },
        }
    }

    fn scanned(&self, file: Arc<str>, batches: Vec<RecordBatch>, report: Report) -> Scanned {
        let batches = if self.source { self.with_source(&file, batches) } else { batches };
        Scanned { file, batches, report }
    }

    /// The batches of the records of a block of a length.
    fn batches<'a, R: Record<'a>>(&self, reader: &mut Reader<'a, R>, length: usize) -> Vec<RecordBatch> {
        let mut batches = Vec::new();
        let capacity = self.batch_rows.min(length / ROW);
        let Some(mut batch) = Batch::new(self.kind, self.naming, capacity) else { return batches };
        let mut records = Vec::with_capacity(CHUNK);
        loop {
            let room = self.batch_rows.saturating_sub(batch.rows()).clamp(1, CHUNK);
            records.extend(reader.by_ref().take(room));
            if records.is_empty() {
                break;
            }
            batch.push(&records);
            records.clear();
            if batch.rows() >= self.batch_rows {
                batches.extend(batch.finish());
            }
        }
        if batch.rows() > 0 {
            batches.extend(batch.finish());
        }
        batches
    }

    fn with_source(&self, file: &str, batches: Vec<RecordBatch>) -> Vec<RecordBatch> {
        let Some(schema) = self.schema() else { return batches };
        let mut first = 1;
        batches
            .into_iter()
            .filter_map(|batch| {
                let rows = batch.num_rows();
                let mut files = StringBuilder::with_capacity(rows, rows * file.len());
                files.append_value_n(file, rows);
                let mut numbers = Int64Builder::with_capacity(rows);
                (first..).take(rows).for_each(|row| numbers.append_value(row));
                first += rows as i64;
                let mut columns = batch.columns().to_vec();
                columns.push(Arc::new(files.finish()) as ArrayRef);
                columns.push(Arc::new(numbers.finish()));
                RecordBatch::try_new(schema.clone(), columns).ok()
            })
            .collect()
    }
}

/// About how long a row is, for the room that is made before rows are read.
const ROW: usize = 128;

struct ReadBatches<'a, 'o> {
    bytes: &'a [u8],
    options: &'o ReadOptions,
    scan: &'o ScanOptions,
    threads: usize,
}

impl<'a> RecordVisitor<'a> for ReadBatches<'a, '_> {
    type Output = (Vec<RecordBatch>, Report);

    fn visit<R: Record<'a>>(self, _wrap: fn(Vec<R>) -> Records<'a>) -> Self::Output {
        let (parts, report) = read_parallel(self.bytes, self.options, self.threads, |reader, length| {
            self.scan.batches::<R>(reader, length)
        });
        (parts.into_iter().flatten().collect(), report)
    }
}

/// Reads a block of a file by itself.
#[cfg(unix)]
struct ReadBlock<'a, 'o> {
    bytes: &'a [u8],
    options: &'o ReadOptions,
    scan: &'o ScanOptions,
}

#[cfg(unix)]
impl<'a> RecordVisitor<'a> for ReadBlock<'a, '_> {
    type Output = BlockResult<Vec<RecordBatch>>;

    fn visit<R: Record<'a>>(self, _wrap: fn(Vec<R>) -> Records<'a>) -> Self::Output {
        read_block(self.bytes, self.options, |reader, length| self.scan.batches::<R>(reader, length))
    }
}

/// More threads than this do not make anything quicker.
const MOST_THREADS: usize = 256;

/// One file as it was scanned.
#[derive(Debug)]
pub struct Scanned {
    /// Its name.
    pub file: Arc<str>,
    /// Its rows.
    pub batches: Vec<RecordBatch>,
    /// What the check found: of its rows, not of the rows together or beside other files.
    pub report: Report,
}

/// Files one after the other, each read and checked while the one before is used. Ends after the last file; a file
/// that cannot be read is an error in its place.
///
/// Memory holds a few files for each thread at a time, however many there are.
pub struct Scan {
    /// One a thread, each of which has every `n`th file.
    workers: Vec<Receiver<Result<Scanned>>>,
    next: usize,
    left: usize,
}

impl Scan {
    /// Starts reading the files at those paths.
    pub fn new(paths: Vec<PathBuf>, options: &ScanOptions) -> Self {
        let left = paths.len();
        let threads = options.threads.clamp(1, MOST_THREADS);
        let count = threads.min(left.max(1));
        let mut each = options.clone();
        // Threads that have no file of their own help with that of others.
        each.threads = (threads / count).max(1);
        let (paths, each) = (Arc::new(paths), Arc::new(each));
        let workers = (0..count)
            .map(|worker| {
                let (sender, receiver) = sync_channel(2);
                let (paths, each) = (paths.clone(), each.clone());
                // Where no thread can be had the receiver ends, and `next` says so.
                let _ = std::thread::Builder::new().name("kaigo-scan".to_owned()).spawn(move || {
                    for path in paths.iter().skip(worker).step_by(count) {
                        if sender.send(each.read_path(path)).is_err() {
                            return;
                        }
                    }
                });
                receiver
            })
            .collect();
        Self { workers, next: 0, left }
    }
}

/// The batches of many files as one stream, and what was found in the files so far.
pub struct ScanReader {
    files: Scan,
    ready: std::vec::IntoIter<RecordBatch>,
    found: Arc<Mutex<Report>>,
    schema: SchemaRef,
    lang: Lang,
}

impl ScanReader {
    /// Starts reading the files at those paths. What is found is added to `found`; the error that ends the stream is
    /// told in that language. `None` for the image.
    pub fn new(
        paths: Vec<PathBuf>,
        options: &ScanOptions,
        found: Arc<Mutex<Report>>,
        lang: Lang,
    ) -> Option<Self> {
        let schema = options.schema()?;
        Some(Self { files: Scan::new(paths, options), ready: Vec::new().into_iter(), found, schema, lang })
    }

    /// The next batch; with its own error, which the stream gives as a text.
    ///
    /// # Errors
    /// When a file cannot be read; the files behind it may still be.
    pub fn next_batch(&mut self) -> Option<Result<RecordBatch>> {
        loop {
            if let Some(batch) = self.ready.next() {
                return Some(Ok(batch));
            }
            match self.files.next()? {
                Ok(file) => {
                    self.found.lock().unwrap_or_else(PoisonError::into_inner).extend(file.report);
                    self.ready = file.batches.into_iter();
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl Iterator for ScanReader {
    type Item = std::result::Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.next_batch()?;
        // Readers in C take the text as one that ends with a zero, and a path may have one in it.
        let text = |error: Error| error.message(self.lang).replace('\0', "\u{FFFD}");
        Some(batch.map_err(|error| ArrowError::ExternalError(text(error).into())))
    }
}

impl RecordBatchReader for ScanReader {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

/// The one kind that the names of files tell; else those that they tell: none, or several.
///
/// # Errors
/// When it is not one.
pub fn one_kind(paths: &[PathBuf]) -> std::result::Result<FileKind, Vec<FileKind>> {
    let mut kinds: Vec<FileKind> = paths.iter().filter_map(|path| kind_of(path)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    match kinds.as_slice() {
        [kind] => Ok(*kind),
        _ => Err(kinds),
    }
}

/// The kind of file that a path's name tells.
pub fn kind_of(path: &Path) -> Option<FileKind> {
    let name = path.file_name()?.to_string_lossy();
    FileName::parse_tolerant(&name).ok().map(|(name, _)| name.kind())
}

/// The files at those paths: of a folder, all below it whose names tell the kind, or any kind of records where none is
/// given; in the order of paths. Links and hidden files in folders are left out.
///
/// # Errors
/// When a folder cannot be read.
pub fn files_below(paths: &[PathBuf], kind: Option<FileKind>) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            add_folder(path, kind, &mut files)?;
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn add_folder(folder: &Path, kind: Option<FileKind>, files: &mut Vec<PathBuf>) -> Result<()> {
    let mut entries = std::fs::read_dir(folder)
        .and_then(|entries| entries.collect::<std::io::Result<Vec<_>>>())
        .map_err(|error| Error::io(folder, error))?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let of = entry.file_type().map_err(|error| Error::io(&path, error))?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let wanted =
            || kind_of(&path).is_some_and(|of| of.layout().is_some() && kind.is_none_or(|k| k == of));
        if of.is_dir() {
            add_folder(&path, kind, files)?;
        } else if of.is_file() && wanted() {
            files.push(path);
        }
    }
    Ok(())
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

impl Iterator for Scan {
    type Item = Result<Scanned>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let worker = self.workers.get(self.next % self.workers.len().max(1))?;
        self.next += 1;
        Some(worker.recv().unwrap_or_else(|_| {
            self.left = 0;
            Err(ErrorKind::from(std::io::Error::other("a thread that reads files ended")).into())
        }))
    }
}
