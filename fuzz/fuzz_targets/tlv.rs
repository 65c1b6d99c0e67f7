//! Elements lie within their bytes, and a tag is found where it stands.
#![no_main]

use kaigo_core::card::{Tlv, find_tlv};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut rest = data;
    while let Some(element) = Tlv::read(rest) {
        assert!(element.value.len() + element.rest.len() < rest.len());
        assert!(rest.ends_with(element.rest));
        rest = element.rest;
    }
    let Some((tag, behind)) = data.split_first_chunk() else { return };
    let tag = u16::from_be_bytes(*tag);
    if let Some(found) = find_tlv(behind, tag) {
        assert_eq!(found.tag, tag);
        assert!(behind.ends_with(found.rest));
        // Where its value ends, what follows begins.
        assert!(found.value.len() + found.rest.len() < behind.len());
    }
});
