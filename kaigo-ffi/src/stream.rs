//! Streams of batches in places of the caller's: the Arrow C stream interface.

use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use kaigo_core::format::arrow::{TableError, TableFault};

use crate::argument::check;
use crate::error::Fail;
use crate::status::KAIGO_E_KIND;

/// A place for a stream.
pub(crate) struct Give(*mut FFI_ArrowArrayStream);

impl Give {
    /// # Safety
    /// The pointer is NULL, or a stream may be written there.
    pub(crate) unsafe fn new(place: *mut FFI_ArrowArrayStream, name: &'static str) -> Result<Self, Fail> {
        check(place, name)?;
        // SAFETY: not NULL and aligned; the caller's place. What was there is not dropped: it may be anything.
        unsafe { place.write(FFI_ArrowArrayStream::empty()) };
        Ok(Self(place))
    }

    /// Puts a stream of the batches.
    pub(crate) fn give(self, batches: impl RecordBatchReader + Send + 'static) -> Result<(), Fail> {
        let stream = FFI_ArrowArrayStream::new(Box::new(Guarded { batches, ended: false }));
        // SAFETY: checked when it was made; the caller's place for as long as the call lasts.
        unsafe { self.0.write(stream) };
        Ok(())
    }
}

/// A stream that is the call's from now on, and is released with this.
pub(crate) struct Take(FFI_ArrowArrayStream);

impl Take {
    /// # Safety
    /// The pointer is NULL, or a stream lies there, which works as its interface says.
    pub(crate) unsafe fn new(place: *mut FFI_ArrowArrayStream, name: &'static str) -> Result<Self, Fail> {
        check(place, name)?;
        // SAFETY: not NULL and aligned, and a stream by the caller's word.
        let stream = unsafe { FFI_ArrowArrayStream::from_raw(place) };
        if stream.release().is_none() || stream.get_schema().is_none() || stream.get_next().is_none() {
            return Err(Fail::argument(KAIGO_E_KIND, name));
        }
        Ok(Self(stream))
    }

    /// Its batches.
    pub(crate) fn open(self) -> Result<RecordBatchStreamReader, Fail> {
        RecordBatchStreamReader::try_new(self.0).map_err(|_| {
            let error = TableError { fault: TableFault::Stream, column: String::new(), row: None };
            kaigo_core::Error::from(kaigo_core::ErrorKind::from(error)).into()
        })
    }
}

/// Batches whose panics become errors: C calls a stream directly, and not through a call of the tables.
struct Guarded<R> {
    batches: R,
    ended: bool,
}

impl<R: RecordBatchReader> Iterator for Guarded<R> {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        catch_unwind(AssertUnwindSafe(|| self.batches.next())).unwrap_or_else(|payload| {
            self.ended = true;
            // As for the doorway.
            std::mem::forget(payload);
            Some(Err(ArrowError::ExternalError("an internal error".into())))
        })
    }
}

impl<R: RecordBatchReader> RecordBatchReader for Guarded<R> {
    fn schema(&self) -> SchemaRef {
        self.batches.schema()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_schema::Schema;

    use super::*;

    struct Panicking;

    impl Iterator for Panicking {
        type Item = Result<RecordBatch, ArrowError>;

        fn next(&mut self) -> Option<Self::Item> {
            panic!("for the test")
        }
    }

    impl RecordBatchReader for Panicking {
        fn schema(&self) -> SchemaRef {
            Arc::new(Schema::empty())
        }
    }

    #[test]
    fn a_panic_is_an_error_of_the_stream_and_its_end() {
        let mut place = FFI_ArrowArrayStream::empty();
        // SAFETY: a place of our own, and the stream that was put there.
        let mut batches = unsafe {
            assert!(Give::new(&mut place, "stream").and_then(|give| give.give(Panicking)).is_ok());
            Take::new(&mut place, "stream").and_then(Take::open).unwrap_or_else(|_| unreachable!())
        };
        assert!(batches.next().is_some_and(|batch| batch.is_err()));
        assert!(batches.next().is_none());
    }
}
