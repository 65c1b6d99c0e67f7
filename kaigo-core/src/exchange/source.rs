//! Where files come from and go to: directories, ZIP archives, memory; written whole or not at all.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Component, Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};
use crate::progress::Watch;

/// A file as it was found.
#[derive(Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The folder that it lay in, from the source's root; files of one unit lie in one folder.
    pub folder: PathBuf,
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for SourceFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} bytes)", self.name, self.bytes.len())
    }
}

/// What a source may hold at most, so that a hostile archive cannot fill the memory.
#[derive(Debug, Clone, Copy)]
pub struct SourceLimits {
    /// Files.
    pub files: usize,
    /// Bytes of all files together, unpacked.
    pub bytes: u64,
}

impl Default for SourceLimits {
    /// 100,000 files and 4 GiB.
    fn default() -> Self {
        Self { files: 100_000, bytes: 4 << 30 }
    }
}

/// Reads a file, a ZIP archive (told by its name or its first bytes), or a directory with all below it; in the
/// order of paths. Hidden files are left out.
///
/// # Errors
/// When something cannot be read, an archive is damaged or encrypted, or the limits are passed.
pub fn read_source(path: &Path, limits: SourceLimits) -> Result<Vec<SourceFile>> {
    read_source_watched(path, limits, &Watch::default())
}

/// [`read_source`], watched: progress in bytes, of a total that is not known.
///
/// # Errors
/// As [`read_source`]; [`ErrorKind::Cancelled`].
pub fn read_source_watched(path: &Path, limits: SourceLimits, watch: &Watch) -> Result<Vec<SourceFile>> {
    let mut collected = Collected { files: Vec::new(), bytes: 0, limits, watch };
    let metadata = std::fs::metadata(path).map_err(|e| Error::io(path, e))?;
    if metadata.is_dir() {
        collected.read_dir(path, Path::new(""))?;
    } else {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let bytes = collected.read_file(path)?;
        if bytes.starts_with(b"PK\x03\x04") || name.to_ascii_lowercase().ends_with(".zip") {
            collected.bytes = 0;
            collected.read_zip(path, &bytes)?;
        } else {
            collected.push(PathBuf::new(), name, bytes)?;
        }
    }
    collected.files.sort_by(|a, b| (&a.folder, &a.name).cmp(&(&b.folder, &b.name)));
    Ok(collected.files)
}

struct Collected<'w> {
    files: Vec<SourceFile>,
    bytes: u64,
    limits: SourceLimits,
    watch: &'w Watch,
}

/// How many bytes are read between two tellings.
const PIECE: u64 = 1 << 20;

impl Collected<'_> {
    fn push(&mut self, folder: PathBuf, name: String, bytes: Vec<u8>) -> Result<()> {
        if self.files.len() >= self.limits.files {
            return Err(ErrorKind::TooLarge.into());
        }
        self.files.push(SourceFile { folder, name, bytes });
        Ok(())
    }

    /// Reads at most what the limit leaves.
    fn read_limited(
        &mut self,
        mut source: impl Read,
        failed: impl Fn(std::io::Error) -> Error,
    ) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        loop {
            if !self.watch.goes_on(self.bytes, None) {
                return Err(ErrorKind::Cancelled.into());
            }
            let left = self.limits.bytes.saturating_sub(self.bytes);
            let piece = source.by_ref().take(PIECE.min(left + 1)).read_to_end(&mut bytes).map_err(&failed)?;
            if piece as u64 > left {
                return Err(ErrorKind::TooLarge.into());
            }
            self.bytes += piece as u64;
            if piece == 0 {
                return Ok(bytes);
            }
        }
    }

    fn read_file(&mut self, path: &Path) -> Result<Vec<u8>> {
        let file = File::open(path).map_err(|e| Error::io(path, e))?;
        self.read_limited(file, |e| Error::io(path, e))
    }

    fn read_dir(&mut self, path: &Path, folder: &Path) -> Result<()> {
        let mut entries = std::fs::read_dir(path)
            .and_then(|entries| entries.collect::<std::io::Result<Vec<_>>>())
            .map_err(|e| Error::io(path, e))?;
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if name.starts_with('.') {
                continue;
            }
            // Links are not followed: a loop of them would never end.
            let kind = entry.file_type().map_err(|e| Error::io(&path, e))?;
            if kind.is_dir() {
                self.read_dir(&path, &folder.join(&name))?;
            } else if kind.is_file() {
                let bytes = self.read_file(&path)?;
                self.push(folder.to_owned(), name, bytes)?;
            }
        }
        Ok(())
    }

    fn read_zip(&mut self, path: &Path, bytes: &[u8]) -> Result<()> {
        let damaged = |source| ErrorKind::Zip { path: path.to_owned(), source };
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).map_err(damaged)?;
        for index in 0..archive.len() {
            let entry = archive.by_index(index).map_err(damaged)?;
            // To leave such an entry out would lose it in silence.
            let Some(inner) = entry.enclosed_name() else { return Err(ErrorKind::UnsafeName.into()) };
            let name = inner.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if entry.is_dir() || name.starts_with('.') {
                continue;
            }
            let folder = inner.parent().map(Path::to_owned).unwrap_or_default();
            let bytes = self.read_limited(entry, |e| damaged(e.into()).into())?;
            self.push(folder, name, bytes)?;
        }
        Ok(())
    }
}

