//! What comes out of holding planned against actual visits.

use crate::benefit::Yen;
use crate::calendar::{ClockTime, Date, Month};
use crate::code::codes;
use crate::document::{FreeText, amount, document};
use crate::ident::{
    EquipmentNotificationCode, InsuredNumber, InsurerNumber, OfficeNumber, ServiceCode, ServiceTypeCode,
    TaisCode,
};
use crate::record::{DayMap, Integer, SatelliteNumber};

amount! {
    /// Units of any number of visits.
    TotalUnits(u64) = "単位数（合計）", max 99_999_999_999;
}

codes! {
    /// What became of a visit.
    VisitOutcome = "予実の区分", "outcome of a visit" {
        AsPlanned    = "as_planned"    "予定どおり",
        Cancelled    = "cancelled"     "中止",
        Moved        = "moved"         "日時変更",
        Added        = "added"         "追加",
        ChangedCode  = "changed_code"  "サービス変更",
        ChangedCount = "changed_count" "回数変更",
        Ambiguous    = "ambiguous"     "対応不明",
        NotReported  = "not_reported"  "実績未着",
    }
}

codes! {
    /// On which side a row stands.
    PlanOrActual = "予定・実績", "side of a row" {
        Planned = "planned" "予定",
        Actual  = "actual"  "実績",
    }
}

codes! {
    /// Why an amount in yen is left out.
    YenLeftOut = "金額を出さない理由", "reason for leaving yen out" {
        NoPrice      = "no_price"      "単位数単価が分かりません",
        PricesDiffer = "prices_differ" "単位数単価が一つに決まりません",
        Partly       = "partly"        "一部の単位数単価が分かりません",
    }
}

impl VisitOutcome {
    /// What it is called in English.
    pub const fn english(self) -> &'static str {
        match self {
            Self::AsPlanned => "as planned",
            Self::Cancelled => "cancelled",
            Self::Moved => "moved",
            Self::Added => "added",
            Self::ChangedCode => "other service",
            Self::ChangedCount => "other count",
            Self::Ambiguous => "ambiguous",
            Self::NotReported => "not reported",
        }
    }
}

impl YenLeftOut {
    /// What it is called in English.
    pub const fn english(self) -> &'static str {
        match self {
            Self::NoPrice => "the price of a unit is not known",
            Self::PricesDiffer => "the price of a unit is not told for sure",
            Self::Partly => "the price of a unit is not known for all",
        }
    }
}

document! {
    /// One row of 第6表, planned or actual.
    SlipVisit = "予定または実績の一行" {
        /// Where the row stands among those that were given, from 1.
        row: one u32 = "行",
        office_number: one OfficeNumber = "サービス事業者コード",
        satellite_no: opt SatelliteNumber = "サテライト枝番",
        service_code: one ServiceCode = "サービスコード",
        tais_code: opt TaisCode = "TAISコード",
        equipment_notification_code: opt EquipmentNotificationCode = "福祉用具届出コード",
        detail_no: opt Integer = "明細判別コード",
        service_date: one Date = "サービス利用日",
        service_start_time: one ClockTime = "サービス開始時刻",
        service_end_time: one ClockTime = "サービス終了時刻",
        service_count: one Integer = "サービス回数",
        per_diem_days: opt DayMap = "日割対象日",
        /// Of all times. Of rows of one per-diem service the first of the month has the units of all its days.
        units: one TotalUnits = "単位数（回数・日数分）",
    }

    /// A planned and an actual row that are one visit, or a row that has no other.
    VisitComparison = "予実の対比" {
        outcome: one VisitOutcome = "区分",
        planned: opt SlipVisit = "予定",
        actual: opt SlipVisit = "実績",
        /// The rows of the other side that it may be; only of what is ambiguous.
        candidates: many 99 SlipVisit = "候補",
    }

    /// Planned and actual amounts.
    Balance = "予定と実績の合計" {
        planned_units: one TotalUnits = "予定単位数",
        actual_units: one TotalUnits = "実績単位数",
        /// What is actual beyond the plan; nothing where it is not more.
        more_units: opt TotalUnits = "増加単位数",
        /// What is planned beyond the actual; nothing where it is not less.
        fewer_units: opt TotalUnits = "減少単位数",
        /// Rounded down for each client, provider and service type.
        planned_yen: opt Yen = "予定費用総額",
        actual_yen: opt Yen = "実績費用総額",
        more_yen: opt Yen = "増加額",
        fewer_yen: opt Yen = "減少額",
        yen_left_out: opt YenLeftOut = "金額を出さない理由",
    }

    /// The amounts of a client's services of one provider and type.
    ServiceBalance = "事業所・サービス種類別の合計" {
        office_number: one OfficeNumber = "サービス事業者コード",
        service_type: one ServiceTypeCode = "サービス種類",
        balance: one Balance = "合計",
    }

    /// A client's month.
    ClientReconciliation = "利用者別の予実" {
        insurer_number: one InsurerNumber = "保険者番号",
        insured_number: one InsuredNumber = "被保険者番号",
        target_month: one Month = "対象年月",
        /// By day, time, provider and service.
        visits: many 100000 VisitComparison = "予実の対比",
        services: many 10000 ServiceBalance = "事業所・サービス種類別",
        balance: one Balance = "利用者合計",
    }

    /// The amounts of a provider.
    ProviderBalance = "事業所別の合計" {
        office_number: one OfficeNumber = "サービス事業者コード",
        office_name: opt FreeText = "サービス事業所名",
        balance: one Balance = "合計",
    }

    /// The amounts of a service type.
    ServiceTypeBalance = "サービス種類別の合計" {
        service_type: one ServiceTypeCode = "サービス種類",
        balance: one Balance = "合計",
    }

    /// How many visits an outcome has, and their units.
    OutcomeTotal = "区分別の合計" {
        outcome: one VisitOutcome = "区分",
        visits: one u32 = "件数",
        planned_units: one TotalUnits = "予定単位数",
        actual_units: one TotalUnits = "実績単位数",
    }

    /// A row that takes no part, for it does not say client, month, provider, service, day, times or count.
    UncomparedRow = "対比できない行" {
        side: one PlanOrActual = "予定・実績",
        row: one u32 = "行",
    }

    /// Planned held against actual visits.
    Reconciliation = "予実突合結果" {
        tolerance_minutes: one u32 = "許容する時刻の差（分）",
        clients: many 100000 ClientReconciliation = "利用者別",
        providers: many 100000 ProviderBalance = "事業所別",
        service_types: many 1000 ServiceTypeBalance = "サービス種類別",
        outcomes: many 10 OutcomeTotal = "区分別",
        balance: one Balance = "総合計",
        uncompared: many 100000 UncomparedRow = "対比できない行",
    }
}

impl VisitComparison {
    /// The planned row, or the actual one where there is none.
    pub fn either(&self) -> Option<&SlipVisit> {
        self.planned.as_ref().or(self.actual.as_ref())
    }
}

impl Reconciliation {
    /// Every visit with its client.
    pub fn visits(&self) -> impl Iterator<Item = (&ClientReconciliation, &VisitComparison)> {
        self.clients.iter().flat_map(|client| client.visits.iter().map(move |visit| (client, visit)))
    }

    /// The visits that are not as planned.
    pub fn differences(&self) -> impl Iterator<Item = (&ClientReconciliation, &VisitComparison)> {
        self.visits().filter(|(_, visit)| visit.outcome != VisitOutcome::AsPlanned)
    }

    /// Whether any visit is not as planned, or a row could not be compared.
    pub fn differs(&self) -> bool {
        self.differences().next().is_some() || !self.uncompared.is_empty()
    }
}
