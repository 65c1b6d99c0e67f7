//! Deletions: short records whose every field is required.

use crate::calendar::{Date, Month};
use crate::ident::{InsuredNumber, InsurerNumber, OfficeNumber, ServiceTypeCode};
use crate::record::{CsvVersion, record};

record! {
    /// Deletion of a care plan (居宅サービス計画1表_削除, DLT1KYO): sheets 1, 2 and 3 go.
    CarePlanDeletion = "DLT1KYO" {
    //  No  name            length    required  type           official name
        1   csv_version     fixed 6   yes       CsvVersion     "CSVバージョン",
        2   insurer_number  fixed 6   yes       InsurerNumber  "保険者番号",
        3   insured_number  fixed 10  yes       InsuredNumber  "被保険者番号",
        4   care_plan_date  fixed 8   yes       Date           "居宅サービス計画作成（変更）日",
    }
}

record! {
    /// Deletion of planned sheets 6 and 7 of a month (第6表 予定_削除, DLTPLAN).
    ServiceSlipDeletion = "DLTPLAN" {
    //  No  name                 length    required  type           official name
        1   csv_version          fixed 6   yes       CsvVersion     "CSVバージョン",
        2   insurer_number       fixed 6   yes       InsurerNumber  "保険者番号",
        3   insured_number       fixed 10  yes       InsuredNumber  "被保険者番号",
        4   delete_target_month  fixed 6   yes       Month          "削除対象年月",
    }
}

record! {
    /// Deletion of the actuals of one office, service type and month (第6表 実績情報_削除, DLTJSK).
    ActualsDeletion = "DLTJSK" {
    //  No  name                 length    required  type             official name
        1   csv_version          fixed 6   yes       CsvVersion       "CSVバージョン",
        2   insurer_number       fixed 6   yes       InsurerNumber    "保険者番号",
        3   insured_number       fixed 10  yes       InsuredNumber    "被保険者番号",
        4   delete_target_month  fixed 6   yes       Month            "削除対象年月",
        5   office_number        fixed 10  yes       OfficeNumber     "サービス事業者コード",
        6   service_type_code    fixed 2   yes       ServiceTypeCode  "サービス種類コード",
    }
}

record! {
    /// Deletion of basic information with its annexes and images (利用者基本情報_削除, DLTKIHON).
    BasicInformationDeletion = "DLTKIHON" {
    //  No  name            length    required  type           official name
        1   csv_version     fixed 6   yes       CsvVersion     "CSVバージョン",
        2   insurer_number  fixed 6   yes       InsurerNumber  "保険者番号",
        3   insured_number  fixed 10  yes       InsuredNumber  "被保険者番号",
        4   consulted_on    fixed 8   yes       Date           "相談日",
    }
}

record! {
    /// Deletion of a prevention plan with its annex (介護予防サービス・支援計画書_削除, DLTYOBO).
    PreventionPlanDeletion = "DLTYOBO" {
    //  No  name                  length    required  type           official name
        1   csv_version           fixed 6   yes       CsvVersion     "CSVバージョン",
        2   insurer_number        fixed 6   yes       InsurerNumber  "保険者番号",
        3   insured_number        fixed 10  yes       InsuredNumber  "被保険者番号",
        4   preventive_plan_date  fixed 8   yes       Date           "計画作成(変更)日",
    }
}
