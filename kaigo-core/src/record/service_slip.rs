//! Sheets 6 and 7: the service slip, planned and actual, and its annex.

use crate::calendar::{ClockTime, Date, Month};
use crate::code::Applies;
use crate::ident::{
    EquipmentNotificationCode, InsuredNumber, InsurerNumber, OfficeNumber, ServiceCode, ServiceTypeCode,
    TaisCode,
};
use crate::record::{
    CsvVersion, DayMap, EnteredByCode, FixedOfficeCode, Integer, SatelliteNumber, UnitPrice, record,
};

record! {
    /// One planned or actual service of 第6表 (サービス利用票): UPPLAN and UPJSK share this layout.
    ///
    /// Units are after discount. No. 6 to 8: the marks of the source are hard to read. No. 19: its length is not
    /// in the source; 2 comes from a third party.
    ServiceSlip = "UPPLAN_UPJSK" {
    //  No  name                           length         required     type                       official name
        1   csv_version                    fixed 6        yes          CsvVersion                 "CSVバージョン",
        2   insurer_number                 fixed 6        yes          InsurerNumber              "保険者番号",
        3   insured_number                 fixed 10       yes          InsuredNumber              "被保険者番号",
        4   created_on                     fixed 8        yes          Date                       "作成年月日",
        5   target_month                   fixed 6        yes          Month                      "対象年月",
        6   plan_office_number             fixed 10       yes_doubted  OfficeNumber               "プラン担当業者コード",
        7   planner_name                   free           no_doubted   Text                       "プラン担当者名",
        8   units                          max 6          yes_doubted  Integer                    "単位数",
        9   short_stay_days_to_prev_month  max 5          no           Integer                    "前月までの短期入所利用日数",
        10  service_date                   fixed 8        yes          Date                       "サービス利用日",
        11  per_diem_days                  fixed 31       cond         DayMap                     "日割対象日",
        12  service_start_time             fixed 4        yes          ClockTime                  "サービス開始時刻",
        13  service_end_time               fixed 4        yes          ClockTime                  "サービス終了時刻",
        14  service_count                  max 2          yes          Integer                    "サービス回数",
        15  service_code                   fixed 6        yes          ServiceCode                "サービスコード",
        16  tais_code                      fixed 12       cond         TaisCode                   "TAISコード",
        17  equipment_notification_code    fixed 12       cond         EquipmentNotificationCode  "福祉用具届出コード",
        18  equipment_name                 free           no           Text                       "用具名称（機種名）",
        19  detail_no                      max_doubted 2/2  cond       Integer                    "明細判別コード",
        20  office_number                  fixed 10       yes          OfficeNumber               "サービス事業者コード",
        21  office_name                    free           no           Text                       "サービス事業所名",
        22  satellite_no                   max 2          cond         SatelliteNumber            "サテライト枝番",
        23  over_30_days                   fixed 1        yes          Applies                    "３０日超区分",
        24  updated_by_office_number       fixed 10       no           OfficeNumber               "更新業者コード",
        25  identifier                     max 1          no           Text                       "識別子",
    }
}

