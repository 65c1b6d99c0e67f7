//! The files of a batch, in an order of their own, the files of a unit together.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use super::work::Task;
use crate::convert::Form;
use crate::error::{Error, ErrorKind, Result};
use crate::exchange::{CheckOptions, SourceFile, gather};

/// A file of a batch, not yet read.
pub(super) struct Found {
    pub(super) name: String,
    /// The folder that it lies in, from the root.
    pub(super) folder: PathBuf,
    pub(super) size: u64,
    pub(super) stamp: String,
    /// Whether another file of the folder would be converted to the same name, and comes first.
    pub(super) taken: bool,
    source: Source,
}

enum Source {
    File(PathBuf),
    /// One of an archive that threads share; only one unpacks at a time.
    Entry(Arc<Archive>, usize),
}

struct Archive {
    path: PathBuf,
    zip: Mutex<zip::ZipArchive<BufReader<File>>>,
}

impl Found {
    /// From the root, with `/` between its parts.
    pub(super) fn path(&self) -> String {
        let parts = self.folder.iter().map(|part| part.to_string_lossy().into_owned());
        parts.chain([self.name.clone()]).collect::<Vec<_>>().join("/")
    }

    /// Its bytes, at most so many.
    pub(super) fn read(&self, limit: u64) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        match &self.source {
            Source::File(path) => {
                let file = File::open(path).map_err(|error| Error::io(path, error))?;
                file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| Error::io(path, error))?;
            }
            Source::Entry(archive, index) => {
                let mut zip = archive.zip.lock().unwrap_or_else(PoisonError::into_inner);
                let damaged = |source| ErrorKind::Zip { path: archive.path.clone(), source };
                let entry = zip.by_index(*index).map_err(damaged)?;
                entry.take(limit + 1).read_to_end(&mut bytes).map_err(|error| damaged(error.into()))?;
            }
        }
        if bytes.len() as u64 > limit { Err(ErrorKind::TooLarge.into()) } else { Ok(bytes) }
    }
}

/// Walks over folders and archives: first the files of a folder, unit by unit, then its archives, then the folders in it.
/// Hidden files and links are left out.
pub(super) struct Walk {
    left_out: Vec<PathBuf>,
    /// Folders still to be listed, the next one last: where they are, and from the root.
    folders: Vec<(PathBuf, PathBuf)>,
    archives: VecDeque<(PathBuf, PathBuf)>,
    tasks: VecDeque<Task>,
}

impl Walk {
    pub(super) fn new(root: &Path, left_out: &[&Path]) -> Result<Self> {
        let metadata = std::fs::metadata(root).map_err(|error| Error::io(root, error))?;
        let name = PathBuf::from(root.file_name().unwrap_or_default());
        let mut walk = Self {
            // What does not exist yet is not found either.
            left_out: left_out.iter().filter_map(|path| path.canonicalize().ok()).collect(),
            folders: Vec::new(),
            archives: VecDeque::new(),
            tasks: VecDeque::new(),
        };
        if metadata.is_dir() {
            walk.folders.push((root.to_owned(), PathBuf::new()));
        } else if is_archive(root) {
            walk.archives.push_back((root.to_owned(), name));
        } else {
            walk.add(vec![found(root.to_owned(), Path::new(""), &metadata)]);
        }
        Ok(walk)
    }

    fn list(&mut self, path: &Path, folder: &Path) -> Result<()> {
        let failed = |error| Error::io(path, error);
        let mut entries: Vec<_> =
            std::fs::read_dir(path).and_then(|entries| entries.collect()).map_err(failed)?;
        entries.sort_by_key(std::fs::DirEntry::file_name);
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        for entry in entries {
            let (path, name) = (entry.path(), entry.file_name());
            let kind = entry.file_type().map_err(failed)?;
            let is_left_out = || path.canonicalize().is_ok_and(|path| self.left_out.contains(&path));
            if name.to_string_lossy().starts_with('.') || !(kind.is_dir() || kind.is_file()) || is_left_out()
            {
                continue;
            }
            if kind.is_dir() {
                folders.push((path, folder.join(name)));
            } else if is_archive(&path) {
                self.archives.push_back((path, folder.join(name)));
            } else {
                // A file that went away since is none.
                files.extend(entry.metadata().ok().map(|metadata| found(path, folder, &metadata)));
            }
        }
        self.folders.extend(folders.into_iter().rev());
        self.add(files);
        Ok(())
    }

