//! Pointers of the caller into values and places; each conversion refuses what can be seen to be wrong.

use std::borrow::Cow;
use std::ffi::c_char;
use std::sync::{OnceLock, PoisonError};

use zeroize::Zeroizing;

use crate::error::Fail;
use crate::handle::{Handle, Tagged, ViewKey, Views, make};
use crate::status::{
    KAIGO_E_BUFFER, KAIGO_E_LENGTH, KAIGO_E_MISALIGNED, KAIGO_E_NULL, KAIGO_E_OPTIONS, KAIGO_E_TEXT,
};
use crate::value::{Shown, ShownRow};

/// Refuses NULL and wrong alignment.
pub(crate) fn check<T>(pointer: *const T, name: &'static str) -> Result<(), Fail> {
    if pointer.is_null() {
        Err(Fail::argument(KAIGO_E_NULL, name))
    } else if !pointer.is_aligned() {
        Err(Fail::argument(KAIGO_E_MISALIGNED, name))
    } else {
        Ok(())
    }
}

/// Refuses a range that no object of the machine can have.
fn check_length<T>(pointer: *const T, length: usize, name: &'static str) -> Result<(), Fail> {
    let bytes = length.checked_mul(size_of::<T>()).filter(|bytes| isize::try_from(*bytes).is_ok());
    match bytes.and_then(|bytes| pointer.addr().checked_add(bytes)) {
        Some(_) => Ok(()),
        None => Err(Fail::argument(KAIGO_E_LENGTH, name)),
    }
}

/// An index; one that no memory can hold names nothing.
pub(crate) fn at(index: u64) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}

/// The elements at a pointer; NULL is allowed where there are none.
///
/// # Safety
/// So many elements lie there for as long as the call lasts, and nobody writes to them.
pub(crate) unsafe fn slice<'a, T>(
    pointer: *const T,
    length: usize,
    name: &'static str,
) -> Result<&'a [T], Fail> {
    if length == 0 {
        return Ok(&[]);
    }
    check(pointer, name)?;
    check_length(pointer, length, name)?;
    // SAFETY: not NULL, aligned, of a length that can be; the rest is the caller's word.
    Ok(unsafe { std::slice::from_raw_parts(pointer, length) })
}

/// The longest text that is taken as one argument, in units: far beyond any name, path or field.
const MAX_TEXT: usize = 1 << 28;

/// A text argument.
///
/// # Safety
/// As [`slice`].
pub(crate) unsafe fn text<'a, C: Unit + 'a>(
    pointer: *const C,
    length: usize,
    name: &'static str,
) -> Result<Cow<'a, str>, Fail> {
    if length > MAX_TEXT {
        return Err(Fail::argument(KAIGO_E_LENGTH, name));
    }
    // SAFETY: passed on.
    C::read(unsafe { slice(pointer, length, name)? }).ok_or_else(|| Fail::argument(KAIGO_E_TEXT, name))
}

/// A text argument that is wiped after the call. The caller's own copy is his to wipe.
///
/// # Safety
/// As [`slice`].
pub(crate) unsafe fn secret<C: Unit>(
    pointer: *const C,
    length: usize,
    name: &'static str,
) -> Result<Zeroizing<String>, Fail> {
    if length > MAX_TEXT {
        return Err(Fail::argument(KAIGO_E_LENGTH, name));
    }
    // SAFETY: passed on.
    let units = unsafe { slice(pointer, length, name)? };
    // As large as it will ever be: growing would leave a copy behind.
    let mut text = Zeroizing::new(String::with_capacity(units.len().saturating_mul(C::MAX_BYTES)));
    if C::read_into(units, &mut text) { Ok(text) } else { Err(Fail::argument(KAIGO_E_TEXT, name)) }
}

/// As many text arguments as there may be at once: fields of a record, paths of a scan.
const MAX_TEXTS: usize = 1 << 20;

/// Many text arguments.
///
/// # Safety
/// As [`slice`], for the pointers, the lengths and each text.
pub(crate) unsafe fn texts<'a, C: Unit + 'a>(
    pointers: *const *const C,
    lengths: *const usize,
    count: usize,
    name: &'static str,
) -> Result<Vec<Cow<'a, str>>, Fail> {
    if count > MAX_TEXTS {
        return Err(Fail::argument(KAIGO_E_LENGTH, name));
    }
    // SAFETY: passed on.
    unsafe {
        let (pointers, lengths) = (slice(pointers, count, name)?, slice(lengths, count, name)?);
        pointers.iter().zip(lengths).map(|(pointer, length)| text(*pointer, *length, name)).collect()
    }
}

