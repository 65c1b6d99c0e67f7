//! Work on several threads whose results come in the order of the tasks.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, PoisonError};

/// How many tasks a thread may be ahead of the result that is waited for.
const AHEAD: usize = 4;

/// Does `work` for each task on so many threads, and hands the results to `each` in the order of the tasks, on the thread of
/// the call. Only so many tasks are under way that one that takes long does not let results pile up.
///
/// # Errors
/// The first of `each`, which ends the work.
pub(super) fn in_order<T: Send, R: Send, E>(
    mut tasks: impl Iterator<Item = T>,
    threads: usize,
    work: impl Fn(T) -> R + Sync,
    mut each: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    if threads < 2 {
        return tasks.try_for_each(|task| each(work(task)));
    }
    let (task_in, task_out) = channel::<(usize, T)>();
    let (result_in, result_out) = channel();
    let task_out = Mutex::new(task_out);
    // The lock is let go before the work begins.
    let take =
        |from: &Mutex<Receiver<(usize, T)>>| from.lock().unwrap_or_else(PoisonError::into_inner).recv();
    std::thread::scope(|scope| {
        // Whatever ends this, the threads see that no task comes any more.
        let task_in = task_in;
        let start = || {
            let (result_in, task_out, work) = (result_in.clone(), &task_out, &work);
            let thread = move || {
                while let Ok((index, task)) = take(task_out) {
                    let result = catch_unwind(AssertUnwindSafe(|| work(task)));
                    if result_in.send((index, result)).is_err() {
                        return;
                    }
                }
            };
            std::thread::Builder::new().spawn_scoped(scope, thread).is_ok()
        };
        let (mut given, mut told, mut started, mut waiting) = (0, 0, 0, BTreeMap::new());
        loop {
            while given - told < threads * AHEAD {
                let Some(task) = tasks.next() else { break };
                // No more threads than tasks. Where the system gives no more, those that there are do the work.
                if started < threads && start() {
                    started += 1;
                }
                if started == 0 {
                    let result = Ok(work(task));
                    waiting.insert(given, result);
                    given += 1;
                    break;
                }
                // The threads wait for tasks until this end of the channel is gone.
                let _ = task_in.send((given, task));
                given += 1;
            }
            if told == given {
                return Ok(());
            }
            if !waiting.contains_key(&told) {
                let Ok((index, result)) = result_out.recv() else { return Ok(()) };
                waiting.insert(index, result);
            }
            while let Some(result) = waiting.remove(&told) {
                told += 1;
                each(result.unwrap_or_else(|panic| resume_unwind(panic)))?;
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_an_error_ends_the_work() {
        for threads in [1, 2, 7] {
            let mut seen = Vec::new();
            let slow_first = |task: u64| {
                std::thread::sleep(std::time::Duration::from_millis(if task.is_multiple_of(5) {
                    3
                } else {
                    0
                }));
                task
            };
            let ended: Result<(), ()> = in_order(0..50, threads, slow_first, |task| {
                seen.push(task);
                Ok(())
            });
            assert_eq!((ended, seen), (Ok(()), (0..50).collect()));
            let ended =
                in_order(0.., threads, |task: u64| task, |task| if task < 20 { Ok(()) } else { Err(task) });
            assert_eq!(ended, Err(20));
        }
    }
}
