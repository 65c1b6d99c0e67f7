//! Whether files are one sending unit between two offices, told from their names alone.

use std::collections::HashSet;

use kaigo_core::exchange::{FileName, Party, Sequence, UnitKind};

/// What the names of one unit have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) sender: Party,
    pub(crate) receiver: Party,
    pub(crate) sequence: Sequence,
}

/// The route of a unit that the standard allows; `None` when a name is not of the standard's form, stands twice
/// or goes another way, or the kinds of file make no unit.
pub(crate) fn common_route<'a>(names: impl IntoIterator<Item = &'a str>) -> Option<Route> {
    let (mut seen, mut kinds, mut common) = (HashSet::new(), Vec::new(), None);
    for name in names {
        let parsed = FileName::parse(name).ok()?;
        let route =
            Route { sender: parsed.sender(), receiver: parsed.receiver(), sequence: parsed.sequence() };
        if !seen.insert(name) || *common.get_or_insert(route) != route {
            return None;
        }
        kinds.push(parsed.kind());
    }
    UnitKind::of(kinds).and(common)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLIP: &str = "UPPLAN_202607_1371249069_43_1373350030_11_20260701090000.CSV";
    const ANNEX: &str = "UPSIKYU_202607_1371249069_43_1373350030_11_20260701090000.CSV";
    const SUPPLEMENT: &str = "UPHOSOKU_202607_1371249069_43_1373350030_11_20260701090000.CSV";

    #[test]
    fn a_unit_has_one_route_and_no_name_twice() {
        assert!(common_route([SLIP, ANNEX, SUPPLEMENT]).is_some());
        assert_eq!(common_route([SLIP, ANNEX, SUPPLEMENT, SLIP]), None);
        let later = SUPPLEMENT.replace("090000", "090001");
        assert_eq!(common_route([SLIP, ANNEX, &later]), None);
        assert_eq!(common_route([]), None);
    }

    #[test]
    fn an_incomplete_unit_or_another_name_is_none() {
        assert_eq!(common_route([SLIP, ANNEX]), None);
        let traversal = format!("../{SUPPLEMENT}");
        assert_eq!(common_route([SLIP, ANNEX, &traversal]), None);
        assert_eq!(common_route([SLIP, ANNEX, &SUPPLEMENT.to_ascii_lowercase()]), None);
    }
}