/// A code unit of text: `char` for UTF-8, `uint16_t` for UTF-16.
pub(crate) trait Unit: Sized {
    /// The text of units; `None` when they are none.
    fn read(units: &[Self]) -> Option<Cow<'_, str>>;

    /// How many bytes of UTF-8 a unit can become.
    const MAX_BYTES: usize;

    /// Appends the text of units; whether they are one.
    fn read_into(units: &[Self], text: &mut String) -> bool;

    /// How many units the text has.
    fn count(text: &str) -> usize;

    /// Copies the text, all of its units, to a place that has room for them.
    ///
    /// # Safety
    /// There is room for [`count`](Self::count) units.
    unsafe fn write(text: &str, to: *mut Self);

    /// The units of texts that lie one behind the other in UTF-8, ending where `ends` says; which then says where they end
    /// in units.
    fn of_utf8(texts: Vec<u8>, ends: &mut [u32]) -> Vec<Self>;

    /// The place for the texts of a row in such units.
    fn of_row(row: &ShownRow) -> &OnceLock<Box<Shown<Self>>>;

    /// Where the text stays for as long as the views do, and its length.
    fn keep(views: &Views, key: ViewKey, text: Cow<'_, str>) -> (*const Self, usize);
}

impl Unit for c_char {
    fn read(units: &[Self]) -> Option<Cow<'_, str>> {
        // SAFETY: `char` is a byte with or without a sign; any of its values is one of `u8`.
        let bytes = unsafe { std::slice::from_raw_parts(units.as_ptr().cast::<u8>(), units.len()) };
        std::str::from_utf8(bytes).ok().map(Cow::Borrowed)
    }

    const MAX_BYTES: usize = 1;

    fn read_into(units: &[Self], text: &mut String) -> bool {
        Self::read(units).map(|found| text.push_str(&found)).is_some()
    }

    #[inline]
    fn count(text: &str) -> usize {
        text.len()
    }

    #[inline]
    unsafe fn write(text: &str, to: *mut Self) {
        // SAFETY: the caller has room for the bytes; a text of ours and a buffer of C do not overlap.
        unsafe { std::ptr::copy_nonoverlapping(text.as_ptr(), to.cast(), text.len()) };
    }

    fn of_utf8(texts: Vec<u8>, _ends: &mut [u32]) -> Vec<Self> {
        texts.into_iter().map(|byte| byte as Self).collect()
    }

    #[inline]
    fn of_row(row: &ShownRow) -> &OnceLock<Box<Shown<Self>>> {
        &row.utf8
    }

    fn keep(views: &Views, key: ViewKey, text: Cow<'_, str>) -> (*const Self, usize) {
        match text {
            // It lies in the value itself, or in the program.
            Cow::Borrowed(text) => (text.as_ptr().cast(), text.len()),
            Cow::Owned(text) => {
                let mut kept = views.utf8.lock().unwrap_or_else(PoisonError::into_inner);
                let text = kept.entry(key).or_insert_with(|| text.into());
                (text.as_ptr().cast(), text.len())
            }
        }
    }
}

impl Unit for u16 {
    fn read(units: &[Self]) -> Option<Cow<'_, str>> {
        String::from_utf16(units).ok().map(Cow::Owned)
    }

    const MAX_BYTES: usize = 3;

    fn read_into(units: &[Self], text: &mut String) -> bool {
        char::decode_utf16(units.iter().copied()).all(|found| found.map(|found| text.push(found)).is_ok())
    }

    fn count(text: &str) -> usize {
        text.encode_utf16().count()
    }

    unsafe fn write(text: &str, to: *mut Self) {
        for (index, unit) in text.encode_utf16().enumerate() {
            // SAFETY: the caller has room for every unit.
            unsafe { to.add(index).write(unit) };
        }
    }

    fn of_utf8(texts: Vec<u8>, ends: &mut [u32]) -> Vec<Self> {
        let (mut units, mut start) = (Vec::with_capacity(texts.len()), 0);
        for end in ends {
            let text = texts.get(start..*end as usize).and_then(|text| std::str::from_utf8(text).ok());
            units.extend(text.unwrap_or_default().encode_utf16());
            start = *end as usize;
            *end = u32::try_from(units.len()).unwrap_or(u32::MAX);
        }
        units
    }

    #[inline]
    fn of_row(row: &ShownRow) -> &OnceLock<Box<Shown<Self>>> {
        &row.utf16
    }

    fn keep(views: &Views, key: ViewKey, text: Cow<'_, str>) -> (*const Self, usize) {
        let mut kept = views.utf16.lock().unwrap_or_else(PoisonError::into_inner);
        let text = kept.entry(key).or_insert_with(|| text.encode_utf16().collect());
        (text.as_ptr(), text.len())
    }
}

