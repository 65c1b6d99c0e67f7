//! Preventive care: basic information and prevention plan, with their annexes.

use crate::calendar::Date;
use crate::code::{
    Applies, BasicCareLevel, CertificationStatus, ChecklistResult, ConsultationMethod, ConsultationVisit,
    DementiaIndependence, DoctorRole, DwellingType, LivingSituation, Outsourcing, PhysicalIndependence,
    PlanCategory, PlanKind, ProgramNeed, Sex, SupportLevel, TreatmentProgress, YesNo,
};
use crate::ident::{InsuredNumber, InsurerNumber};
use crate::record::{BirthDate, CsvVersion, Integer, record};

record! {
    /// Basic information on the client (利用者基本情報, UPKIHON), of preventive care.
    ///
    /// Key: insurer, insured person, consultation date. Some senders put other facts into the addresses No. 43,
    /// 48, 52, 56 and 60.
    BasicInformation = "UPKIHON" {
    //  No  name                       length    required  type                  official name
        1   csv_version                fixed 6   yes       CsvVersion            "CSVバージョン",
        2   insurer_number             fixed 6   yes       InsurerNumber         "保険者番号",
        3   insured_number             fixed 10  yes       InsuredNumber         "被保険者番号",
        4   consulted_on               fixed 8   yes       Date                  "相談日",
        5   plan_kind                  fixed 1   yes       PlanKind              "計画種類",
        6   outsourcing                fixed 1   wanted    Outsourcing           "委託の有無",
        7   prepared_by                free      no        Text                  "作成担当者",
        8   consultation_method        fixed 2   no        ConsultationMethod    "相談方法",
        9   consultation_method_other  free      cond      Text                  "相談方法(その他の内容)",
        10  consultation_visit_kind    fixed 2   no        ConsultationVisit     "相談回数",
        11  previous_consulted_on      fixed 8   no        Date                  "前回相談日",
        12  user_situation             fixed 2   no        LivingSituation       "利用者の現況",
        13  user_situation_note        free      cond      Text                  "利用者の現況(状況補足)",
        14  user_name_kana             free      yes       Text                  "利用者氏名ﾌﾘｶﾞﾅ",
        15  user_name                  free      yes       Text                  "利用者氏名",
        16  user_sex                   fixed 1   yes       Sex                   "利用者性別",
        17  user_birth_date            fixed 8   yes       BirthDate             "利用者生年月日",
        18  user_address               free      no        Text                  "利用者住所",
        19  user_phone                 max 15    no        Text                  "利用者電話番号",
        20  user_fax                   max 15    no        Text                  "利用者Fax番号",
        21  independence_physical      fixed 2   no        PhysicalIndependence  "障害高齢者の日常生活自立度",
        22  independence_dementia      fixed 2   no        DementiaIndependence  "認知症高齢者の日常生活自立度",
        23  care_level                 fixed 2   no        BasicCareLevel        "要介護状態区分",
        24  certification_valid_from   fixed 8   no        Date                  "認定有効期限開始日",
        25  certification_valid_to     fixed 8   no        Date                  "認定有効期間終了日",
        26  previous_care_level        fixed 2   no        BasicCareLevel        "前回の介護度",
        27  checklist_result           fixed 1   no        ChecklistResult       "基本チェックリスト記入結果",
        28  checklist_on               fixed 8   no        Date                  "基本チェックリスト記入日",
        29  disability_physical        fixed 1   no        Applies               "障害等認定(身障)",
        30  disability_intellectual    fixed 1   no        Applies               "障害等認定(療育)",
        31  disability_mental          fixed 1   no        Applies               "障害等認定(精神)",
        32  disability_intractable     fixed 1   no        Applies               "障害等認定(難病)",
        33  disability_note            free      no        Text                  "障害等認定特記事項",
        34  dwelling_type              fixed 2   no        DwellingType          "居住形態",
        35  own_room_floor             max 2     no        Text                  "自室の階数",
        36  home_modification          fixed 1   no        YesNo                 "住宅改修の有無",
        37  income_national_pension    fixed 1   no        Applies               "経済状況(国民年金)",
        38  income_employees_pension   fixed 1   no        Applies               "経済状況(厚生年金)",
        39  income_disability_pension  fixed 1   no        Applies               "経済状況(障害年金)",
        40  income_public_assistance   fixed 1   no        Applies               "経済状況(生活保護)",
        41  income_note                free      no        Text                  "経済状況詳細",
        42  visitor_name               free      no        Text                  "来所者(相談者)氏名",
        43  visitor_address            free      no        Text                  "来所者(相談者)住所",
        44  visitor_phone              max 15    no        Text                  "来所者(相談者)電話番号",
        45  visitor_relationship       free      no        Text                  "来所者(相談者)続柄",
        46  emergency1_name            free      no        Text                  "1 緊急連絡先(氏名)",
        47  emergency1_relationship    free      no        Text                  "1 緊急連絡先(続柄)",
        48  emergency1_address         free      no        Text                  "1 緊急連絡先(住所)",
        49  emergency1_phone           max 15    no        Text                  "1 緊急連絡先(電話番号)",
        50  emergency2_name            free      no        Text                  "2 緊急連絡先(氏名)",
        51  emergency2_relationship    free      no        Text                  "2 緊急連絡先(続柄)",
        52  emergency2_address         free      no        Text                  "2 緊急連絡先(住所)",
        53  emergency2_phone           max 15    no        Text                  "2 緊急連絡先(電話番号)",
        54  emergency3_name            free      no        Text                  "3 緊急連絡先(氏名)",
        55  emergency3_relationship    free      no        Text                  "3 緊急連絡先(続柄)",
        56  emergency3_address         free      no        Text                  "3 緊急連絡先(住所)",
        57  emergency3_phone           max 15    no        Text                  "3 緊急連絡先(電話番号)",
        58  emergency4_name            free      no        Text                  "4 緊急連絡先(氏名)",
        59  emergency4_relationship    free      no        Text                  "4 緊急連絡先(続柄)",
        60  emergency4_address         free      no        Text                  "4 緊急連絡先(住所)",
        61  emergency4_phone           max 15    no        Text                  "4 緊急連絡先(電話番号)",
        62  family_image_filename      free      no        ImageFileName         "家族構成 画像ファイル名",
        63  family_relations_note      free      no        Text                  "家族関係等の状況",
        64  life_history               free      no        Text                  "今までの生活",
        65  daily_life_general         free      no        Text                  "１日の生活・すごし方(生活全般)",
        66  hobbies_skills             free      no        Text                  "趣味・楽しみ・特技",
        67  community_relations        free      no        Text                  "友人・地域との関係",
        68  formal_services_in_use     free      no        Text                  "現在利用している公的サービス",
        69  informal_services_in_use   free      no        Text                  "現在利用している非公的サービス",
        70  consented_on               fixed 8   no        Date                  "同意日",
        71  consenter_name             free      no        Text                  "同意者氏名",
    }
}

