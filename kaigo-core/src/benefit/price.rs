//! The price of a unit.

use super::decision::{Fact, because};
use super::{AreaGrade, Decision, Tables};
use crate::calendar::Month;
use crate::code::CodeList;
use crate::ident::ServiceTypeCode;
use crate::record::UnitPrice;

/// The price of a unit of a service in an area: 10 yen × (1 + uplift × labour share), in decimal and rounded half up to
/// two places.
#[doc(alias = "単位数単価")]
pub fn unit_price(
    tables: &Tables,
    service: ServiceTypeCode,
    grade: AreaGrade,
    month: Month,
) -> Decision<Option<UnitPrice>> {
    let rows = tables.labour_share(service, month).zip(tables.area_uplift(grade, month));
    // 1000 hundredths of a yen, and of them uplift × share ten-thousandths: no binary fraction takes part.
    let price = rows.and_then(|(share, uplift)| {
        let tenths = share.percent.checked_mul(uplift.percent)?;
        let hundredths = tenths.checked_add(5)? / 10 + 1000;
        u16::try_from(hundredths).ok().map(UnitPrice::from_hundredths)
    });
    let reason = match (rows, price) {
        (Some((share, uplift)), Some(price)) => because!(
            PriceOfArea,
            grade = Fact::Label(grade.label(), english(grade)),
            uplift = uplift.percent,
            share = share.percent,
            price,
            from = share.from.max(uplift.from),
        ),
        _ => because!(PriceUnknown, month, service),
    };
    Decision { value: price, reasons: vec![reason] }
}

fn english(grade: AreaGrade) -> &'static str {
    match grade {
        AreaGrade::First => "area grade 1",
        AreaGrade::Second => "area grade 2",
        AreaGrade::Third => "area grade 3",
        AreaGrade::Fourth => "area grade 4",
        AreaGrade::Fifth => "area grade 5",
        AreaGrade::Sixth => "area grade 6",
        AreaGrade::Seventh => "area grade 7",
        AreaGrade::Other => "the other areas",
    }
}