/// A struct of the caller that begins with its size in 32 bits.
///
/// # Safety
/// `repr(C)`, begins with `struct_size: u32`, and zero bytes are a value of it.
pub(crate) unsafe trait Sized32: std::marker::Copy {}

/// The largest `struct_size` that is looked at.
const MAX_STRUCT: usize = 1 << 12;

/// The size that a caller's struct says. One that is smaller than ours could end in the midst of a pointer, so it is
/// refused; a struct that grows will take the sizes that it had.
///
/// # Safety
/// The pointer is NULL, or a `struct_size` stands there.
unsafe fn struct_size<T: Sized32>(pointer: *const T, name: &'static str) -> Result<usize, Fail> {
    check(pointer, name)?;
    // SAFETY: not NULL and aligned; every such struct begins with its size.
    let size = unsafe { pointer.cast::<u32>().read() } as usize;
    if (size_of::<T>()..=MAX_STRUCT).contains(&size) {
        Ok(size)
    } else {
        Err(Fail::argument(KAIGO_E_OPTIONS, name))
    }
}

/// Options of the caller; NULL is the default, which is zero everywhere. A struct of a newer header is taken as long as
/// what this library does not know is zero.
///
/// # Safety
/// The pointer is NULL, or `struct_size` bytes lie there.
pub(crate) unsafe fn options<T: Sized32>(pointer: *const T, name: &'static str) -> Result<T, Fail> {
    if pointer.is_null() {
        // SAFETY: zero bytes are a value.
        return Ok(unsafe { std::mem::zeroed() });
    }
    // SAFETY: so many bytes lie there by the caller's word, and at least as many as the struct has.
    unsafe {
        let size = struct_size(pointer, name)?;
        let own = size_of::<T>();
        if slice(pointer.cast::<u8>().add(own), size - own, name)?.iter().any(|byte| *byte != 0) {
            return Err(Fail::argument(KAIGO_E_OPTIONS, name));
        }
        Ok(pointer.read())
    }
}

/// A place for a number.
pub(crate) struct Out<T>(*mut T);

impl<T: Default> Out<T> {
    /// # Safety
    /// The pointer is NULL, or a number may be written there.
    pub(crate) unsafe fn new(place: *mut T, name: &'static str) -> Result<Self, Fail> {
        check(place, name)?;
        let out = Self(place);
        out.write(T::default());
        Ok(out)
    }

    fn write(&self, value: T) {
        // SAFETY: checked when it was made; the caller's place for as long as the call lasts.
        unsafe { self.0.write(value) };
    }

    /// Puts the number.
    pub(crate) fn set(self, value: T) -> Result<(), Fail> {
        self.write(value);
        Ok(())
    }
}

/// A place for a new handle; `None` where the caller does not want it.
pub(crate) struct New<T>(Option<*mut *mut Handle<T>>);

impl<T: Tagged> New<T> {
    /// # Safety
    /// The pointer is NULL, or a handle may be written there.
    pub(crate) unsafe fn required(place: *mut *mut Handle<T>, name: &'static str) -> Result<Self, Fail> {
        check(place, name)?;
        // SAFETY: not NULL and aligned; the caller's place.
        unsafe { place.write(std::ptr::null_mut()) };
        Ok(Self(Some(place)))
    }

    /// # Safety
    /// As [`required`](Self::required).
    pub(crate) unsafe fn optional(place: *mut *mut Handle<T>, name: &'static str) -> Result<Self, Fail> {
        if place.is_null() {
            return Ok(Self(None));
        }
        // SAFETY: passed on.
        unsafe { Self::required(place, name) }
    }

    /// Puts a new handle.
    pub(crate) fn give(self, value: T) -> Result<(), Fail> {
        if let Some(place) = self.0 {
            // SAFETY: checked when it was made; the caller's place for as long as the call lasts.
            unsafe { place.write(make(value)) };
        }
        Ok(())
    }
}

/// A place for a struct.
pub(crate) struct Fill<T>(*mut T);

impl<T: Sized32> Fill<T> {
    /// # Safety
    /// The pointer is NULL, or `struct_size` bytes may be written there.
    pub(crate) unsafe fn new(place: *mut T, name: &'static str) -> Result<Self, Fail> {
        // SAFETY: passed on.
        unsafe { struct_size(place.cast_const(), name)? };
        Ok(Self(place))
    }