record! {
    /// Basic information, annex 1 (利用者基本情報 別表1, UPKIHON_SUB1): the time schedule of a day.
    DailySchedule = "UPKIHON_SUB1" {
    //  No  name                      length    required  type           official name
        1   csv_version               fixed 6   yes       CsvVersion     "CSVバージョン",
        2   insurer_number            fixed 6   yes       InsurerNumber  "保険者番号",
        3   insured_number            fixed 10  yes       InsuredNumber  "被保険者番号",
        4   consulted_on              fixed 8   yes       Date           "相談日",
        5   time_of_day               free      no        Text           "時間",
        6   user_life_situation       free      no        Text           "本人の生活状況",
        7   caregiver_life_situation  free      no        Text           "介護者・家族の生活状況",
    }
}

record! {
    /// Basic information, annex 2 (利用者基本情報 別表2, UPKIHON_SUB2): present and past illnesses.
    MedicalHistory = "UPKIHON_SUB2" {
    //  No  name                        length    required  type               official name
        1   csv_version                 fixed 6   yes       CsvVersion         "CSVバージョン",
        2   insurer_number              fixed 6   yes       InsurerNumber      "保険者番号",
        3   insured_number              fixed 10  yes       InsuredNumber      "被保険者番号",
        4   consulted_on                fixed 8   yes       Date               "相談日",
        5   event_date_text             free      no        Text               "年月日",
        6   disease_name                free      no        Text               "病名",
        7   medical_institution_doctor  free      no        Text               "医療機関・医師名",
        8   attending_doctor_flag       fixed 1   no        DoctorRole         "主治医・意見作成者フラグ",
        9   medical_institution_phone   max 15    no        Text               "医療機関・医師電話番号",
        10  progress                    fixed 2   no        TreatmentProgress  "経過",
        11  treatment_detail            free      no        Text               "治療中の内容",
    }
}

