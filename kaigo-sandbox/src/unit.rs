//! Whether files are one sending unit between two offices, told from their names alone.

use std::collections::HashSet;

use kaigo_core::ident::{OfficeNumber, ServiceTypeCode};

/// What the names of one unit have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Route<'a> {
    pub(crate) sender_office: OfficeNumber,
    pub(crate) sender_type: ServiceTypeCode,
    pub(crate) receiver_office: OfficeNumber,
    pub(crate) receiver_type: ServiceTypeCode,
    pub(crate) sequence: &'a str,
}

/// The route that all names share; `None` when a name is not of the standard's form, stands twice, or goes
/// another way.
pub(crate) fn common_route<'a>(names: impl IntoIterator<Item = &'a str>) -> Option<Route<'a>> {
    let mut seen = HashSet::new();
    let mut common = None;
    for name in names {
        let route = route(name)?;
        if !seen.insert(name) || *common.get_or_insert(route) != route {
            return None;
        }
    }
    common
}

/// Reads `KIND[_YYYYMM]_office_type_office_type_sequence`, then `.CSV` or `_NNNN.jpg`.
fn route(name: &str) -> Option<Route<'_>> {
    let (stem, image) = match name.strip_suffix(".CSV") {
        Some(stem) => (stem, false),
        None => (name.strip_suffix(".jpg")?, true),
    };
    let mut parts = stem.rsplit('_');
    if image && !digits(parts.next()?, 4) {
        return None;
    }
    let sequence = parts.next().filter(|part| digits(part, 14))?;
    let receiver_type = parts.next()?.parse().ok()?;
    let receiver_office = parts.next()?.parse().ok()?;
    let sender_type = parts.next()?.parse().ok()?;
    let sender_office = parts.next()?.parse().ok()?;

    // What remains, from the right: the month if there is one, then the words of the kind.
    let mut kind = parts.next()?;
    if digits(kind, 6) {
        kind = parts.next()?;
    }
    let word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    };
    (word(kind) && parts.all(word)).then_some(Route {
        sender_office,
        sender_type,
        receiver_office,
        receiver_type,
        sequence,
    })
}

fn digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_the_standard_are_read() {
        for name in [
            "UP1KYO_1371249069_43_1373350030_11_20260701090000.CSV",
            "UPPLAN_202607_1371249069_43_1373350030_11_20260701090000.CSV",
            "UPKIHON_SUB1_1371249069_43_1373350030_11_20260701090000.CSV",
            "UPKIHON_IMAGE_1371249069_43_1373350030_11_20260701090000_0001.jpg",
        ] {
            let read = route(name).map(|r| {
                let Route { sender_office, sender_type, receiver_office, receiver_type, sequence } = r;
                format!("{sender_office} {sender_type} {receiver_office} {receiver_type} {sequence}")
            });
            assert_eq!(read.as_deref(), Some("1371249069 43 1373350030 11 20260701090000"), "{name}");
        }
    }

    #[test]
    fn other_forms_are_not() {
        for name in [
            "",
            ".CSV",
            "UP1KYO.CSV",
            "1371249069_43_1373350030_11_20260701090000.CSV",
            "_1371249069_43_1373350030_11_20260701090000.CSV",
            "202607_1371249069_43_1373350030_11_20260701090000.CSV",
            "UP1KYO_1371249069_43_1373350030_11_20260701090000.csv",
            "UP1KYO_1371249069_43_1373350030_11_202607010900001.CSV",
            "UP1KYO_137124906_43_1373350030_11_20260701090000.CSV",
            "../UP1KYO_1371249069_43_1373350030_11_20260701090000.CSV",
            "UP1KYO_1371249069_1373350030_20260701090000.CSV",
            "UPKIHON_IMAGE_1371249069_43_1373350030_11_20260701090000_1.jpg",
        ] {
            assert_eq!(route(name), None, "{name}");
        }
    }

    #[test]
    fn one_unit_has_one_route_and_no_name_twice() {
        let a = "UPPLAN_202607_1371249069_43_1373350030_11_20260701090000.CSV";
        let b = "UPSIKYU_202607_1371249069_43_1373350030_11_20260701090000.CSV";
        let later = "UPSIKYU_202607_1371249069_43_1373350030_11_20260701090001.CSV";
        assert!(common_route([a, b]).is_some());
        assert_eq!(common_route([a, later]), None);
        assert_eq!(common_route([a, a]), None);
        assert_eq!(common_route([]), None);
    }
}
