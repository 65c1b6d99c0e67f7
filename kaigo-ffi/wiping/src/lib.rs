//! An allocator that wipes what a thread frees while it carries secrets.
//!
//! What kaigo itself holds of passwords and tokens is wiped when dropped. The libraries underneath (TLS, HTTP, JSON) make
//! copies of their own on the way, and free them as they are. A program that wants those wiped too says so in one line:
//!
//! ```
//! use std::alloc::System;
//!
//! #[global_allocator]
//! static ALLOCATOR: kaigo_wiping::Wiping<System> = kaigo_wiping::Wiping(System);
//! ```
//!
//! kaigo's C library and Python module do. It costs nothing outside of the calls that carry secrets.

use std::alloc::{GlobalAlloc, Layout};
use std::cell::Cell;
use std::marker::PhantomData;
use std::{ptr, slice};

use zeroize::Zeroize;

thread_local! {
    /// Without a destructor and known at compile time: reading it never allocates.
    static CARRYING: Cell<u32> = const { Cell::new(0) };
}

/// While it lives, what its thread frees is wiped.
#[must_use = "nothing is wiped any more once it is dropped"]
pub struct Carrying {
    /// It stands for its thread alone.
    thread: PhantomData<*const ()>,
}

impl Carrying {
    /// From here on. Inside another one it changes nothing.
    pub fn begin() -> Self {
        CARRYING.set(CARRYING.get() + 1);
        Self { thread: PhantomData }
    }
}

impl Drop for Carrying {
    fn drop(&mut self) {
        CARRYING.set(CARRYING.get() - 1);
    }
}

/// An allocator, and what is wiped before it gets it back.
pub struct Wiping<A>(pub A);

// SAFETY: every block comes from the allocator within and goes back to it, with the layout that it was asked for with.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Wiping<A> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { self.0.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        unsafe { self.0.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        unsafe {
            if CARRYING.get() > 0 {
                wipe(block, layout.size());
            }
            self.0.dealloc(block, layout);
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        unsafe {
            if CARRYING.get() == 0 {
                return self.0.realloc(block, layout, size);
            }
            // The allocator within would free the old place, or the end that is cut off, as it is.
            let new = self.0.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !new.is_null() {
                ptr::copy_nonoverlapping(block, new, layout.size().min(size));
                self.dealloc(block, layout);
            }
            new
        }
    }
}

/// # Safety
/// So many bytes there belong to the caller.
unsafe fn wipe(block: *mut u8, size: usize) {
    // SAFETY: as above; bytes that nobody wrote yet are made bytes before they are borrowed.
    unsafe {
        ptr::write_bytes(block, 0, size);
        // What is freed next nobody reads: only volatile writes are certain to stay.
        slice::from_raw_parts_mut(block, size).zeroize();
    }
}

#[cfg(test)]
mod tests {
    use std::alloc::System;
    use std::cell::RefCell;

    use super::*;

    /// What was in the blocks that came back.
    #[derive(Default)]
    struct Seen(RefCell<Vec<Vec<u8>>>);

    // SAFETY: it only looks.
    unsafe impl GlobalAlloc for Seen {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            unsafe { System.alloc(layout) }
        }

        unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
            unsafe {
                self.0.borrow_mut().push(slice::from_raw_parts(block, layout.size()).to_vec());
                System.dealloc(block, layout);
            }
        }
    }

    /// Writes a secret into a block, lets it grow and shrink, and frees it.
    fn use_a_block(allocator: &Wiping<Seen>) {
        let layout = Layout::from_size_align(6, 2).unwrap_or(Layout::new::<[u16; 3]>());
        let grown = Layout::from_size_align(64, 2).unwrap_or(layout);
        unsafe {
            let block = allocator.alloc(layout);
            ptr::copy_nonoverlapping(b"secret".as_ptr(), block, 6);
            let block = allocator.realloc(block, layout, grown.size());
            assert_eq!(slice::from_raw_parts(block, 6), b"secret");
            ptr::write_bytes(block.add(6), 1, grown.size() - 6);
            let block = allocator.realloc(block, grown, layout.size());
            assert_eq!(slice::from_raw_parts(block, 6), b"secret");
            allocator.dealloc(block, layout);
        }
    }

    #[test]
    fn what_is_freed_while_secrets_are_carried_is_wiped() {
        let allocator = Wiping(Seen::default());
        let outer = Carrying::begin();
        drop(Carrying::begin());
        use_a_block(&allocator);
        drop(outer);
        let seen = allocator.0.0.take();
        assert_eq!(seen.iter().map(Vec::len).collect::<Vec<_>>(), [6, 64, 6]);
        assert!(seen.iter().flatten().all(|byte| *byte == 0), "{seen:?}");

        use_a_block(&allocator);
        let seen = allocator.0.0.take();
        assert!(seen.iter().any(|block| block.starts_with(b"secret")));
    }
}