    fn open(&mut self, path: PathBuf, folder: &Path) -> Result<()> {
        let file = File::open(&path).map_err(|error| Error::io(&path, error))?;
        let damaged = |source| ErrorKind::Zip { path: path.clone(), source };
        let zip = zip::ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
        let count = zip.len();
        let archive = Arc::new(Archive { path: path.clone(), zip: Mutex::new(zip) });
        let mut folders = BTreeMap::<PathBuf, Vec<Found>>::new();
        for index in 0..count {
            let mut zip = archive.zip.lock().unwrap_or_else(PoisonError::into_inner);
            let entry = zip.by_index_raw(index).map_err(damaged)?;
            // To leave such an entry out would lose it in silence.
            let Some(inner) = entry.enclosed_name() else { return Err(ErrorKind::UnsafeName.into()) };
            let name = inner.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if entry.is_dir() || name.starts_with('.') {
                continue;
            }
            let folder = folder.join(inner.parent().unwrap_or(Path::new("")));
            folders.entry(folder.clone()).or_default().push(Found {
                name,
                folder,
                size: entry.size(),
                stamp: format!("crc32:{:08x}", entry.crc32()),
                taken: false,
                source: Source::Entry(archive.clone(), index),
            });
        }
        for mut files in folders.into_values() {
            files.sort_by(|a, b| a.name.cmp(&b.name));
            self.add(files);
        }
        Ok(())
    }

    /// The files of one folder, sorted by name, as tasks. Files of CSV, of JSON and of XML make units of their own; images go
    /// with CSV, and where there is none with the others.
    fn add(&mut self, mut files: Vec<Found>) {
        let mut targets = BTreeSet::new();
        for file in &mut files {
            file.taken = !targets.insert(Form::Csv.name_of(&file.name).to_ascii_lowercase());
        }
        let form_of = |name: &str| Form::of_name(name).unwrap_or(Form::Csv);
        let forms: BTreeSet<Form> = files.iter().filter_map(|file| Form::of_name(&file.name)).collect();
        let of_others = forms.first().copied().unwrap_or(Form::Csv);
        for form in Form::ALL {
            let is_of = |file: &Found| match Form::of_name(&file.name) {
                Some(_) => form_of(&file.name) == *form,
                None => of_others == *form,
            };
            let (of_form, rest) = files.into_iter().partition(is_of);
            files = rest;
            self.add_units(of_form);
        }
    }

    fn add_units(&mut self, files: Vec<Found>) {
        let mut by_name: BTreeMap<String, Found> =
            files.into_iter().map(|file| (Form::Csv.name_of(&file.name), file)).collect();
        let named = by_name.keys().map(|name| SourceFile {
            folder: PathBuf::new(),
            name: name.clone(),
            bytes: Vec::new(),
        });
        // Which files make a unit is told by their names.
        let gathered = gather(named.collect::<Vec<_>>(), &CheckOptions::default());
        for unit in &gathered.units {
            let files: Vec<Found> =
                unit.files().iter().filter_map(|file| by_name.remove(file.name())).collect();
            self.tasks.push_back(Task::Unit(files));
        }
        self.tasks.extend(by_name.into_values().map(Task::Lone));
    }
}

impl Iterator for Walk {
    type Item = Result<Task>;

    fn next(&mut self) -> Option<Result<Task>> {
        loop {
            if let Some(task) = self.tasks.pop_front() {
                return Some(Ok(task));
            }
            if let Some((path, folder)) = self.archives.pop_front() {
                if let Err(error) = self.open(path, &folder) {
                    return Some(Ok(Task::Unusable(folder, error)));
                }
            } else {
                let (path, folder) = self.folders.pop()?;
                if let Err(error) = self.list(&path, &folder) {
                    return Some(Ok(Task::Unusable(folder, error)));
                }
            }
        }
    }
}

/// How many files a walk will find.
pub(super) fn count(root: &Path, left_out: &[&Path]) -> Result<u64> {
    let tasks = Walk::new(root, left_out)?;
    Ok(tasks.filter_map(Result::ok).map(|task| task.len() as u64).sum())
}

fn is_archive(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
}

fn found(path: PathBuf, folder: &Path, metadata: &std::fs::Metadata) -> Found {
    let changed = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Found {
        name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        folder: folder.to_owned(),
        size: metadata.len(),
        stamp: changed.map_or_else(|| "unknown".to_owned(), |time| time.as_nanos().to_string()),
        taken: false,
        source: Source::File(path),
    }
}
