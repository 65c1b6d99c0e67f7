//! Care plan sheets 1 to 3 and the supplementary information.

use crate::calendar::{ClockTime, Date};
use crate::code::{
    CareLevel, CertificationStatus, DomesticHelpReason, InsuranceCoverage, PlanCategory, Sex, Weekday,
};
use crate::ident::{InsuredNumber, InsurerNumber, OfficeNumber, PostalCode, ServiceTypeCode};
use crate::record::{BirthDate, CsvVersion, DateOrZeros, Integer, MonthOrZeros, record};

record! {
    /// Care plan, sheet 1 (居宅サービス計画1表, UP1KYO): who the plan is for, who made it, and its policy.
    ///
    /// The root of the plan unit. Key: insurer, insured person, care-plan date.
    CarePlanSheet1 = "UP1KYO" {
    //  No  name                        length    required  type                 official name
        1   csv_version                 fixed 6   yes       CsvVersion           "CSVバージョン",
        2   insurer_number              fixed 6   yes       InsurerNumber        "保険者番号",
        3   insured_number              fixed 10  yes       InsuredNumber        "被保険者番号",
        4   created_on                  fixed 8   yes       Date                 "作成年月日",
        5   user_postal_code            fixed 8   no        PostalCode           "利用者郵便番号",
        6   user_address1               free      no        Text                 "利用者住所１",
        7   user_address2               free      no        Text                 "利用者住所２",
        8   planner_name                free      yes       Text                 "居宅サービス計画作成者氏名",
        9   plan_office_name            free      yes       Text                 "介護支援事業者名",
        10  plan_office_postal_code     fixed 8   no        PostalCode           "介護支援事業者郵便番号",
        11  plan_office_address1        free      no        Text                 "介護支援事業者住所１",
        12  plan_office_address2        free      no        Text                 "介護支援事業者住所２",
        13  plan_office_number          fixed 10  yes       OfficeNumber         "介護支援事業者コード",
        14  care_plan_date              fixed 8   yes       Date                 "居宅サービス計画作成（変更）日",
        15  first_care_plan_date        fixed 8   yes       Date                 "初回居宅サービス計画作成日",
        16  plan_category               fixed 2   no        PlanCategory         "計画書区分",
        17  certification_status        fixed 1   no        CertificationStatus  "認定状況区分",
        18  certified_on                fixed 8   no        Date                 "認定日",
        19  certification_valid_from    fixed 8   no        Date                 "認定有効期間開始日",
        20  certification_valid_to      fixed 8   no        Date                 "認定有効期間終了日",
        21  care_level                  fixed 2   no        CareLevel            "要介護状態区分",
        22  needs_analysis_result       free      no        Text                 "利用者及び家族の生活に対する意向を踏まえた課題分析の結果",
        23  review_board_opinion        free      no        Text                 "介護認定審査会の意見及びサービスの種類の指定",
        24  overall_support_policy      free      no        Text                 "総合的な援助の方針",
        25  domestic_help_reason        fixed 1   no        DomesticHelpReason   "生活援助中心型の算定理由",
        26  domestic_help_other_reason  free      no        Text                 "その他理由",
        27  updated_by_office_number    fixed 10  no        OfficeNumber         "更新業者コード",
        28  identifier                  max 1     no        Text                 "識別子",
    }
}

