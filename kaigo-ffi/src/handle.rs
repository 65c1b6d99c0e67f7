//! Opaque handles: what stands behind a pointer that C holds.

use std::cell::UnsafeCell;
use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::error::Fail;
use crate::status::{KAIGO_E_BUSY, KAIGO_E_HANDLE, KAIGO_E_MISALIGNED, KAIGO_E_NULL};

/// What can stand behind a handle.
pub(crate) trait Tagged {
    /// Tells the types of handles apart.
    const TAG: u32;
}

/// A handle: a tag that tells its type, who is using it, the views that were given out, and the value.
#[repr(C)]
pub struct Handle<T> {
    tag: AtomicU32,
    /// The call that uses the value: `NOBODY`, `READER` or `ALONE`.
    access: AtomicU32,
    /// How many calls read the value beside that one.
    others: AtomicU32,
    views: Views,
    value: UnsafeCell<T>,
}

/// No call uses the value, or only calls that are counted in `others`.
const NOBODY: u32 = 0;
/// A call reads the value.
const READER: u32 = 1;
/// A call changes the value.
const ALONE: u32 = 2;
/// The tag of what was freed.
const FREED: u32 = 0xDEAD_BEEF;

/// The key of a view: where the name of the call lies, and up to two numbers that it was asked for.
pub(crate) type ViewKey = [u64; 3];

/// Texts that were shown to C and must stay where they are until the handle is changed or freed.
#[derive(Default)]
pub(crate) struct Views {
    pub(crate) utf8: Mutex<BTreeMap<ViewKey, Box<str>>>,
    pub(crate) utf16: Mutex<BTreeMap<ViewKey, Box<[u16]>>>,
}

impl Views {
    fn clear(&self) {
        self.utf8.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.utf16.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// In debug builds every handle that lives, with its tag: a pointer is looked up before it is followed.
#[cfg(debug_assertions)]
static LIVE: std::sync::RwLock<BTreeMap<usize, u32>> = std::sync::RwLock::new(BTreeMap::new());

/// Puts a value behind a handle.
pub(crate) fn make<T: Tagged>(value: T) -> *mut Handle<T> {
    let handle = Box::into_raw(Box::new(Handle {
        tag: AtomicU32::new(T::TAG),
        access: AtomicU32::new(NOBODY),
        others: AtomicU32::new(0),
        views: Views::default(),
        value: UnsafeCell::new(value),
    }));
    #[cfg(debug_assertions)]
    LIVE.write().unwrap_or_else(PoisonError::into_inner).insert(handle as usize, T::TAG);
    handle
}

/// Follows a pointer, if it is a handle of the type.
///
/// # Safety
/// The pointer is NULL or a handle that was not freed. Debug builds refuse any other; release builds see only
/// what the tag still tells.
#[inline]
unsafe fn follow<'h, T: Tagged>(
    pointer: *const Handle<T>,
    name: &'static str,
) -> Result<&'h Handle<T>, Fail> {
    if pointer.is_null() {
        return Err(Fail::argument(KAIGO_E_NULL, name));
    }
    if !pointer.is_aligned() {
        return Err(Fail::argument(KAIGO_E_MISALIGNED, name));
    }
    #[cfg(debug_assertions)]
    if LIVE.read().unwrap_or_else(PoisonError::into_inner).get(&(pointer as usize)) != Some(&T::TAG) {
        return Err(Fail::argument(KAIGO_E_HANDLE, name));
    }
    // SAFETY: not NULL, aligned, and a handle by the caller's word (debug builds: by the registry). Every type of
    // handle begins with its tag; the rest is touched only when that is the right one.
    unsafe {
        if (*pointer.cast::<AtomicU32>()).load(Ordering::Relaxed) != T::TAG {
            return Err(Fail::argument(KAIGO_E_HANDLE, name));
        }
        Ok(&*pointer)
    }
}

/// A value in use by a call that reads it; whether beside another that does.
pub(crate) struct Shared<'h, T>(&'h Handle<T>, bool);

/// A value in use by a call that changes it.
pub(crate) struct Alone<'h, T>(&'h Handle<T>);

