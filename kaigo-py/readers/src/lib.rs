//! Card readers over PC/SC, as a Python module of its own: it is linked with the system's PC/SC library, which not every
//! machine has, so `kaigo.card` loads it when readers are asked for. Its channels are handed to `kaigo.card.Card`.
#![deny(unsafe_code)]

#[path = "../../src/doorway.rs"]
mod doorway;
mod error;

use pyo3::prelude::*;

#[pymodule(gil_used = false)]
mod _kaigo_readers {
    use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
    use std::time::Duration;

    use kaigo_core::card::{
        CardChannel, CardError, PcscChannel, Reader as CoreReader, ReaderEvent as CoreEvent,
        Readers as CoreReaders, Watch,
    };
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;
    use pyo3::pybacked::PyBackedBytes;
    use pyo3::types::PyBytes;

    use crate::doorway;
    use crate::error::raise;

    fn seconds(wait: f64) -> PyResult<Duration> {
        Duration::try_from_secs_f64(wait).map_err(|_| PyValueError::new_err("wait is a number of seconds"))
    }

    fn lock<T>(thing: &Mutex<T>) -> MutexGuard<'_, T> {
        thing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A card reader, as it was when it was listed.
    #[pyclass(frozen, module = "kaigo.card")]
    struct Reader(CoreReader);

    #[pymethods]
    impl Reader {
        /// Its name, as the operating system has it.
        #[getter]
        fn name(&self) -> &str {
            &self.0.name
        }

        /// Whether there is a card on it, of whatever kind.
        #[getter]
        fn card_present(&self) -> bool {
            self.0.card_present
        }

        /// Whether a program holds its card.
        #[getter]
        fn in_use(&self) -> bool {
            self.0.in_use
        }

        fn __repr__(&self) -> String {
            format!("<Reader {}>", self.0.name)
        }
    }

    /// Something happened at a reader.
    #[pyclass(frozen, module = "kaigo.card")]
    struct ReaderEvent(CoreEvent);

    #[pymethods]
    impl ReaderEvent {
        /// ``"reader_added"``, ``"reader_removed"``, ``"card_inserted"`` or ``"card_removed"``.
        #[getter]
        fn kind(&self) -> &'static str {
            self.0.name()
        }

        /// The name of the reader.
        #[getter]
        fn reader(&self) -> &str {
            self.0.reader()
        }

        fn __repr__(&self) -> String {
            format!("<ReaderEvent {} {}>", self.kind(), self.reader())
        }
    }

    /// The card readers of the computer, over PC/SC.
    #[pyclass(frozen, module = "kaigo.card")]
    struct Readers(CoreReaders);

    #[pymethods]
    impl Readers {
        #[new]
        fn new() -> Self {
            Self(CoreReaders::new())
        }

        /// The readers that are connected; none is no failure.
        fn list(&self, py: Python<'_>) -> PyResult<Vec<Reader>> {
            let readers = self.0.clone();
            let list = doorway::run(py, move || readers.list().map_err(raise))?;
            Ok(list.into_iter().map(Reader).collect())
        }

        /// Waits until there is an Individual Number Card on a reader, and takes it exclusively: for ``Card.open``, and let
        /// go of with the card. ``reader`` restricts the search to readers whose name has this text in it; ``wait`` is in
        /// seconds, and with 0 one look is taken. What stood in the way then raises ``CardError``: ``card.no-service``,
        /// ``card.no-reader``, ``card.no-card``, ``card.not-this-card``, ``card.in-use`` and others.
        #[pyo3(signature = (reader=None, *, wait=0.0))]
        fn find(&self, py: Python<'_>, reader: Option<String>, wait: f64) -> PyResult<ReaderChannel> {
            let (readers, wait) = (self.0.clone(), seconds(wait)?);
            let found = doorway::run(py, move || readers.find(reader.as_deref(), wait).map_err(raise));
            let channel = found.inspect_err(|error| end_the_wait(&self.0, py, error))?;
            Ok(ReaderChannel { reader: channel.reader().to_owned(), channel: Mutex::new(Some(channel)) })
        }

        /// What happens at the readers from now on. Readers and cards that are there already are told first.
        fn watch(&self) -> ReaderWatch {
            ReaderWatch { readers: self.0.clone(), watch: Arc::new(Mutex::new(self.0.watch())) }
        }

        /// Ends a wait that goes on in another thread with the code ``card.cancelled``; or the next one, when none goes on.
        fn cancel(&self) {
            self.0.cancel();
        }

        fn __repr__(&self) -> &'static str {
            "<Readers>"
        }
    }

    /// After Ctrl-C nobody waits any more for what the thread behind it waits for.
    fn end_the_wait(readers: &CoreReaders, py: Python<'_>, error: &PyErr) {
        if !error.is_instance_of::<pyo3::exceptions::PyException>(py) {
            readers.cancel();
        }
    }

    /// Events of readers, in their order.
    #[pyclass(frozen, module = "kaigo.card")]
    struct ReaderWatch {
        readers: CoreReaders,
        watch: Arc<Mutex<Watch>>,
    }

    #[pymethods]
    impl ReaderWatch {
        /// The next event, waited for as many seconds; ``None`` when none came.
        #[pyo3(signature = (*, wait=0.0))]
        fn next(&self, py: Python<'_>, wait: f64) -> PyResult<Option<ReaderEvent>> {
            let (watch, wait) = (self.watch.clone(), seconds(wait)?);
            let next = doorway::run(py, move || lock(&watch).next(wait).map_err(raise));
            Ok(next.inspect_err(|error| end_the_wait(&self.readers, py, error))?.map(ReaderEvent))
        }

        fn __repr__(&self) -> &'static str {
            "<ReaderWatch>"
        }
    }

    /// A card in a reader, held exclusively. It is let go of with the last reference, or by ``close``.
    #[pyclass(frozen, module = "kaigo.card")]
    struct ReaderChannel {
        reader: String,
        channel: Mutex<Option<PcscChannel>>,
    }

    #[pymethods]
    impl ReaderChannel {
        /// The name of the reader.
        #[getter]
        fn reader(&self) -> &str {
            &self.reader
        }

        /// Sends a command APDU; returns the whole answer.
        fn transmit<'py>(&self, py: Python<'py>, command: PyBackedBytes) -> PyResult<Bound<'py, PyBytes>> {
            let answer = py.detach(|| match lock(&self.channel).as_mut() {
                Some(channel) => channel.transmit(&command).map_err(CardError::from),
                None => Err(CardError::Removed),
            });
            Ok(PyBytes::new(py, &answer.map_err(raise)?))
        }

        /// Takes the power from the card.
        fn power_down(&self, py: Python<'_>) {
            py.detach(|| {
                if let Some(channel) = lock(&self.channel).as_mut() {
                    channel.power_down();
                }
            });
        }

        /// Lets the card go: other programs get the reader back.
        fn close(&self, py: Python<'_>) {
            py.detach(|| drop(lock(&self.channel).take()));
        }

        fn __repr__(&self) -> String {
            format!("<ReaderChannel {}>", self.reader)
        }
    }
}