record! {
    /// One row of 第7表 (サービス利用票別表, UPSIKYU): a service, a subtotal or the grand total.
    ///
    /// No. 30 is printed with length 2, though edition 3.2 widened it to 5.
    ServiceSlipAnnex = "UPSIKYU" {
    //  No  name                                length         required  type                       official name
        1   csv_version                         fixed 6        yes       CsvVersion                 "CSVバージョン",
        2   insurer_number                      fixed 6        yes       InsurerNumber              "保険者番号",
        3   insured_number                      fixed 10       yes       InsuredNumber              "被保険者番号",
        4   created_on                          fixed 8        yes       Date                       "作成年月日",
        5   target_month                        fixed 6        yes       Month                      "対象年月",
        6   office_name                         free           no        Text                       "サービス事業所名",
        7   office_number                       fixed 10       yes       OfficeNumber               "サービス事業所コード",
        8   satellite_no                        max 2          cond      SatelliteNumber            "サテライト枝番",
        9   service_code                        fixed 6        yes       ServiceCode                "サービスコード",
        10  tais_code                           fixed 12       cond      TaisCode                   "TAISコード",
        11  equipment_notification_code         fixed 12       cond      EquipmentNotificationCode  "福祉用具届出コード",
        12  equipment_name                      free           no        Text                       "用具名称（機種名）",
        13  units                               max 6          yes       Integer                    "単位数",
        14  discounted_rate                     max 5          no        Integer                    "割引後率",
        15  discounted_units                    max 6          no        Integer                    "割引後単位数",
        16  count_or_days                       max 3          yes       Integer                    "回数／日数",
        17  service_units_or_amount             max 5          no        Integer                    "サービス単位金額",
        18  benefit_managed_units               max 6          no        Integer                    "給付管理単位数",
        19  type_limit_over_units               max 6          no        Integer                    "種類支給限度基準超単位数",
        20  type_limit_within_units             max 6          no        Integer                    "種類支給限度基準内単位数",
        21  category_limit_over_units           max 6          no        Integer                    "区分支給限度基準超単位数",
        22  category_limit_within_units         max 6          no        Integer                    "区分支給限度基準内単位数",
        23  unit_price                          max 6          no        UnitPrice                  "単位数単価",
        24  total_cost_covered                  max 6          no        Integer                    "費用総額保険／事業対象分",
        25  benefit_rate                        max 6          no        Integer                    "給付率",
        26  benefit_claim_amount                max 6          no        Integer                    "保険／事業費請求額",
        27  flat_user_charge_unit_amount        max 6          no        Integer                    "定額利用者負担単価金額",
        28  user_charge_covered                 max 6          no        Integer                    "利用者負担保険／事業対象分",
        29  user_charge_full                    max 6          no        Integer                    "利用者負担（全額負担分）",
        30  short_stay_days_to_prev_month       max_doubted 2/5  no         Integer                    "前月までの利用日数",
        31  short_stay_days_planned_this_month  max 2          no        Integer                    "当月の計画利用日数",
        32  short_stay_days_cumulative          max 5          no        Integer                    "累積利用日数",
        33  over_30_days                        fixed 1        yes       Applies                    "３０日超区分",
        34  fixed_office_code                   fixed 10       no        FixedOfficeCode            "事業所コード",
        35  entered_by_code                     fixed 10       no        EnteredByCode              "入力者コード",
        36  updated_by_office_number            fixed 10       no        OfficeNumber               "更新業者コード",
        37  identifier                          max 1          no        Text                       "識別子",
    }
}

/// What a row of 第7表 sums up, told by the item of its service code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subtotal {
    /// `CDAAAA`: service type CD inside the category limit. Required when the type has several code rows.
    #[doc(alias = "区分支給対象種類別小計")]
    InsideLimit,
    /// `CDEEEE`: service type CD outside the category limit.
    #[doc(alias = "区分支給対象外種類別小計")]
    OutsideLimit,
    /// `CDZZZZ`: service type CD over 30 days.
    #[doc(alias = "30日超過分種類別小計")]
    OverThirtyDays,
    /// `999999`: everything.
    #[doc(alias = "全合計")]
    GrandTotal,
}

impl Subtotal {
    /// What a service code of 第7表 sums up; `None` for the code of a service.
    pub fn of(code: ServiceCode) -> Option<Self> {
        match code.item() {
            _ if code == ServiceCode::GRAND_TOTAL => Some(Self::GrandTotal),
            "AAAA" => Some(Self::InsideLimit),
            "EEEE" => Some(Self::OutsideLimit),
            "ZZZZ" => Some(Self::OverThirtyDays),
            _ => None,
        }
    }

    /// The service code of the subtotal of a type; the grand total has but one.
    pub fn code(self, service_type: ServiceTypeCode) -> Option<ServiceCode> {
        let item = match self {
            Self::InsideLimit => "AAAA",
            Self::OutsideLimit => "EEEE",
            Self::OverThirtyDays => "ZZZZ",
            Self::GrandTotal => return Some(ServiceCode::GRAND_TOTAL),
        };
        format!("{service_type}{item}").parse().ok()
    }
}
