//! Carry a file from standard 4.1 to 5.0 and back, and know what would be lost.
//!
//! The JSON of 5.0 is *provisional*; what the official text will demand is a
//! [`StandardProfile`](crate::standard::StandardProfile) that can be exchanged.
//!
//! ```
//! use kaigo_core::convert::{ConvertOptions, Form, convert};
//! use kaigo_core::text::GaijiPolicy;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let name = "UPPLAN_202607_1371249069_43_1373350030_11_20260625093835.CSV";
//! # let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/careplan-4.1/monthly");
//! # let file = std::fs::read(folder.join(name))?;
//! let lossless = ConvertOptions { lossless: true, ..ConvertOptions::default() };
//! let json = convert(name, &file, Form::Json, &lossless)?;
//! let back = convert(&Form::Json.name_of(name), &json.bytes, Form::Csv, &lossless)?;
//! assert!(back.bytes == file); // Byte for byte.
//!
//! // A name that 5.0 can hold and Shift_JIS cannot: refused where nothing may be lost, else reported with its variant.
//! let renamed = String::from_utf8(json.bytes)?.replace("見本　太郎", "𠮷本　太郎");
//! let refused = convert(&Form::Json.name_of(name), renamed.as_bytes(), Form::Csv, &lossless);
//! assert!(refused.is_err());
//! let options = ConvertOptions { gaiji: GaijiPolicy::MapVariants, ..ConvertOptions::default() };
//! let changed = convert(&Form::Json.name_of(name), renamed.as_bytes(), Form::Csv, &options)?;
//! let loss = changed.losses.iter().next().ok_or("no loss")?;
//! assert_eq!(loss.variant.and_then(|variant| variant.to), Some('吉'));
//! # Ok(())
//! # }
//! ```
