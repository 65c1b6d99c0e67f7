//! Reading allocates per file, never per row, and a stream of any length is read in the same memory.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::io::Read;

use kaigo_core::format::csv::{ReadOptions, Reader, StreamReader};
use kaigo_core::record::{CarePlanSheet2, FileKind, ServiceSlip};

thread_local! {
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
    static HELD: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
}

fn record(change: isize) {
    let held = HELD.get() + change;
    HELD.set(held);
    PEAK.set(PEAK.get().max(held));
}

/// The system's allocator, counting what each thread does.
struct Counting;

// SAFETY: every call goes to the system's allocator as it came; the counters allocate nothing and have no
// destructor.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        record(layout.size().cast_signed());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        record(-layout.size().cast_signed());
        unsafe { System.dealloc(place, layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        record(size.cast_signed() - layout.size().cast_signed());
        unsafe { System.realloc(place, layout, size) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// What a run allocates: how often, and how much at once beyond what was held before.
fn measured(run: impl FnOnce()) -> (u64, isize) {
    let (allocations, held) = (ALLOCATIONS.get(), HELD.get());
    PEAK.set(held);
    run();
    (ALLOCATIONS.get() - allocations, PEAK.get() - held)
}

/// Rows that conform, each unlike the one before it. `\x82\xA0` is あ.
const SLIPS: [&[u8]; 2] = [
    b"202407,092015,1234567890,20260701,202607,1371249069,\"\x82\xA0\",163,,20260701,,0900,0930,1,111111,,,,,\
      1373350030,\"\x82\xA0\x82\xA0, Ltd.\",,0,1371249069,\r\n",
    b"202407,092023,H123456789,20260702,202607,1373350030,\"\x82\xA0\",9,3,20260731,,9999,9999,1,151111,,,,,\
      1371249069,\"\x82\xA0\r\n\x82\xA0\",,1,,\r\n",
];
const PLAIN_TEXTS: [&[u8]; 2] = [
    b"202407,092015,1234567890,20260304,20260304,1,\"\x82\xA0\",1,\"\x82\xA0\r\n\x82\xA0\",,\"R8.7\",,1,\"\x82\xA0\",Y,\
      \"\x82\xA0\",1373350030,\"\x82\xA0\",\"\x82\xA0\",\"R8.7\",1371249069,\r\n",
    b"202407,092023,1234567890,20260304,20260305,2,,2,,,,,2,\"\x82\xA0\x82\xA0\x82\xA0\",N,,,,,,,\r\n",
];
const DOUBLED_QUOTES: [&[u8]; 2] = [
    b"202407,092015,1234567890,20260304,20260304,1,\"\"\"\x82\xA0\"\"\",1,\"a \"\"b\"\" c\",,,,1,\"\"\"\"\"\",Y,,,,,,,\r\n",
    b"202407,092023,1234567890,20260304,20260305,2,,2,,,,,2,\"\x82\xA0\"\"\x82\xA0\",N,,,,,,,\r\n",
];

/// A stream of so many rows that lies nowhere in memory.
struct Rows {
    rows: [&'static [u8]; 2],
    left: u64,
    rest: &'static [u8],
}

impl Rows {
    fn new(rows: [&'static [u8]; 2], left: u64) -> Self {
        Self { rows, left, rest: &[] }
    }
}

impl Read for Rows {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.rest.is_empty() && self.left > 0 {
            self.left -= 1;
            self.rest = self.rows[usize::from(self.left.is_multiple_of(2))];
        }
        self.rest.read(buffer)
    }
}

macro_rules! kind {
    ($check:ident, $record:ident, $kind:expr) => {
        fn $check(rows: [&'static [u8]; 2]) {
            let mut options = ReadOptions::new($kind);
            options.file = Some("FILE.CSV".into());
            let memory = |count: u64| {
                let mut bytes = Vec::new();
                Rows::new(rows, count).read_to_end(&mut bytes).unwrap_or_else(|e| panic!("{e}"));
                measured(|| {
                    let mut reader = Reader::<$record<'_>>::new(&bytes, &options);
                    assert_eq!(reader.by_ref().count() as u64, count);
                    assert!(reader.finish().is_empty());
                })
            };
            let stream = |count: u64| {
                measured(|| {
                    let mut reader = StreamReader::new(Rows::new(rows, count), &options);
                    while reader.next::<$record<'_>>().unwrap_or_else(|e| panic!("{e}")).is_some() {}
                    assert_eq!(reader.row(), count);
                    assert!(reader.finish().is_empty());
                })
            };
            // What is computed once a process is computed before.
            memory(1);
            assert_eq!(memory(1_000), memory(10_000), "memory");
            assert_eq!(stream(1_000), stream(10_000), "stream");
            assert_eq!(stream(1_000), stream(100_000), "a long stream");
        }
    };
}

kind!(check_slips, ServiceSlip, FileKind::SlipPlan);
kind!(check_care_plans, CarePlanSheet2, FileKind::CarePlan2);

#[test]
fn slips_allocate_per_file() {
    check_slips(SLIPS);
}

#[test]
fn texts_allocate_per_file() {
    check_care_plans(PLAIN_TEXTS);
}

#[test]
fn texts_with_doubled_quotes_allocate_per_file() {
    check_care_plans(DOUBLED_QUOTES);
}