/// A file that takes its own name later, with the permissions that any new file of this user has.
fn temporary_in(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".kaigo-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Writes a file whole: into a temporary file beside it, which then takes its name. A reader sees the old file or
/// the new one, and a failure leaves the old.
///
/// # Errors
/// When the file cannot be written.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let write = || -> std::io::Result<()> {
        let mut file = temporary_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|e| e.error)?;
        Ok(())
    };
    write().map_err(|e| Error::io(path, e))
}

/// Writes files into a folder, which is made when it is missing. All are written under temporary names first and
/// take their own only when every one is written; the folder never holds half a file. Where one cannot take its
/// name, those that are new are taken away again.
///
/// # Errors
/// When a name would leave the folder or stands twice (capital and small letters are the same to some systems), or
/// something cannot be written.
pub fn write_files<'f>(folder: &Path, files: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> Result<()> {
    write_files_watched(folder, files, &Watch::default())
}

/// [`write_files`], watched: progress in files. Nothing can be broken off once the files take their names.
///
/// # Errors
/// As [`write_files`]; [`ErrorKind::Cancelled`].
pub fn write_files_watched<'f>(
    folder: &Path,
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
    watch: &Watch,
) -> Result<()> {
    let files = with_plain_names(files)?;
    std::fs::create_dir_all(folder).map_err(|e| Error::io(folder, e))?;
    let mut written = Vec::new();
    let total = files.len() as u64;
    for (name, bytes) in files {
        if !watch.goes_on(written.len() as u64, Some(total)) {
            return Err(ErrorKind::Cancelled.into());
        }
        let path = folder.join(name);
        let write = || -> std::io::Result<tempfile::NamedTempFile> {
            if path.is_dir() {
                return Err(std::io::ErrorKind::IsADirectory.into());
            }
            let mut file = temporary_in(folder)?;
            file.write_all(bytes)?;
            file.as_file().sync_all()?;
            Ok(file)
        };
        let file = write().map_err(|e| Error::io(&path, e))?;
        written.push((path, file));
    }
    let mut new = Vec::new();
    for (path, file) in written {
        let stood = path.exists();
        if let Err(error) = file.persist(&path) {
            // The error that is told is the one that stopped the writing.
            new.iter().for_each(|path| drop(std::fs::remove_file(path)));
            return Err(Error::io(&path, error.error));
        }
        if !stood {
            new.push(path);
        }
    }
    Ok(())
}

/// Writes files as a ZIP archive, whole or not at all, and the same bytes for the same files.
///
/// # Errors
/// When a name would leave the archive's folder or stands twice, or the archive cannot be written.
pub fn write_files_as_zip<'f>(
    path: &Path,
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
) -> Result<()> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let failed = |source| ErrorKind::Zip { path: path.to_owned(), source };
    for (name, bytes) in with_plain_names(files)? {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).map_err(failed)?;
        archive.write_all(bytes).map_err(|e| failed(e.into()))?;
    }
    write_atomically(path, archive.finish().map_err(failed)?.get_ref())
}

/// The files, when each name is that of a file in the folder itself and stands once.
fn with_plain_names<'f>(
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
) -> Result<Vec<(&'f str, &'f [u8])>> {
    let files: Vec<(&str, &[u8])> = files.into_iter().collect();
    let mut names = BTreeSet::new();
    for (name, _) in &files {
        let mut components = Path::new(name).components();
        let plain = matches!(components.next(), Some(Component::Normal(_))) && components.next().is_none();
        if !plain || name.contains(['/', '\\']) || !names.insert(name.to_ascii_lowercase()) {
            return Err(ErrorKind::UnsafeName.into());
        }
    }
    Ok(files)
}