/// The value behind a handle, to read.
///
/// # Safety
/// As [`follow`].
#[inline]
pub(crate) unsafe fn shared<'h, T: Tagged>(
    pointer: *const Handle<T>,
    name: &'static str,
) -> Result<Shared<'h, T>, Fail> {
    // SAFETY: passed on.
    let handle = unsafe { follow(pointer, name)? };
    // One locked instruction a call where one thread reads, for these cost more than all else that a call does.
    match handle.access.compare_exchange(NOBODY, READER, Ordering::SeqCst, Ordering::Relaxed) {
        Ok(_) => Ok(Shared(handle, false)),
        Err(_) => handle.join(name),
    }
}

/// The value behind a handle that may be NULL, to read.
///
/// # Safety
/// As [`follow`].
pub(crate) unsafe fn shared_or_null<'h, T: Tagged>(
    pointer: *const Handle<T>,
    name: &'static str,
) -> Result<Option<Shared<'h, T>>, Fail> {
    if pointer.is_null() {
        return Ok(None);
    }
    // SAFETY: passed on.
    unsafe { shared(pointer, name) }.map(Some)
}

/// The value behind a handle, to change. Ends every view of it.
///
/// # Safety
/// As [`follow`].
pub(crate) unsafe fn alone<'h, T: Tagged>(
    pointer: *mut Handle<T>,
    name: &'static str,
) -> Result<Alone<'h, T>, Fail> {
    // SAFETY: passed on.
    let handle = unsafe { follow(pointer.cast_const(), name)? };
    if handle.access.compare_exchange(NOBODY, ALONE, Ordering::SeqCst, Ordering::Relaxed).is_err() {
        return Err(Fail::argument(KAIGO_E_BUSY, name));
    }
    if handle.others.load(Ordering::SeqCst) != 0 {
        handle.access.store(NOBODY, Ordering::Release);
        return Err(Fail::argument(KAIGO_E_BUSY, name));
    }
    handle.views.clear();
    Ok(Alone(handle))
}

/// Frees a handle; NULL is allowed.
///
/// # Safety
/// As [`follow`].
pub(crate) unsafe fn free<T: Tagged>(pointer: *mut Handle<T>) -> Result<(), Fail> {
    if pointer.is_null() {
        return Ok(());
    }
    // SAFETY: passed on. Being alone with the value, nobody else uses it, and the guard is forgotten because what
    // it guards goes.
    unsafe {
        std::mem::forget(alone(pointer, "handle")?);
        #[cfg(debug_assertions)]
        if LIVE.write().unwrap_or_else(PoisonError::into_inner).remove(&(pointer as usize)).is_none() {
            return Err(Fail::argument(KAIGO_E_HANDLE, "handle"));
        }
        (*pointer).tag.store(FREED, Ordering::Relaxed);
        drop(Box::from_raw(pointer));
    }
    Ok(())
}

impl<T> Handle<T> {
    /// Reads beside another call that reads. In one order of all: either a call that changes the value sees that this one
    /// is counted, or this one sees it.
    #[cold]
    fn join(&self, name: &'static str) -> Result<Shared<'_, T>, Fail> {
        self.others.fetch_add(1, Ordering::SeqCst);
        if self.access.load(Ordering::SeqCst) == ALONE {
            self.others.fetch_sub(1, Ordering::Release);
            return Err(Fail::argument(KAIGO_E_BUSY, name));
        }
        Ok(Shared(self, true))
    }
}

impl<T> Shared<'_, T> {
    /// The views of the value.
    pub(crate) fn views(&self) -> &Views {
        &self.0.views
    }
}

impl<T> Deref for Shared<'_, T> {
    type Target = T;
    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: while `access` or `others` tells of this guard, no `Alone` is made.
        unsafe { &*self.0.value.get() }
    }
}

impl<T> Drop for Shared<'_, T> {
    #[inline]
    fn drop(&mut self) {
        if self.1 {
            self.0.others.fetch_sub(1, Ordering::Release);
        } else {
            // Nobody else changes it from `READER`.
            self.0.access.store(NOBODY, Ordering::Release);
        }
    }
}

impl<T> Deref for Alone<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        // SAFETY: while `access` is `ALONE`, no other guard is made.
        unsafe { &*self.0.value.get() }
    }
}

impl<T> DerefMut for Alone<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as for `deref`; this guard is borrowed mutably.
        unsafe { &mut *self.0.value.get() }
    }
}

impl<T> Drop for Alone<'_, T> {
    fn drop(&mut self) {
        self.0.access.store(NOBODY, Ordering::Release);
    }
}
