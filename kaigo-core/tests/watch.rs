//! Long work is told of, and broken off without leaving anything behind.

mod common;

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

use common::{fixtures, sample};
use kaigo_core::exchange::{CheckOptions, SourceLimits, Unit, read_source, read_source_watched};
use kaigo_core::{ErrorKind, Progress, Watch};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// A watch that breaks off at the n-th telling, and what it was told.
fn watch(most: usize) -> (Watch, Arc<Mutex<Vec<Progress>>>) {
    let told: Arc<Mutex<Vec<Progress>>> = Arc::default();
    let seen = told.clone();
    let watch = Watch::new(move |progress| {
        let Ok(mut seen) = seen.lock() else { return ControlFlow::Break(()) };
        seen.push(progress);
        if seen.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    (watch, told)
}

fn told(seen: &Mutex<Vec<Progress>>) -> Vec<(u64, Option<u64>)> {
    seen.lock().map(|seen| seen.iter().map(|at| (at.done, at.total)).collect()).unwrap_or_default()
}

#[test]
fn reading_a_folder_tells_bytes_and_can_be_broken_off() -> Outcome {
    let folder = fixtures().join("monthly");
    let bytes: u64 = sample("monthly").iter().map(|(_, bytes)| bytes.len() as u64).sum();
    let (watched, seen) = watch(usize::MAX);
    let files = read_source_watched(&folder, SourceLimits::default(), &watched)?;
    assert_eq!(files, read_source(&folder, SourceLimits::default())?);
    assert_eq!((told(&seen).first(), told(&seen).last()), (Some(&(0, None)), Some(&(bytes, None))));
    let (watched, _) = watch(2);
    let error = read_source_watched(&folder, SourceLimits::default(), &watched).err().ok_or("cancelled")?;
    assert!(matches!(error.kind(), ErrorKind::Cancelled) && error.code() == "cancelled");
    Ok(())
}

#[test]
fn checking_and_writing_tell_files_and_leave_nothing_when_broken_off() -> Outcome {
    let unit = Unit::new(sample("monthly")).ok_or("a unit")?;
    let options = CheckOptions::default();
    let (watched, seen) = watch(usize::MAX);
    let report = unit.check_watched(&options, &watched)?;
    assert_eq!(report.findings().len(), unit.check(&options).findings().len());
    assert_eq!(told(&seen), [(0, Some(3)), (1, Some(3)), (2, Some(3))]);
    assert!(unit.check_watched(&options, &watch(2).0).is_err());

    let folder = tempfile::tempdir()?;
    assert!(unit.write_to_watched(folder.path(), &watch(3).0).is_err());
    assert_eq!(std::fs::read_dir(folder.path())?.count(), 0);
    unit.write_to_watched(folder.path(), &watch(4).0)?;
    assert_eq!(std::fs::read_dir(folder.path())?.count(), 3);
    Ok(())
}