    /// Puts the struct; its `struct_size` stays the caller's.
    pub(crate) fn set(self, value: T) -> Result<(), Fail> {
        let head = size_of::<u32>();
        // SAFETY: the caller's struct is at least as long as ours.
        unsafe {
            let from = (&raw const value).cast::<u8>().add(head);
            std::ptr::copy_nonoverlapping(from, self.0.cast::<u8>().add(head), size_of::<T>() - head);
        }
        Ok(())
    }
}

/// Places for structs, one behind the other, as far apart as the size that the first one says.
pub(crate) struct FillAll<T> {
    first: *mut T,
    size: usize,
    count: usize,
}

impl<T: Sized32> FillAll<T> {
    /// # Safety
    /// The pointer is NULL, or `count` times the `struct_size` of the first may be written there.
    pub(crate) unsafe fn new(first: *mut T, count: usize, name: &'static str) -> Result<Self, Fail> {
        // SAFETY: passed on.
        let size = unsafe { struct_size(first.cast_const(), name)? };
        if !size.is_multiple_of(align_of::<T>()) {
            return Err(Fail::argument(KAIGO_E_OPTIONS, name));
        }
        let bytes = count.checked_mul(size).ok_or_else(|| Fail::argument(KAIGO_E_LENGTH, name))?;
        check_length(first.cast::<u8>(), bytes, name)?;
        Ok(Self { first, size, count })
    }

    /// How many places there are.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Puts the struct at an index, if there is such a place; its `struct_size` becomes that of the first.
    pub(crate) fn set(&self, index: usize, value: T) {
        if index < self.count {
            // SAFETY: within the range that was checked; the size keeps every place aligned, and is at least ours.
            unsafe {
                let place = self.first.cast::<u8>().add(index * self.size);
                place.cast::<T>().write(value);
                place.cast::<u32>().write(self.size as u32);
            }
        }
    }
}

/// A place for a borrowed view.
pub(crate) struct View<T>(*mut *const T, *mut usize);

impl<T> View<T> {
    /// # Safety
    /// The pointers are NULL, or a pointer and a length may be written there.
    pub(crate) unsafe fn new(
        place: *mut *const T,
        length: *mut usize,
        name: &'static str,
    ) -> Result<Self, Fail> {
        check(place, name)?;
        check(length, name)?;
        let view = Self(place, length);
        view.write(std::ptr::null(), 0);
        Ok(view)
    }

    fn write(&self, start: *const T, length: usize) {
        // SAFETY: checked when it was made; the caller's places for as long as the call lasts.
        unsafe {
            self.0.write(start);
            self.1.write(length);
        }
    }

    /// Puts a view of what lies in a handle's value.
    pub(crate) fn elements(self, elements: &[T]) -> Result<(), Fail> {
        self.write(elements.as_ptr(), elements.len());
        Ok(())
    }
}

impl<C: Unit> View<C> {
    /// Puts a view of a text, which is kept with the handle where it does not lie in its value.
    pub(crate) fn show(self, views: &Views, key: ViewKey, text: Cow<'_, str>) -> Result<(), Fail> {
        let (start, length) = C::keep(views, key, text);
        self.write(start, length);
        Ok(())
    }
}

/// A place to copy a text to.
pub(crate) struct Copy<C>(*mut C, usize, *mut usize);

impl<C: Unit> Copy<C> {
    /// # Safety
    /// The buffer is NULL, or so many units may be written there; a length may be written at `needed`.
    pub(crate) unsafe fn new(
        buffer: *mut C,
        capacity: usize,
        needed: *mut usize,
        name: &'static str,
    ) -> Result<Self, Fail> {
        check(needed, "needed")?;
        // SAFETY: not NULL and aligned; the caller's place.
        unsafe { needed.write(0) };
        if capacity > 0 {
            check(buffer, name)?;
            check_length(buffer, capacity, name)?;
        }
        Ok(Self(buffer, capacity, needed))
    }

    /// Whether there is room for so many units.
    pub(crate) fn has_room(&self, units: usize) -> bool {
        self.1 >= units
    }

    /// Copies the text, or says only how long it is where the caller asks that: with no room at all.
    #[inline]
    pub(crate) fn text(self, text: &str) -> Result<(), Fail> {
        let count = C::count(text);
        // SAFETY: `needed` was checked when this was made; the buffer has room for `capacity` units.
        unsafe {
            self.2.write(count);
            if count <= self.1 {
                C::write(text, self.0);
                Ok(())
            } else if self.1 == 0 {
                Ok(())
            } else {
                Err(Fail::argument(KAIGO_E_BUFFER, "buffer"))
            }
        }
    }
}
