//! What a unit costs, as far as it is known.

use std::collections::BTreeMap;

use super::value::YenLeftOut;
use crate::benefit::{AreaGrade, Tables, unit_price};
use crate::calendar::Month;
use crate::ident::{OfficeNumber, ServiceTypeCode};
use crate::record::{ServiceSlipAnnex, UnitPrice};

/// The prices of a unit that amounts in yen are computed with. Empty: there are none, and yen are left out.
#[derive(Debug, Clone, Default)]
pub struct Prices {
    /// `None`: rows contradict each other.
    of_annex: BTreeMap<(OfficeNumber, ServiceTypeCode), Option<UnitPrice>>,
    area: Option<(Tables, AreaGrade)>,
}

impl Prices {
    /// The prices in the rows of 第7表 (No.23), of each provider's types.
    pub fn of_annex<'r, 'a: 'r>(rows: impl IntoIterator<Item = &'r ServiceSlipAnnex<'a>>) -> Self {
        let mut prices = Self::default();
        for row in rows {
            if let (Some(office), Some(code), Some(price)) =
                (row.office_number.get(), row.service_code.get(), row.unit_price.get())
            {
                let known = prices.of_annex.entry((office, code.service_type())).or_insert(Some(price));
                if *known != Some(price) {
                    *known = None;
                }
            }
        }
        prices
    }

    /// Where 第7表 has no price, that of the area in which the providers are.
    pub fn in_area(mut self, tables: Tables, grade: AreaGrade) -> Self {
        self.area = Some((tables, grade));
        self
    }

    /// These prices, and where there is none, the others.
    pub(super) fn or(mut self, other: &Self) -> Self {
        for (of, price) in &other.of_annex {
            self.of_annex.entry(*of).or_insert(*price);
        }
        self.area = self.area.or_else(|| other.area.clone());
        self
    }

    pub(super) fn of(
        &self,
        office: OfficeNumber,
        service_type: ServiceTypeCode,
        month: Month,
    ) -> Result<UnitPrice, YenLeftOut> {
        if let Some(price) = self.of_annex.get(&(office, service_type)) {
            return price.ok_or(YenLeftOut::PricesDiffer);
        }
        let (tables, grade) = self.area.as_ref().ok_or(YenLeftOut::NoPrice)?;
        unit_price(tables, service_type, *grade, month).value.ok_or(YenLeftOut::NoPrice)
    }
}
