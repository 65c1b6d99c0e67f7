//! The C interface of kaigo: opaque handles over `kaigo-core`, and nothing else. It translates; it never decides.
//!
//! `include/kaigo.h` is generated from the tables here ([`header_source`]), and says of each call what a caller needs.
#![allow(non_camel_case_types, reason = "types have the names that C gives them")]
#![allow(clippy::missing_safety_doc, reason = "the table writes the section for every call")]

#[cfg_attr(not(feature = "http"), allow(dead_code, reason = "some kinds of parameter only transfer has"))]
mod argument;
mod buffer;
mod card;
#[cfg_attr(
    not(feature = "pcsc"),
    allow(unreachable_code, unused_variables, reason = "there is no such handle")
)]
mod card_readers;
mod care;
#[cfg(feature = "arrow")]
mod columns;
mod convert;
mod credential;
mod document;
mod domain;
mod doorway;
mod draft;
mod error;
#[cfg_attr(not(feature = "http"), allow(dead_code, reason = "as for `argument`"))]
mod handle;
#[cfg(feature = "http")]
mod identity;
mod inbox;
#[cfg(feature = "http")]
mod key_elsewhere;
mod name;
#[cfg(feature = "http")]
mod outbox;
#[cfg(feature = "http")]
mod plan;
#[cfg(feature = "http")]
mod platform;
mod reader;
mod report;
mod source;
mod status;
#[cfg(feature = "arrow")]
mod stream;
mod table;
mod unit;
mod value;
mod version;

/// What is freed while passwords and tokens are carried is wiped, in the libraries underneath too.
#[global_allocator]
static ALLOCATOR: kaigo_wiping::Wiping<std::alloc::System> = kaigo_wiping::Wiping(std::alloc::System);

/// All tables, in the order of the header.
const TABLES: &[&[&str]] = &[
    version::CONSTANTS,
    status::STATUSES,
    document::KINDS,
    document::CONSTANTS,
    domain::CONSTANTS,
    value::CONSTANTS,
    report::CONSTANTS,
    unit::KINDS,
    unit::CONSTANTS,
    name::CONSTANTS,
    inbox::CONSTANTS,
    care::CONSTANTS,
    convert::CONSTANTS,
    draft::CONSTANTS,
    credential::CONSTANTS,
    card::CONSTANTS,
    card_readers::CONSTANTS,
    #[cfg(feature = "arrow")]
    columns::CONSTANTS,
    #[cfg(feature = "http")]
    platform::CONSTANTS,
    #[cfg(feature = "http")]
    plan::CONSTANTS,
    #[cfg(feature = "http")]
    identity::CONSTANTS,
    #[cfg(feature = "http")]
    outbox::CONSTANTS,
    error::CONSTANTS,
    source::CALLBACKS,
    card::CALLBACKS,
    version::CALLBACKS,
    document::STRUCTS,
    value::STRUCTS,
    unit::STRUCTS,
    convert::STRUCTS,
    card::STRUCTS,
    #[cfg(feature = "arrow")]
    columns::STRUCTS,
    #[cfg(feature = "http")]
    platform::STRUCTS,
    error::HANDLES,
    report::HANDLES,
    buffer::HANDLES,
    document::HANDLES,
    reader::HANDLES,
    unit::HANDLES,
    name::HANDLES,
    inbox::HANDLES,
    draft::HANDLES,
    domain::HANDLES,
    credential::HANDLES,
    card::HANDLES,
    card_readers::HANDLES,
    #[cfg(feature = "arrow")]
    columns::HANDLES,
    #[cfg(feature = "http")]
    platform::HANDLES,
    #[cfg(feature = "http")]
    identity::HANDLES,
    #[cfg(feature = "http")]
    outbox::HANDLES,
    version::EXPORTS,
    error::EXPORTS,
    report::EXPORTS,
    buffer::EXPORTS,
    document::EXPORTS,
    domain::EXPORTS,
    reader::EXPORTS,
    unit::EXPORTS,
    name::EXPORTS,
    inbox::EXPORTS,
    care::EXPORTS,
    convert::EXPORTS,
    draft::EXPORTS,
    credential::EXPORTS,
    #[cfg(feature = "http")]
    key_elsewhere::EXPORTS,
    card::EXPORTS,
    card_readers::EXPORTS,
    #[cfg(feature = "arrow")]
    columns::EXPORTS,
    #[cfg(feature = "http")]
    platform::EXPORTS,
    #[cfg(feature = "http")]
    plan::EXPORTS,
    #[cfg(feature = "http")]
    identity::EXPORTS,
    #[cfg(feature = "http")]
    outbox::EXPORTS,
];

/// The declarations as Rust source, for cbindgen to make the header from.
pub fn header_source() -> String {
    let tables = TABLES.iter().flat_map(|table| table.iter().copied());
    ["use std::ffi::{c_char, c_void};\n"].into_iter().chain(tables).collect()
}

#[doc(hidden)]
pub mod calls {
    //! The calls, for tests and benches in Rust.
    pub use crate::buffer::*;
    pub use crate::card::*;
    pub use crate::card_readers::*;
    pub use crate::care::*;
    #[cfg(feature = "arrow")]
    pub use crate::columns::*;
    pub use crate::convert::*;
    pub use crate::credential::*;
    pub use crate::document::*;
    pub use crate::domain::*;
    pub use crate::draft::*;
    pub use crate::error::*;
    #[cfg(feature = "http")]
    pub use crate::identity::*;
    pub use crate::inbox::*;
    #[cfg(feature = "http")]
    pub use crate::key_elsewhere::*;
    pub use crate::name::*;
    #[cfg(feature = "http")]
    pub use crate::outbox::*;
    #[cfg(feature = "http")]
    pub use crate::plan::*;
    #[cfg(feature = "http")]
    pub use crate::platform::*;
    pub use crate::reader::*;
    pub use crate::report::*;
    pub use crate::source::*;
    pub use crate::status::*;
    pub use crate::unit::*;
    pub use crate::value::*;
    pub use crate::version::*;
}
