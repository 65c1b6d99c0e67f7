//! Feedback of LIFE (科学的介護情報システム), of which the platform shows a part in the browser. Which items there are changes
//! often: they are data, not types **\[O\]**.

use crate::calendar::Month;
use crate::document::{Line, Prose, document};
use crate::ident::{InsuredNumber, OfficeNumber, ServiceTypeCode};

document! {
    /// One item of a feedback sheet.
    LifeItem = "LIFE の項目" {
        /// The column id of LIFE.
        id: one Line = "項目ID",
        name: opt Line = "項目名",
        /// What was sent; left out where nothing was.
        value: opt Prose = "値",
        /// What the sheet sets beside it: the mean, the change.
        comparison: opt Prose = "比較",
    }

    /// The feedback sheet of 科学的介護推進 for one person and month.
    LifeFeedback = "科学的介護推進 フィードバック票" {
        office_number: one OfficeNumber = "事業所番号",
        service_type: one ServiceTypeCode = "サービス種類",
        insured_number: one InsuredNumber = "被保険者番号",
        month: one Month = "対象年月",
        /// The version of the item list.
        version: one Line = "版",
        items: many 1000 LifeItem = "項目",
    }
}