record! {
    /// Prevention service and support plan (介護予防サービス・支援計画書, UPYOBO).
    ///
    /// Key: insurer, insured person, plan date.
    PreventionPlan = "UPYOBO" {
    //  No  name                           length    required  type                 official name
        1   csv_version                    fixed 6   yes       CsvVersion           "CSVバージョン",
        2   insurer_number                 fixed 6   yes       InsurerNumber        "保険者番号",
        3   insured_number                 fixed 10  yes       InsuredNumber        "被保険者番号",
        4   preventive_plan_date           fixed 8   yes       Date                 "計画作成(変更)日",
        5   plan_kind                      fixed 1   yes       PlanKind             "計画種類",
        6   outsourcing                    fixed 1   wanted    Outsourcing          "委託の有無",
        7   reference_number               free      no        Text                 "整理番号",
        8   user_name                      free      yes       Text                 "利用者名",
        9   certified_on                   fixed 8   no        Date                 "認定年月日",
        10  certification_valid_from       fixed 8   no        Date                 "認定有効期間開始日",
        11  certification_valid_to         fixed 8   no        Date                 "認定有効期間終了日",
        12  plan_category                  fixed 2   no        PlanCategory         "計画書区分",
        13  certification_status           fixed 1   no        CertificationStatus  "認定状況区分",
        14  support_level                  fixed 1   no        SupportLevel         "要支援状態区分",
        15  planner_name_community_center  free      no        Text                 "計画作成者氏名（地域包括支援センター担当者名）",
        16  planner_name_care_manager      free      no        Text                 "計画作成者氏名（担当介護支援専門員名）",
        17  plan_office_name               free      no        Text                 "計画作成者事業者・事業所名",
        18  plan_office_address            free      no        Text                 "計画作成者事業者・事業所住所",
        19  plan_office_phone              max 15    no        Text                 "計画作成者事業者・事業所電話番号",
        20  first_plan_date                fixed 8   no        Date                 "初回作成日",
        21  community_center_name          free      no        Text                 "担当地域包括支援センター",
        22  goal_one_day                   free      no        Text                 "目標とする生活(1日)",
        23  goal_one_year                  free      no        Text                 "目標とする生活(1年)",
        24  mobility_current               free      no        Text                 "【運動・移動】現在の状況",
        25  mobility_wishes                free      no        Text                 "【運動・移動】本人・家族の意欲・意向",
        26  mobility_issue                 fixed 1   no        YesNo                "【運動・移動】領域における課題の有無",
        27  mobility_issue_background      free      no        Text                 "【運動・移動】領域における課題（背景・原因）",
        28  home_life_current              free      no        Text                 "【日常生活(家庭生活)】現在の状況",
        29  home_life_wishes               free      no        Text                 "【日常生活(家庭生活)】本人・家族の意欲・意向",
        30  home_life_issue                fixed 1   no        YesNo                "【日常生活(家庭生活)】領域における課題の有無",
        31  home_life_issue_background     free      no        Text                 "【日常生活(家庭生活)】領域における課題（背景・原因）",
        32  social_current                 free      no        Text                 "【社会参加、対人関係・コミュニケーション】現在の状況",
        33  social_wishes                  free      no        Text                 "【社会参加、対人関係・コミュニケーション】本人・家族の意欲・意向",
        34  social_issue                   fixed 1   no        YesNo                "【社会参加、対人関係・コミュニケーション】領域における課題の有無",
        35  social_issue_background        free      no        Text                 "【社会参加、対人関係・コミュニケーション】領域における課題（背景・原因）",
        36  health_current                 free      no        Text                 "【健康管理】現在の状況",
        37  health_wishes                  free      no        Text                 "【健康管理】本人・家族の意欲・意向",
        38  health_issue                   fixed 1   no        YesNo                "【健康管理】領域における課題の有無",
        39  health_issue_background        free      no        Text                 "【健康管理】領域における課題（背景・原因）",
        40  health_notes                   free      no        Text                 "健康状態の留意点",
        41  appropriate_support_policy     free      no        Text                 "妥当な支援の実施に向けた方針",
        42  overall_support_policy         free      no        Text                 "総合的な方針",
        43  checklist_count_exercise       max 1     no        Integer              "基本チェックリストの該当数(運動不足)",
        44  checklist_count_nutrition      max 1     no        Integer              "基本チェックリストの該当数(栄養改善)",
        45  checklist_count_oral           max 1     no        Integer              "基本チェックリストの該当数(口腔内ケア)",
        46  checklist_count_homebound      max 1     no        Integer              "基本チェックリストの該当数(閉じこもり予防)",
        47  checklist_count_memory         max 1     no        Integer              "基本チェックリストの該当数(物忘れ予防)",
        48  checklist_count_depression     max 1     no        Integer              "基本チェックリストの該当数(うつ予防)",
        49  program_need_exercise          fixed 1   no        ProgramNeed          "事業プログラムの要否(運動不足)",
        50  program_need_nutrition         fixed 1   no        ProgramNeed          "事業プログラムの要否(栄養改善)",
        51  program_need_oral              fixed 1   no        ProgramNeed          "事業プログラムの要否(口腔内ケア)",
        52  program_need_homebound         fixed 1   no        ProgramNeed          "事業プログラムの要否(閉じこもり予防)",
        53  program_need_memory            fixed 1   no        ProgramNeed          "事業プログラムの要否(物忘れ予防)",
        54  program_need_depression        fixed 1   no        ProgramNeed          "事業プログラムの要否(うつ予防)",
        55  community_center_opinion       free      no        Text                 "地域包括支援センター意見",
        56  consented_on                   fixed 8   no        Date                 "同意日",
        57  consenter_name                 free      no        Text                 "同意者氏名",
    }
}