record! {
    /// Care plan, sheet 2 (居宅サービス計画2表, UP2KYO): needs, goals and services.
    ///
    /// Hangs on sheet 1. Rows follow the print, in the order of need, goal and support number: a text that is
    /// printed once may be blank on follow-up rows.
    CarePlanSheet2 = "UP2KYO" {
    //  No  name                      length    required  type               official name
        1   csv_version               fixed 6   yes       CsvVersion         "CSVバージョン",
        2   insurer_number            fixed 6   yes       InsurerNumber      "保険者番号",
        3   insured_number            fixed 10  yes       InsuredNumber      "被保険者番号",
        4   created_on                fixed 8   yes       Date               "居宅計画書作成年月日",
        5   care_plan_date            fixed 8   yes       Date               "居宅サービス計画作成（変更）日",
        6   need_no                   max 2     no        Integer            "課題ＮＯ",
        7   need                      free      no        Text               "課題",
        8   goal_no                   max 2     no        Integer            "援助目標ＮＯ",
        9   long_term_goal            free      no        Text               "長期目標",
        10  short_term_goal           free      no        Text               "短期目標",
        11  long_term_period          free      no        Text               "長期期間",
        12  short_term_period         free      no        Text               "短期期間",
        13  support_no                max 2     no        Integer            "援助内容ＮＯ",
        14  service_content           free      no        Text               "サービス内容",
        15  insurance_covered         fixed 1   no        InsuranceCoverage  "保険対象区分",
        16  service_kind              free      no        Text               "サービス種別",
        17  office_number             fixed 10  no        OfficeNumber       "サービス事業者コード",
        18  office_name               free      no        Text               "サービス事業所名",
        19  frequency                 free      no        Text               "頻度",
        20  support_period            free      no        Text               "実施期間",
        21  updated_by_office_number  fixed 10  no        OfficeNumber       "更新業者コード",
        22  identifier                max 1     no        Text               "識別子",
    }
}

record! {
    /// Care plan, sheet 3 (居宅サービス計画３表, UP3KYO): the week.
    ///
    /// Hangs on sheet 1. A row carries one of: a weekly service (No. 6 to 9), a daily activity (10 to 12), a
    /// service that is not weekly (13).
    CarePlanSheet3 = "UP3KYO" {
    //  No  name                  length    required  type           official name
        1   csv_version           fixed 6   yes       CsvVersion     "CSVバージョン",
        2   insurer_number        fixed 6   yes       InsurerNumber  "保険者番号",
        3   insured_number        fixed 10  yes       InsuredNumber  "被保険者番号",
        4   created_on            fixed 8   yes       Date           "週間サービス計画表作成年月日",
        5   care_plan_date        fixed 8   yes       Date           "居宅サービス計画作成（変更）日",
        6   care_service_content  free      no        Text           "介護サービス内容",
        7   weekday               fixed 1   no        Weekday        "曜日",
        8   service_start_time    fixed 4   no        ClockTime      "開始時間",
        9   service_end_time      fixed 4   no        ClockTime      "終了時間",
        10  daily_activity        free      no        Text           "主な日常生活上の活動",
        11  activity_start_time   fixed 4   no        ClockTime      "開始時間",
        12  activity_end_time     fixed 4   no        ClockTime      "終了時間",
        13  non_weekly_service    free      no        Text           "週単位以外のサービス",
    }
}