record! {
    /// Prevention plan, annex (介護予防サービス・支援計画書 別表, UPYOBO_SUB): needs, support plans and services.
    ///
    /// The texts of a need or support plan stand on its first row only; its number on every row.
    PreventionSupport = "UPYOBO_SUB" {
    //  No  name                          length    required  type           official name
        1   csv_version                   fixed 6   yes       CsvVersion     "CSVバージョン",
        2   insurer_number                fixed 6   yes       InsurerNumber  "保険者番号",
        3   insured_number                fixed 10  yes       InsuredNumber  "被保険者番号",
        4   preventive_plan_date          fixed 8   yes       Date           "計画作成(変更)日",
        5   need_no                       max 2     no        Integer        "課題ＮＯ",
        6   overall_need                  free      no        Text           "総合的課題",
        7   goal_and_measures_proposal    free      no        Text           "課題に対する目標と具体策の提案",
        8   wishes_on_measures            free      no        Text           "具体策についての意向本人・家族",
        9   goal                          free      no        Text           "目標",
        10  support_plan_no               max 2     no        Integer        "支援計画ＮＯ",
        11  support_points                free      no        Text           "【支援計画】目標についての支援のポイント",
        12  support_self_family_informal  free      no        Text           "【支援計画】本人等のセルフケアや家族の支援、インフォーマルサービス（民間サービス）",
        13  support_insured_or_community  free      no        Text           "【支援計画】介護保険サービス又は地域支援事業（総合事業のサービス）",
        14  used_service_no               max 2     no        Integer        "利用サービスＮＯ",
        15  used_service_kind             free      no        Text           "【利用サービス】サービス種別",
        16  used_service_office           free      no        Text           "【利用サービス】事業所(利用先)",
        17  used_service_period           free      no        Text           "【利用サービス】期間",
    }
}