record! {
    /// Supplementary information on the client (利用者補足情報, UPHOSOKU).
    ///
    /// Goes with a care plan (service month `000000`) or with sheets 6 and 7 (care-plan date `00000000`).
    ClientSupplement = "UPHOSOKU" {
    //  No  name                           length    required  type                 official name
        1   csv_version                    fixed 6   yes       CsvVersion           "CSVバージョン",
        2   insurer_number                 fixed 6   yes       InsurerNumber        "保険者番号",
        3   insured_number                 fixed 10  yes       InsuredNumber        "被保険者番号",
        4   care_plan_date                 fixed 8   yes       DateOrZeros          "居宅サービス計画作成（変更）日",
        5   user_name_kana                 free      yes       Text                 "利用者氏名フリガナ",
        6   user_name                      free      yes       Text                 "利用者氏名",
        7   user_sex                       fixed 1   yes       Sex                  "利用者性別",
        8   user_birth_date                fixed 8   yes       BirthDate            "利用者生年月日",
        9   user_postal_code               fixed 8   no        PostalCode           "利用者郵便番号",
        10  user_address1                  free      no        Text                 "利用者住所１",
        11  user_address2                  free      no        Text                 "利用者住所２",
        12  user_phone                     max 15    no        Text                 "利用者電話番号",
        13  certified_on                   fixed 8   no        Date                 "認定日",
        14  limit_valid_from               fixed 8   no        Date                 "限度額適用開始年月日",
        15  limit_valid_to                 fixed 8   no        Date                 "限度額適用終了年月日",
        16  certification_status           fixed 1   no        CertificationStatus  "認定状況区分",
        17  care_level_changed_on          fixed 8   no        Date                 "要介護状態変更日",
        18  care_level                     fixed 2   no        CareLevel            "要介護状態区分",
        19  category_limit_units           max 7     no        Integer              "区分支給限度基準額",
        20  slot1_service_type             fixed 2   cond      ServiceTypeCode      "１サービス種類コード",
        21  slot1_limit_units              max 7     cond      Integer              "１支給限度基準額",
        22  slot1_total_units              max 7     cond      Integer              "１合計単位数",
        23  slot1_over_units               max 7     cond      Integer              "１限度超単位数",
        24  slot2_service_type             fixed 2   cond      ServiceTypeCode      "２サービス種類コード",
        25  slot2_limit_units              max 7     cond      Integer              "２支給限度基準額",
        26  slot2_total_units              max 7     cond      Integer              "２合計単位数",
        27  slot2_over_units               max 7     cond      Integer              "２限度超単位数",
        28  slot3_service_type             fixed 2   cond      ServiceTypeCode      "３サービス種類コード",
        29  slot3_limit_units              max 7     cond      Integer              "３支給限度基準額",
        30  slot3_total_units              max 7     cond      Integer              "３合計単位数",
        31  slot3_over_units               max 7     cond      Integer              "３限度超単位数",
        32  slot4_service_type             fixed 2   cond      ServiceTypeCode      "４サービス種類コード",
        33  slot4_limit_units              max 7     cond      Integer              "４支給限度基準額",
        34  slot4_total_units              max 7     cond      Integer              "４合計単位数",
        35  slot4_over_units               max 7     cond      Integer              "４限度超単位数",
        36  slot5_service_type             fixed 2   cond      ServiceTypeCode      "５サービス種類コード",
        37  slot5_limit_units              max 7     cond      Integer              "５支給限度基準額",
        38  slot5_total_units              max 7     cond      Integer              "５合計単位数",
        39  slot5_over_units               max 7     cond      Integer              "５限度超単位数",
        40  slot6_service_type             fixed 2   cond      ServiceTypeCode      "６サービス種類コード",
        41  slot6_limit_units              max 7     cond      Integer              "６支給限度基準額",
        42  slot6_total_units              max 7     cond      Integer              "６合計単位数",
        43  slot6_over_units               max 7     cond      Integer              "６限度超単位数",
        44  slot7_service_type             fixed 2   cond      ServiceTypeCode      "７サービス種類コード",
        45  slot7_limit_units              max 7     cond      Integer              "７支給限度基準額",
        46  slot7_total_units              max 7     cond      Integer              "７合計単位数",
        47  slot7_over_units               max 7     cond      Integer              "７限度超単位数",
        48  slot8_service_type             fixed 2   cond      ServiceTypeCode      "８サービス種類コード",
        49  slot8_limit_units              max 7     cond      Integer              "８支給限度基準額",
        50  slot8_total_units              max 7     cond      Integer              "８合計単位数",
        51  slot8_over_units               max 7     cond      Integer              "８限度超単位数",
        52  slot9_service_type             fixed 2   cond      ServiceTypeCode      "９サービス種類コード",
        53  slot9_limit_units              max 7     cond      Integer              "９支給限度基準額",
        54  slot9_total_units              max 7     cond      Integer              "９合計単位数",
        55  slot9_over_units               max 7     cond      Integer              "９限度超単位数",
        56  total_over_units               max 7     no        Integer              "合計限度超単位数",
        57  short_stay_days_to_prev_month  max 5     no        Integer              "入所前月迄利用日数",
        58  short_stay_days_cumulative     max 5     no        Integer              "入所累積利用日数",
        59  previous_care_level            fixed 2   no        CareLevel            "前回要介護状態区分",
        60  consent_office_number          fixed 10  no        OfficeNumber         "同意書受付業者",
        61  updated_by_office_number       fixed 10  no        OfficeNumber         "更新業者コード",
        62  identifier                     max 1     no        Text                 "識別子",
        63  target_month                   fixed 6   yes       MonthOrZeros         "対象年月",
    }
}
