# Generated from the declarations in kaigo-core: KAIGO_BLESS=1 writes it anew.
import datetime
import decimal
from typing import Self

from ._kaigo import Field, Month, Record

__all__ = ["ActualsDeletion", "BasicInformation", "BasicInformationDeletion", "CarePlanDeletion", "CarePlanSheet1", "CarePlanSheet2", "CarePlanSheet3", "ClientSupplement", "DailySchedule", "MedicalHistory", "PreventionPlan", "PreventionPlanDeletion", "PreventionSupport", "ServiceSlip", "ServiceSlipAnnex", "ServiceSlipDeletion"]

class CarePlanSheet1(Record):
    """Care plan, sheet 1 (居宅サービス計画1表, UP1KYO): who the plan is for, who made it, and its policy.

    The root of the plan unit. Key: insurer, insured person, care-plan date.

    Kind of file: UP1KYO. Official source: ケアプランデータ連携標準仕様 4.1, CSV layout of UP1KYO.
    """

    __match_args__ = ("csv_version", "insurer_number", "insured_number", "created_on", "user_postal_code", "user_address1", "user_address2", "planner_name", "plan_office_name", "plan_office_postal_code", "plan_office_address1", "plan_office_address2", "plan_office_number", "care_plan_date", "first_care_plan_date", "plan_category", "certification_status", "certified_on", "certification_valid_from", "certification_valid_to", "care_level", "needs_analysis_result", "review_board_opinion", "overall_support_policy", "domestic_help_reason", "domestic_help_other_reason", "updated_by_office_number", "identifier",)
    def __new__(
        cls,
        *,
        csv_version: Month | str | None = None,
        insurer_number: str | None = None,
        insured_number: str | None = None,
        created_on: datetime.date | str | None = None,
        user_postal_code: str | None = None,
        user_address1: str | None = None,
        user_address2: str | None = None,
        planner_name: str | None = None,
        plan_office_name: str | None = None,
        plan_office_postal_code: str | None = None,
        plan_office_address1: str | None = None,
        plan_office_address2: str | None = None,
        plan_office_number: str | None = None,
        care_plan_date: datetime.date | str | None = None,
        first_care_plan_date: datetime.date | str | None = None,
        plan_category: str | None = None,
        certification_status: str | None = None,
        certified_on: datetime.date | str | None = None,
        certification_valid_from: datetime.date | str | None = None,
        certification_valid_to: datetime.date | str | None = None,
        care_level: str | None = None,
        needs_analysis_result: str | None = None,
        review_board_opinion: str | None = None,
        overall_support_policy: str | None = None,
        domestic_help_reason: str | None = None,
        domestic_help_other_reason: str | None = None,
        updated_by_office_number: str | None = None,
        identifier: str | None = None,
    ) -> Self: ...
    csv_version: Field[Month]
    """No. 1 CSVバージョン: Month, length 6, required yes."""
    insurer_number: Field[str]
    """No. 2 保険者番号: Digits, length 6, required yes."""
    insured_number: Field[str]
    """No. 3 被保険者番号: Alnum, length 10, required yes."""
    created_on: Field[datetime.date]
    """No. 4 作成年月日: Date, length 8, required yes."""
    user_postal_code: Field[str]
    """No. 5 利用者郵便番号: Postal, length 8, required no."""
    user_address1: Field[str]
    """No. 6 利用者住所１: Text, length free, required no."""
    user_address2: Field[str]
    """No. 7 利用者住所２: Text, length free, required no."""
    planner_name: Field[str]
    """No. 8 居宅サービス計画作成者氏名: Text, length free, required yes."""
    plan_office_name: Field[str]
    """No. 9 介護支援事業者名: Text, length free, required yes."""
    plan_office_postal_code: Field[str]
    """No. 10 介護支援事業者郵便番号: Postal, length 8, required no."""
    plan_office_address1: Field[str]
    """No. 11 介護支援事業者住所１: Text, length free, required no."""
    plan_office_address2: Field[str]
    """No. 12 介護支援事業者住所２: Text, length free, required no."""
    plan_office_number: Field[str]
    """No. 13 介護支援事業者コード: Alnum, length 10, required yes."""
    care_plan_date: Field[datetime.date]
    """No. 14 居宅サービス計画作成（変更）日: Date, length 8, required yes."""
    first_care_plan_date: Field[datetime.date]
    """No. 15 初回居宅サービス計画作成日: Date, length 8, required yes."""
    plan_category: Field[str]
    """No. 16 計画書区分: Code, length 2, required no. Codes: 11 初回, 12 紹介, 21 継続, 51 初回＆紹介, 52 初回＆継続, 53 紹介＆継続, 54 初回＆紹介＆継続."""
    certification_status: Field[str]
    """No. 17 認定状況区分: Code, length 1, required no. Codes: 1 申請中, 2 認定済."""
    certified_on: Field[datetime.date]
    """No. 18 認定日: Date, length 8, required no."""
    certification_valid_from: Field[datetime.date]
    """No. 19 認定有効期間開始日: Date, length 8, required no."""
    certification_valid_to: Field[datetime.date]
    """No. 20 認定有効期間終了日: Date, length 8, required no."""
    care_level: Field[str]
    """No. 21 要介護状態区分: Code, length 2, required no. Codes: 06 事業対象者, 12 要支援１, 13 要支援２, 21 要介護１, 22 要介護２, 23 要介護３, 24 要介護４, 25 要介護５."""
    needs_analysis_result: Field[str]
    """No. 22 利用者及び家族の生活に対する意向を踏まえた課題分析の結果: Text, length free, required no."""
    review_board_opinion: Field[str]
    """No. 23 介護認定審査会の意見及びサービスの種類の指定: Text, length free, required no."""
    overall_support_policy: Field[str]
    """No. 24 総合的な援助の方針: Text, length free, required no."""
    domestic_help_reason: Field[str]
    """No. 25 生活援助中心型の算定理由: Code, length 1, required no. Codes: 1 一人暮らし, 2 家族等が障害、疾病等, 3 その他."""
    domestic_help_other_reason: Field[str]
    """No. 26 その他理由: Text, length free, required no."""
    updated_by_office_number: Field[str]
    """No. 27 更新業者コード: Alnum, length 10, required no."""
    identifier: Field[str]
    """No. 28 識別子: Text, length up to 1, required no."""

class CarePlanSheet2(Record):
    """Care plan, sheet 2 (居宅サービス計画2表, UP2KYO): needs, goals and services.

    Hangs on sheet 1. Rows follow the print, in the order of need, goal and support number: a text that is
    printed once may be blank on follow-up rows.

    Kind of file: UP2KYO. Official source: ケアプランデータ連携標準仕様 4.1, CSV layout of UP2KYO.
    """

    __match_args__ = ("csv_version", "insurer_number", "insured_number", "created_on", "care_plan_date", "need_no", "need", "goal_no", "long_term_goal", "short_term_goal", "long_term_period", "short_term_period", "support_no", "service_content", "insurance_covered", "service_kind", "office_number", "office_name", "frequency", "support_period", "updated_by_office_number", "identifier",)
    def __new__(
        cls,
        *,
        csv_version: Month | str | None = None,
        insurer_number: str | None = None,
        insured_number: str | None = None,
        created_on: datetime.date | str | None = None,
        care_plan_date: datetime.date | str | None = None,
        need_no: int | str | None = None,
        need: str | None = None,
        goal_no: int | str | None = None,
        long_term_goal: str | None = None,
        short_term_goal: str | None = None,
        long_term_period: str | None = None,
        short_term_period: str | None = None,
        support_no: int | str | None = None,
        service_content: str | None = None,
        insurance_covered: str | None = None,
        service_kind: str | None = None,
        office_number: str | None = None,
        office_name: str | None = None,
        frequency: str | None = None,
        support_period: str | None = None,
        updated_by_office_number: str | None = None,
        identifier: str | None = None,
    ) -> Self: ...
    csv_version: Field[Month]
    """No. 1 CSVバージョン: Month, length 6, required yes."""
    insurer_number: Field[str]
    """No. 2 保険者番号: Digits, length 6, required yes."""
    insured_number: Field[str]
    """No. 3 被保険者番号: Alnum, length 10, required yes."""
    created_on: Field[datetime.date]
    """No. 4 居宅計画書作成年月日: Date, length 8, required yes."""
    care_plan_date: Field[datetime.date]
    """No. 5 居宅サービス計画作成（変更）日: Date, length 8, required yes."""
    need_no: Field[int]
    """No. 6 課題ＮＯ: Integer, length up to 2, required no."""
    need: Field[str]
    """No. 7 課題: Text, length free, required no."""
    goal_no: Field[int]
    """No. 8 援助目標ＮＯ: Integer, length up to 2, required no."""
    long_term_goal: Field[str]
    """No. 9 長期目標: Text, length free, required no."""
    short_term_goal: Field[str]
    """No. 10 短期目標: Text, length free, required no."""
    long_term_period: Field[str]
    """No. 11 長期期間: Text, length free, required no."""
    short_term_period: Field[str]
    """No. 12 短期期間: Text, length free, required no."""
    support_no: Field[int]
    """No. 13 援助内容ＮＯ: Integer, length up to 2, required no."""
    service_content: Field[str]
    """No. 14 サービス内容: Text, length free, required no."""
    insurance_covered: Field[str]
    """No. 15 保険対象区分: Code, length 1, required no. Codes: Y 対象, N 対象外."""
    service_kind: Field[str]
    """No. 16 サービス種別: Text, length free, required no."""
    office_number: Field[str]
    """No. 17 サービス事業者コード: Alnum, length 10, required no."""
    office_name: Field[str]
    """No. 18 サービス事業所名: Text, length free, required no."""
    frequency: Field[str]
    """No. 19 頻度: Text, length free, required no."""
    support_period: Field[str]
    """No. 20 実施期間: Text, length free, required no."""
    updated_by_office_number: Field[str]
    """No. 21 更新業者コード: Alnum, length 10, required no."""
    identifier: Field[str]
    """No. 22 識別子: Text, length up to 1, required no."""

class CarePlanSheet3(Record):
    """Care plan, sheet 3 (居宅サービス計画３表, UP3KYO): the week.

    Hangs on sheet 1. A row carries one of: a weekly service (No. 6 to 9), a daily activity (10 to 12), a
    service that is not weekly (13).

    Kind of file: UP3KYO. Official source: ケアプランデータ連携標準仕様 4.1, CSV layout of UP3KYO.
    """

    __match_args__ = ("csv_version", "insurer_number", "insured_number", "created_on", "care_plan_date", "care_service_content", "weekday", "service_start_time", "service_end_time", "daily_activity", "activity_start_time", "activity_end_time", "non_weekly_service",)
    def __new__(
        cls,
        *,
        csv_version: Month | str | None = None,
        insurer_number: str | None = None,
        insured_number: str | None = None,
        created_on: datetime.date | str | None = None,
        care_plan_date: datetime.date | str | None = None,
        care_service_content: str | None = None,
        weekday: str | None = None,
        service_start_time: datetime.time | str | None = None,
        service_end_time: datetime.time | str | None = None,
        daily_activity: str | None = None,
        activity_start_time: datetime.time | str | None = None,
        activity_end_time: datetime.time | str | None = None,
        non_weekly_service: str | None = None,
    ) -> Self: ...
    csv_version: Field[Month]
    """No. 1 CSVバージョン: Month, length 6, required yes."""
    insurer_number: Field[str]
    """No. 2 保険者番号: Digits, length 6, required yes."""
    insured_number: Field[str]
    """No. 3 被保険者番号: Alnum, length 10, required yes."""
    created_on: Field[datetime.date]
    """No. 4 週間サービス計画表作成年月日: Date, length 8, required yes."""
    care_plan_date: Field[datetime.date]
    """No. 5 居宅サービス計画作成（変更）日: Date, length 8, required yes."""
    care_service_content: Field[str]
    """No. 6 介護サービス内容: Text, length free, required no."""
    weekday: Field[str]
    """No. 7 曜日: Code, length 1, required no. Codes: 1 月曜日, 2 火曜日, 3 水曜日, 4 木曜日, 5 金曜日, 6 土曜日, 7 日曜日."""
    service_start_time: Field[datetime.time]
    """No. 8 開始時間: Time, length 4, required no."""
    service_end_time: Field[datetime.time]
    """No. 9 終了時間: Time, length 4, required no."""
    daily_activity: Field[str]
    """No. 10 主な日常生活上の活動: Text, length free, required no."""
    activity_start_time: Field[datetime.time]
    """No. 11 開始時間: Time, length 4, required no."""
    activity_end_time: Field[datetime.time]
    """No. 12 終了時間: Time, length 4, required no."""
    non_weekly_service: Field[str]
    """No. 13 週単位以外のサービス: Text, length free, required no."""

class ClientSupplement(Record):
    """Supplementary information on the client (利用者補足情報, UPHOSOKU).

    Goes with a care plan (service month `000000`) or with sheets 6 and 7 (care-plan date `00000000`).

    Kind of file: UPHOSOKU. Official source: ケアプランデータ連携標準仕様 4.1, CSV layout of UPHOSOKU.
    """

    __match_args__ = ("csv_version", "insurer_number", "insured_number", "care_plan_date", "user_name_kana", "user_name", "user_sex", "user_birth_date", "user_postal_code", "user_address1", "user_address2", "user_phone", "certified_on", "limit_valid_from", "limit_valid_to", "certification_status", "care_level_changed_on", "care_level", "category_limit_units", "slot1_service_type", "slot1_limit_units", "slot1_total_units", "slot1_over_units", "slot2_service_type", "slot2_limit_units", "slot2_total_units", "slot2_over_units", "slot3_service_type", "slot3_limit_units", "slot3_total_units", "slot3_over_units", "slot4_service_type", "slot4_limit_units", "slot4_total_units", "slot4_over_units", "slot5_service_type", "slot5_limit_units", "slot5_total_units", "slot5_over_units", "slot6_service_type", "slot6_limit_units", "slot6_total_units", "slot6_over_units", "slot7_service_type", "slot7_limit_units", "slot7_total_units", "slot7_over_units", "slot8_service_type", "slot8_limit_units", "slot8_total_units", "slot8_over_units", "slot9_service_type", "slot9_limit_units", "slot9_total_units", "slot9_over_units", "total_over_units", "short_stay_days_to_prev_month", "short_stay_days_cumulative", "previous_care_level", "consent_office_number", "updated_by_office_number", "identifier", "target_month",)
    def __new__(
        cls,
        *,
        csv_version: Month | str | None = None,
        insurer_number: str | None = None,
        insured_number: str | None = None,
        care_plan_date: datetime.date | str | None = None,
        user_name_kana: str | None = None,
        user_name: str | None = None,
        user_sex: str | None = None,
        user_birth_date: datetime.date | str | None = None,
        user_postal_code: str | None = None,
        user_address1: str | None = None,
        user_address2: str | None = None,
        user_phone: str | None = None,
        certified_on: datetime.date | str | None = None,
        limit_valid_from: datetime.date | str | None = None,
        limit_valid_to: datetime.date | str | None = None,
        certification_status: str | None = None,
        care_level_changed_on: datetime.date | str | None = None,
        care_level: str | None = None,
        category_limit_units: int | str | None = None,
        slot1_service_type: str | None = None,
        slot1_limit_units: int | str | None = None,
        slot1_total_units: int | str | None = None,
        slot1_over_units: int | str | None = None,
        slot2_service_type: str | None = None,
        slot2_limit_units: int | str | None = None,
        slot2_total_units: int | str | None = None,
        slot2_over_units: int | str | None = None,
        slot3_service_type: str | None = None,
        slot3_limit_units: int | str | None = None,
        slot3_total_units: int | str | None = None,
        slot3_over_units: int | str | None = None,
        slot4_service_type: str | None = None,
        slot4_limit_units: int | str | None = None,
        slot4_total_units: int | str | None = None,
        slot4_over_units: int | str | None = None,
        slot5_service_type: str | None = None,
        slot5_limit_units: int | str | None = None,
        slot5_total_units: int | str | None = None,
        slot5_over_units: int | str | None = None,
        slot6_service_type: str | None = None,
        slot6_limit_units: int | str | None = None,
        slot6_total_units: int | str | None = None,
        slot6_over_units: int | str | None = None,
        slot7_service_type: str | None = None,
        slot7_limit_units: int | str | None = None,
        slot7_total_units: int | str | None = None,
        slot7_over_units: int | str | None = None,
        slot8_service_type: str | None = None,
        slot8_limit_units: int | str | None = None,
        slot8_total_units: int | str | None = None,
        slot8_over_units: int | str | None = None,
        slot9_service_type: str | None = None,
        slot9_limit_units: int | str | None = None,
        slot9_total_units: int | str | None = None,
        slot9_over_units: int | str | None = None,
        total_over_units: int | str | None = None,
        short_stay_days_to_prev_month: int | str | None = None,
        short_stay_days_cumulative: int | str | None = None,
        previous_care_level: str | None = None,
        consent_office_number: str | None = None,
        updated_by_office_number: str | None = None,
        identifier: str | None = None,
        target_month: Month | str | None = None,
    ) -> Self: ...
    csv_version: Field[Month]
    """No. 1 CSVバージョン: Month, length 6, required yes."""
    insurer_number: Field[str]
    """No. 2 保険者番号: Digits, length 6, required yes."""
    insured_number: Field[str]
    """No. 3 被保険者番号: Alnum, length 10, required yes."""
    care_plan_date: Field[datetime.date]
    """No. 4 居宅サービス計画作成（変更）日: Date, length 8, required yes."""
    user_name_kana: Field[str]
    """No. 5 利用者氏名フリガナ: Text, length free, required yes."""
    user_name: Field[str]
    """No. 6 利用者氏名: Text, length free, required yes."""
    user_sex: Field[str]
    """No. 7 利用者性別: Code, length 1, required yes. Codes: 1 男性, 2 女性."""
    user_birth_date: Field[datetime.date]
    """No. 8 利用者生年月日: Date, length 8, required yes."""
    user_postal_code: Field[str]
    """No. 9 利用者郵便番号: Postal, length 8, required no."""
    user_address1: Field[str]
    """No. 10 利用者住所１: Text, length free, required no."""
    user_address2: Field[str]
    """No. 11 利用者住所２: Text, length free, required no."""
    user_phone: Field[str]
    """No. 12 利用者電話番号: Text, length up to 15, required no."""
    certified_on: Field[datetime.date]
    """No. 13 認定日: Date, length 8, required no."""
    limit_valid_from: Field[datetime.date]
    """No. 14 限度額適用開始年月日: Date, length 8, required no."""
    limit_valid_to: Field[datetime.date]
    """No. 15 限度額適用終了年月日: Date, length 8, required no."""
    certification_status: Field[str]
    """No. 16 認定状況区分: Code, length 1, required no. Codes: 1 申請中, 2 認定済."""
    care_level_changed_on: Field[datetime.date]
    """No. 17 要介護状態変更日: Date, length 8, required no."""
    care_level: Field[str]
    """No. 18 要介護状態区分: Code, length 2, required no. Codes: 06 事業対象者, 12 要支援１, 13 要支援２, 21 要介護１, 22 要介護２, 23 要介護３, 24 要介護４, 25 要介護５."""
    category_limit_units: Field[int]
    """No. 19 区分支給限度基準額: Integer, length up to 7, required no. In units (単位)."""
    slot1_service_type: Field[str]
    """No. 20 １サービス種類コード: Code, length 2, required conditional."""
    slot1_limit_units: Field[int]
    """No. 21 １支給限度基準額: Integer, length up to 7, required conditional. In units (単位)."""
    slot1_total_units: Field[int]
    """No. 22 １合計単位数: Integer, length up to 7, required conditional. In units (単位)."""
    slot1_over_units: Field[int]
    """No. 23 １限度超単位数: Integer, length up to 7, required conditional. In units (単位)."""
    slot2_service_type: Field[str]
    """No. 24 ２サービス種類コード: Code, length 2, required conditional."""
    slot2_limit_units: Field[int]
    """No. 25 ２支給限度基準額: Integer, length up to 7, required conditional. In units (単位)."""
    slot2_total_units: Field[int]
    """No. 26 ２合計単位数: Integer, length up to 7, required conditional. In units (単位)."""
    slot2_over_units: Field[int]
    """No. 27 ２限度超単位数: Integer, length up to 7, required conditional. In units (単位)."""
    slot3_service_type: Field[str]
    """No. 28 ３サービス種類コード: Code, length 2, required conditional."""
    slot3_limit_units: Field[int]
    """No. 29 ３支給限度基準額: Integer, length up to 7, required conditional. In units (単位)."""
    slot3_total_units: Field[int]
    """No. 30 ３合計単位数: Integer, length up to 7, required conditional. In units (単位)."""
    slot3_over_units: Field[int]
    """No. 31 ３限度超単位数: Integer, length up to 7, required conditional. In units (単位)."""
    slot4_service_type: Field[str]
    """No. 32 ４サービス種類コード: Code, length 2, required conditional."""
    slot4_limit_units: Field[int]
    """No. 33 ４支給限度基準額: Integer, length up to 7, required conditional. In units (単位)."""
    slot4_total_units: Field[int]
    """No. 34 ４合計単位数: Integer, length up to 7, required conditional. In units (単位)."""
    slot4_over_units: Field[int]
    """No. 35 ４限度超単位数: Integer, length up to 7, required conditional. In units (単位)."""
    slot5_service_type: Field[str]
    """No. 36 ５サービス種類コード: Code, length 2, required conditional."""
    slot5_limit_units: Field[int]
    """No. 37 ５支給限度基準額: Integer, length up to 7, required conditional. In units (単位)."""
    slot5_total_units: Field[int]
    """No. 38 ５合計単位数: Integer, length up to 7, required conditional. In units (単位)."""
    slot5_over_units: Field[int]
    """No. 39 ５限度超単位数: Integer, length up to 7, required conditional. In units (単位)."""
    slot6_service_type: Field[str]
    """No. 40 ６サービス種類コード: Code, length 2, required conditional."""
    slot6_limit_units: Field[int]
    """No. 41 ６支給限度基準額: Integer, length up to 7, required conditional. In units (単位)."""
    slot6_total_units: Field[int]
    """No. 42 ６合計単位数: Integer, length up to 7, required conditional. In units (単位)."""
    slot6_over_units: Field[int]
    """No. 43 ６限度超単位数: Integer, length up to 7, required conditional. In units (単位)."""
    slot7_service_type: Field[str]
    """No. 44 ７サービス種類コード: Code, length 2, required conditional."""
    slot7_limit_units: Field[int]
    """No. 45 ７支給限度基準額: Integer, length up to 7, required conditional. In units (単位)."""
    slot7_total_units: Field[int]
    """No. 46 ７合計単位数: Integer, length up to 7, required conditional. In units (単位)."""
    slot7_over_units: Field[int]
    """No. 47 ７限度超単位数: Integer, length up to 7, required conditional. In units (単位)."""
    slot8_service_type: Field[str]
    """No. 48 ８サービス種類コード: Code, length 2, required conditional."""
    slot8_limit_units: Field[int]
    """No. 49 ８支給限度基準額: Integer, length up to 7, required conditional. In units (単位)."""
    slot8_total_units: Field[int]
    """No. 50 ８合計単位数: Integer, length up to 7, required conditional. In units (単位)."""
    slot8_over_units: Field[int]
    """No. 51 ８限度超単位数: Integer, length up to 7, required conditional. In units (単位)."""
    slot9_service_type: Field[str]
    """No. 52 ９サービス種類コード: Code, length 2, required conditional."""
    slot9_limit_units: Field[int]
    """No. 53 ９支給限度基準額: Integer, length up to 7, required conditional. In units (単位)."""
    slot9_total_units: Field[int]
    """No. 54 ９合計単位数: Integer, length up to 7, required conditional. In units (単位)."""
    slot9_over_units: Field[int]
    """No. 55 ９限度超単位数: Integer, length up to 7, required conditional. In units (単位)."""
    total_over_units: Field[int]
    """No. 56 合計限度超単位数: Integer, length up to 7, required no. In units (単位)."""
    short_stay_days_to_prev_month: Field[int]
    """No. 57 入所前月迄利用日数: Integer, length up to 5, required no. In days."""
    short_stay_days_cumulative: Field[int]
    """No. 58 入所累積利用日数: Integer, length up to 5, required no. In days."""
    previous_care_level: Field[str]
    """No. 59 前回要介護状態区分: Code, length 2, required no. Codes: 06 事業対象者, 12 要支援１, 13 要支援２, 21 要介護１, 22 要介護２, 23 要介護３, 24 要介護４, 25 要介護５."""
    consent_office_number: Field[str]
    """No. 60 同意書受付業者: Alnum, length 10, required no."""
    updated_by_office_number: Field[str]
    """No. 61 更新業者コード: Alnum, length 10, required no."""
    identifier: Field[str]
    """No. 62 識別子: Text, length up to 1, required no."""
    target_month: Field[Month]
    """No. 63 対象年月: Month, length 6, required yes."""

class ServiceSlip(Record):
    """One planned or actual service of 第6表 (サービス利用票): UPPLAN and UPJSK share this layout.

    Units are after discount. No. 6 to 8: the marks of the source are hard to read. No. 19: its length is not
    in the source; 2 comes from a third party.

    Kind of file: UPPLAN, UPJSK. Official source: ケアプランデータ連携標準仕様 4.1, CSV layout of UPPLAN_UPJSK.
    """

    __match_args__ = ("csv_version", "insurer_number", "insured_number", "created_on", "target_month", "plan_office_number", "planner_name", "units", "short_stay_days_to_prev_month", "service_date", "per_diem_days", "service_start_time", "service_end_time", "service_count", "service_code", "tais_code", "equipment_notification_code", "equipment_name", "detail_no", "office_number", "office_name", "satellite_no", "over_30_days", "updated_by_office_number", "identifier",)
    def __new__(
        cls,
        *,
        csv_version: Month | str | None = None,
        insurer_number: str | None = None,
        insured_number: str | None = None,
        created_on: datetime.date | str | None = None,
        target_month: Month | str | None = None,
        plan_office_number: str | None = None,
        planner_name: str | None = None,
        units: int | str | None = None,
        short_stay_days_to_prev_month: int | str | None = None,
        service_date: datetime.date | str | None = None,
        per_diem_days: str | None = None,
        service_start_time: datetime.time | str | None = None,
        service_end_time: datetime.time | str | None = None,
        service_count: int | str | None = None,
        service_code: str | None = None,
        tais_code: str | None = None,
        equipment_notification_code: str | None = None,
        equipment_name: str | None = None,
        detail_no: int | str | None = None,
        office_number: str | None = None,
        office_name: str | None = None,
        satellite_no: str | None = None,
        over_30_days: str | None = None,
        updated_by_office_number: str | None = None,
        identifier: str | None = None,
    ) -> Self: ...
    csv_version: Field[Month]
    """No. 1 CSVバージョン: Month, length 6, required yes."""
    insurer_number: Field[str]
    """No. 2 保険者番号: Digits, length 6, required yes."""
    insured_number: Field[str]
    """No. 3 被保険者番号: Alnum, length 10, required yes."""
    created_on: Field[datetime.date]
    """No. 4 作成年月日: Date, length 8, required yes."""
    target_month: Field[Month]
    """No. 5 対象年月: Month, length 6, required yes."""
    plan_office_number: Field[str]
    """No. 6 プラン担当業者コード: Alnum, length 10, required yes (hard to read)."""
    planner_name: Field[str]
    """No. 7 プラン担当者名: Text, length free, required no (hard to read)."""
    units: Field[int]
    """No. 8 単位数: Integer, length up to 6, required yes (hard to read). In units (単位)."""
    short_stay_days_to_prev_month: Field[int]
    """No. 9 前月までの短期入所利用日数: Integer, length up to 5, required no. In days."""
    service_date: Field[datetime.date]
    """No. 10 サービス利用日: Date, length 8, required yes."""
    per_diem_days: Field[str]
    """No. 11 日割対象日: DayMap, length 31, required conditional. In 31 characters 0 or 1, one a day."""
    service_start_time: Field[datetime.time]
    """No. 12 サービス開始時刻: Time, length 4, required yes."""
    service_end_time: Field[datetime.time]
    """No. 13 サービス終了時刻: Time, length 4, required yes."""
    service_count: Field[int]
    """No. 14 サービス回数: Integer, length up to 2, required yes."""
    service_code: Field[str]
    """No. 15 サービスコード: Alnum, length 6, required yes."""
    tais_code: Field[str]
    """No. 16 TAISコード: Alnum, length 12, required conditional."""
    equipment_notification_code: Field[str]
    """No. 17 福祉用具届出コード: Alnum, length 12, required conditional."""
    equipment_name: Field[str]
    """No. 18 用具名称（機種名）: Text, length free, required no."""
    detail_no: Field[int]
    """No. 19 明細判別コード: Integer, length up to 2 (hard to read), required conditional."""
    office_number: Field[str]
    """No. 20 サービス事業者コード: Alnum, length 10, required yes."""
    office_name: Field[str]
    """No. 21 サービス事業所名: Text, length free, required no."""
    satellite_no: Field[str]
    """No. 22 サテライト枝番: Alnum, length up to 2, required conditional."""
    over_30_days: Field[str]
    """No. 23 ３０日超区分: Code, length 1, required yes. Codes: 1 該当, 0 非該当."""
    updated_by_office_number: Field[str]
    """No. 24 更新業者コード: Alnum, length 10, required no."""
    identifier: Field[str]
    """No. 25 識別子: Text, length up to 1, required no."""

class ServiceSlipAnnex(Record):
    """One row of 第7表 (サービス利用票別表, UPSIKYU): a service, a subtotal or the grand total.

    No. 30 is printed with length 2, though edition 3.2 widened it to 5.

    Kind of file: UPSIKYU. Official source: ケアプランデータ連携標準仕様 4.1, CSV layout of UPSIKYU.
    """

    __match_args__ = ("csv_version", "insurer_number", "insured_number", "created_on", "target_month", "office_name", "office_number", "satellite_no", "service_code", "tais_code", "equipment_notification_code", "equipment_name", "units", "discounted_rate", "discounted_units", "count_or_days", "service_units_or_amount", "benefit_managed_units", "type_limit_over_units", "type_limit_within_units", "category_limit_over_units", "category_limit_within_units", "unit_price", "total_cost_covered", "benefit_rate", "benefit_claim_amount", "flat_user_charge_unit_amount", "user_charge_covered", "user_charge_full", "short_stay_days_to_prev_month", "short_stay_days_planned_this_month", "short_stay_days_cumulative", "over_30_days", "fixed_office_code", "entered_by_code", "updated_by_office_number", "identifier",)
    def __new__(
        cls,
        *,
        csv_version: Month | str | None = None,
        insurer_number: str | None = None,
        insured_number: str | None = None,
        created_on: datetime.date | str | None = None,
        target_month: Month | str | None = None,
        office_name: str | None = None,
        office_number: str | None = None,
        satellite_no: str | None = None,
        service_code: str | None = None,
        tais_code: str | None = None,
        equipment_notification_code: str | None = None,
        equipment_name: str | None = None,
        units: int | str | None = None,
        discounted_rate: int | str | None = None,
        discounted_units: int | str | None = None,
        count_or_days: int | str | None = None,
        service_units_or_amount: int | str | None = None,
        benefit_managed_units: int | str | None = None,
        type_limit_over_units: int | str | None = None,
        type_limit_within_units: int | str | None = None,
        category_limit_over_units: int | str | None = None,
        category_limit_within_units: int | str | None = None,
        unit_price: decimal.Decimal | str | None = None,
        total_cost_covered: int | str | None = None,
        benefit_rate: int | str | None = None,
        benefit_claim_amount: int | str | None = None,
        flat_user_charge_unit_amount: int | str | None = None,
        user_charge_covered: int | str | None = None,
        user_charge_full: int | str | None = None,
        short_stay_days_to_prev_month: int | str | None = None,
        short_stay_days_planned_this_month: int | str | None = None,
        short_stay_days_cumulative: int | str | None = None,
        over_30_days: str | None = None,
        fixed_office_code: str | None = None,
        entered_by_code: str | None = None,
        updated_by_office_number: str | None = None,
        identifier: str | None = None,
    ) -> Self: ...
    csv_version: Field[Month]
    """No. 1 CSVバージョン: Month, length 6, required yes."""
    insurer_number: Field[str]
    """No. 2 保険者番号: Digits, length 6, required yes."""
    insured_number: Field[str]
    """No. 3 被保険者番号: Alnum, length 10, required yes."""
    created_on: Field[datetime.date]
    """No. 4 作成年月日: Date, length 8, required yes."""
    target_month: Field[Month]
    """No. 5 対象年月: Month, length 6, required yes."""
    office_name: Field[str]
    """No. 6 サービス事業所名: Text, length free, required no."""
    office_number: Field[str]
    """No. 7 サービス事業所コード: Alnum, length 10, required yes."""
    satellite_no: Field[str]
    """No. 8 サテライト枝番: Alnum, length up to 2, required conditional."""
    service_code: Field[str]
    """No. 9 サービスコード: Alnum, length 6, required yes."""
    tais_code: Field[str]
    """No. 10 TAISコード: Alnum, length 12, required conditional."""
    equipment_notification_code: Field[str]
    """No. 11 福祉用具届出コード: Alnum, length 12, required conditional."""
    equipment_name: Field[str]
    """No. 12 用具名称（機種名）: Text, length free, required no."""
    units: Field[int]
    """No. 13 単位数: Integer, length up to 6, required yes. In units (単位)."""
    discounted_rate: Field[int]
    """No. 14 割引後率: Integer, length up to 5, required no."""
    discounted_units: Field[int]
    """No. 15 割引後単位数: Integer, length up to 6, required no. In units (単位)."""
    count_or_days: Field[int]
    """No. 16 回数／日数: Integer, length up to 3, required yes. In days."""
    service_units_or_amount: Field[int]
    """No. 17 サービス単位金額: Integer, length up to 5, required no."""
    benefit_managed_units: Field[int]
    """No. 18 給付管理単位数: Integer, length up to 6, required no. In units (単位)."""
    type_limit_over_units: Field[int]
    """No. 19 種類支給限度基準超単位数: Integer, length up to 6, required no. In units (単位)."""
    type_limit_within_units: Field[int]
    """No. 20 種類支給限度基準内単位数: Integer, length up to 6, required no. In units (単位)."""
    category_limit_over_units: Field[int]
    """No. 21 区分支給限度基準超単位数: Integer, length up to 6, required no. In units (単位)."""
    category_limit_within_units: Field[int]
    """No. 22 区分支給限度基準内単位数: Integer, length up to 6, required no. In units (単位)."""
    unit_price: Field[decimal.Decimal]
    """No. 23 単位数単価: Decimal, length up to 6, required no. In yen, two decimals."""
    total_cost_covered: Field[int]
    """No. 24 費用総額保険／事業対象分: Integer, length up to 6, required no."""
    benefit_rate: Field[int]
    """No. 25 給付率: Integer, length up to 6, required no."""
    benefit_claim_amount: Field[int]
    """No. 26 保険／事業費請求額: Integer, length up to 6, required no."""
    flat_user_charge_unit_amount: Field[int]
    """No. 27 定額利用者負担単価金額: Integer, length up to 6, required no."""
    user_charge_covered: Field[int]
    """No. 28 利用者負担保険／事業対象分: Integer, length up to 6, required no."""
    user_charge_full: Field[int]
    """No. 29 利用者負担（全額負担分）: Integer, length up to 6, required no."""
    short_stay_days_to_prev_month: Field[int]
    """No. 30 前月までの利用日数: Integer, length up to 2 (hard to read), required no. In days."""
    short_stay_days_planned_this_month: Field[int]
    """No. 31 当月の計画利用日数: Integer, length up to 2, required no. In days."""
    short_stay_days_cumulative: Field[int]
    """No. 32 累積利用日数: Integer, length up to 5, required no. In days."""
    over_30_days: Field[str]
    """No. 33 ３０日超区分: Code, length 1, required yes. Codes: 1 該当, 0 非該当."""
    fixed_office_code: Field[str]
    """No. 34 事業所コード: Digits, length 10, required no."""
    entered_by_code: Field[str]
    """No. 35 入力者コード: Alnum, length 10, required no."""
    updated_by_office_number: Field[str]
    """No. 36 更新業者コード: Alnum, length 10, required no."""
    identifier: Field[str]
    """No. 37 識別子: Text, length up to 1, required no."""

class BasicInformation(Record):
    """Basic information on the client (利用者基本情報, UPKIHON), of preventive care.

    Key: insurer, insured person, consultation date. Some senders put other facts into the addresses No. 43,
    48, 52, 56 and 60.

    Kind of file: UPKIHON. Official source: ケアプランデータ連携標準仕様 4.1, CSV layout of UPKIHON.
    """

    __match_args__ = ("csv_version", "insurer_number", "insured_number", "consulted_on", "plan_kind", "outsourcing", "prepared_by", "consultation_method", "consultation_method_other", "consultation_visit_kind", "previous_consulted_on", "user_situation", "user_situation_note", "user_name_kana", "user_name", "user_sex", "user_birth_date", "user_address", "user_phone", "user_fax", "independence_physical", "independence_dementia", "care_level", "certification_valid_from", "certification_valid_to", "previous_care_level", "checklist_result", "checklist_on", "disability_physical", "disability_intellectual", "disability_mental", "disability_intractable", "disability_note", "dwelling_type", "own_room_floor", "home_modification", "income_national_pension", "income_employees_pension", "income_disability_pension", "income_public_assistance", "income_note", "visitor_name", "visitor_address", "visitor_phone", "visitor_relationship", "emergency1_name", "emergency1_relationship", "emergency1_address", "emergency1_phone", "emergency2_name", "emergency2_relationship", "emergency2_address", "emergency2_phone", "emergency3_name", "emergency3_relationship", "emergency3_address", "emergency3_phone", "emergency4_name", "emergency4_relationship", "emergency4_address", "emergency4_phone", "family_image_filename", "family_relations_note", "life_history", "daily_life_general", "hobbies_skills", "community_relations", "formal_services_in_use", "informal_services_in_use", "consented_on", "consenter_name",)
    def __new__(
        cls,
        *,
        csv_version: Month | str | None = None,
        insurer_number: str | None = None,
        insured_number: str | None = None,
        consulted_on: datetime.date | str | None = None,
        plan_kind: str | None = None,
        outsourcing: str | None = None,
        prepared_by: str | None = None,
        consultation_method: str | None = None,
        consultation_method_other: str | None = None,
        consultation_visit_kind: str | None = None,
        previous_consulted_on: datetime.date | str | None = None,
        user_situation: str | None = None,
        user_situation_note: str | None = None,
        user_name_kana: str | None = None,
        user_name: str | None = None,
        user_sex: str | None = None,
        user_birth_date: datetime.date | str | None = None,
        user_address: str | None = None,
        user_phone: str | None = None,
        user_fax: str | None = None,
        independence_physical: str | None = None,
        independence_dementia: str | None = None,
        care_level: str | None = None,
        certification_valid_from: datetime.date | str | None = None,
        certification_valid_to: datetime.date | str | None = None,
        previous_care_level: str | None = None,
        checklist_result: str | None = None,
        checklist_on: datetime.date | str | None = None,
        disability_physical: str | None = None,
        disability_intellectual: str | None = None,
        disability_mental: str | None = None,
        disability_intractable: str | None = None,
        disability_note: str | None = None,
        dwelling_type: str | None = None,
        own_room_floor: str | None = None,
        home_modification: str | None = None,
        income_national_pension: str | None = None,
        income_employees_pension: str | None = None,
        income_disability_pension: str | None = None,
        income_public_assistance: str | None = None,
        income_note: str | None = None,
        visitor_name: str | None = None,
        visitor_address: str | None = None,
        visitor_phone: str | None = None,
        visitor_relationship: str | None = None,
        emergency1_name: str | None = None,
        emergency1_relationship: str | None = None,
        emergency1_address: str | None = None,
        emergency1_phone: str | None = None,
        emergency2_name: str | None = None,
        emergency2_relationship: str | None = None,
        emergency2_address: str | None = None,
        emergency2_phone: str | None = None,
        emergency3_name: str | None = None,
        emergency3_relationship: str | None = None,
        emergency3_address: str | None = None,
        emergency3_phone: str | None = None,
        emergency4_name: str | None = None,
        emergency4_relationship: str | None = None,
        emergency4_address: str | None = None,
        emergency4_phone: str | None = None,
        family_image_filename: str | None = None,
        family_relations_note: str | None = None,
        life_history: str | None = None,
        daily_life_general: str | None = None,
        hobbies_skills: str | None = None,
        community_relations: str | None = None,
        formal_services_in_use: str | None = None,
        informal_services_in_use: str | None = None,
        consented_on: datetime.date | str | None = None,
        consenter_name: str | None = None,
    ) -> Self: ...
    csv_version: Field[Month]
    """No. 1 CSVバージョン: Month, length 6, required yes."""
    insurer_number: Field[str]
    """No. 2 保険者番号: Digits, length 6, required yes."""
    insured_number: Field[str]
    """No. 3 被保険者番号: Alnum, length 10, required yes."""
    consulted_on: Field[datetime.date]
    """No. 4 相談日: Date, length 8, required yes."""
    plan_kind: Field[str]
    """No. 5 計画種類: Code, length 1, required yes. Codes: 1 介護予防支援, 2 介護予防ケアマネジメント."""
    outsourcing: Field[str]
    """No. 6 委託の有無: Code, length 1, required wanted. Codes: 1 自前, 2 委託."""
    prepared_by: Field[str]
    """No. 7 作成担当者: Text, length free, required no."""
    consultation_method: Field[str]
    """No. 8 相談方法: Code, length 2, required no. Codes: 01 来所, 02 電話, 03 その他."""
    consultation_method_other: Field[str]
    """No. 9 相談方法(その他の内容): Text, length free, required conditional."""
    consultation_visit_kind: Field[str]
    """No. 10 相談回数: Code, length 2, required no. Codes: 01 初回, 02 再来."""
    previous_consulted_on: Field[datetime.date]
    """No. 11 前回相談日: Date, length 8, required no."""
    user_situation: Field[str]
    """No. 12 利用者の現況: Code, length 2, required no. Codes: 01 在宅, 02 入院又は入所中."""
    user_situation_note: Field[str]
    """No. 13 利用者の現況(状況補足): Text, length free, required conditional."""
    user_name_kana: Field[str]
    """No. 14 利用者氏名ﾌﾘｶﾞﾅ: Text, length free, required yes."""
    user_name: Field[str]
    """No. 15 利用者氏名: Text, length free, required yes."""
    user_sex: Field[str]
    """No. 16 利用者性別: Code, length 1, required yes. Codes: 1 男性, 2 女性."""
    user_birth_date: Field[datetime.date]
    """No. 17 利用者生年月日: Date, length 8, required yes."""
    user_address: Field[str]
    """No. 18 利用者住所: Text, length free, required no."""
    user_phone: Field[str]
    """No. 19 利用者電話番号: Text, length up to 15, required no."""
    user_fax: Field[str]
    """No. 20 利用者Fax番号: Text, length up to 15, required no."""
    independence_physical: Field[str]
    """No. 21 障害高齢者の日常生活自立度: Code, length 2, required no. Codes: 01 自立, 11 J1, 12 J2, 21 A1, 22 A2, 31 B1, 32 B2, 41 C1, 42 C2."""
    independence_dementia: Field[str]
    """No. 22 認知症高齢者の日常生活自立度: Code, length 2, required no. Codes: 01 自立, 02 Ⅰ, 03 Ⅱａ, 04 Ⅱｂ, 05 Ⅲａ, 06 Ⅲｂ, 07 Ⅳ, 08 Ｍ."""
    care_level: Field[str]
    """No. 23 要介護状態区分: Code, length 2, required no. Codes: 01 非該当, 12 要支援１, 13 要支援２, 21 要介護１, 22 要介護２, 23 要介護３, 24 要介護４, 25 要介護５."""
    certification_valid_from: Field[datetime.date]
    """No. 24 認定有効期限開始日: Date, length 8, required no."""
    certification_valid_to: Field[datetime.date]
    """No. 25 認定有効期間終了日: Date, length 8, required no."""
    previous_care_level: Field[str]
    """No. 26 前回の介護度: Code, length 2, required no. Codes: 01 非該当, 12 要支援１, 13 要支援２, 21 要介護１, 22 要介護２, 23 要介護３, 24 要介護４, 25 要介護５."""
    checklist_result: Field[str]
    """No. 27 基本チェックリスト記入結果: Code, length 1, required no. Codes: 1 事業対象者の該当あり, 2 事業対象者の該当なし."""
    checklist_on: Field[datetime.date]
    """No. 28 基本チェックリスト記入日: Date, length 8, required no."""
    disability_physical: Field[str]
    """No. 29 障害等認定(身障): Code, length 1, required no. Codes: 1 該当, 0 非該当."""
    disability_intellectual: Field[str]
    """No. 30 障害等認定(療育): Code, length 1, required no. Codes: 1 該当, 0 非該当."""
    disability_mental: Field[str]
    """No. 31 障害等認定(精神): Code, length 1, required no. Codes: 1 該当, 0 非該当."""
    disability_intractable: Field[str]
    """No. 32 障害等認定(難病): Code, length 1, required no. Codes: 1 該当, 0 非該当."""
    disability_note: Field[str]
    """No. 33 障害等認定特記事項: Text, length free, required no."""
    dwelling_type: Field[str]
    """No. 34 居住形態: Code, length 2, required no. Codes: 01 自宅, 02 借家, 03 一戸建て, 04 集合住宅, 05 自宅・一戸建て, 06 自宅・集合住宅, 07 借家・一戸建て, 08 借家・集合住宅."""
    own_room_floor: Field[str]
    """No. 35 自室の階数: Text, length up to 2, required no."""
    home_modification: Field[str]
    """No. 36 住宅改修の有無: Code, length 1, required no. Codes: 1 有, 2 無."""
    income_national_pension: Field[str]
    """No. 37 経済状況(国民年金): Code, length 1, required no. Codes: 1 該当, 0 非該当."""
    income_employees_pension: Field[str]
    """No. 38 経済状況(厚生年金): Code, length 1, required no. Codes: 1 該当, 0 非該当."""
    income_disability_pension: Field[str]
    """No. 39 経済状況(障害年金): Code, length 1, required no. Codes: 1 該当, 0 非該当."""
    income_public_assistance: Field[str]
    """No. 40 経済状況(生活保護): Code, length 1, required no. Codes: 1 該当, 0 非該当."""
    income_note: Field[str]
    """No. 41 経済状況詳細: Text, length free, required no."""
    visitor_name: Field[str]
    """No. 42 来所者(相談者)氏名: Text, length free, required no."""
    visitor_address: Field[str]
    """No. 43 来所者(相談者)住所: Text, length free, required no."""
    visitor_phone: Field[str]
    """No. 44 来所者(相談者)電話番号: Text, length up to 15, required no."""
    visitor_relationship: Field[str]
    """No. 45 来所者(相談者)続柄: Text, length free, required no."""
    emergency1_name: Field[str]
    """No. 46 1 緊急連絡先(氏名): Text, length free, required no."""
    emergency1_relationship: Field[str]
    """No. 47 1 緊急連絡先(続柄): Text, length free, required no."""
    emergency1_address: Field[str]
    """No. 48 1 緊急連絡先(住所): Text, length free, required no."""
    emergency1_phone: Field[str]
    """No. 49 1 緊急連絡先(電話番号): Text, length up to 15, required no."""
    emergency2_name: Field[str]
    """No. 50 2 緊急連絡先(氏名): Text, length free, required no."""
    emergency2_relationship: Field[str]
    """No. 51 2 緊急連絡先(続柄): Text, length free, required no."""
    emergency2_address: Field[str]
    """No. 52 2 緊急連絡先(住所): Text, length free, required no."""
    emergency2_phone: Field[str]
    """No. 53 2 緊急連絡先(電話番号): Text, length up to 15, required no."""
    emergency3_name: Field[str]
    """No. 54 3 緊急連絡先(氏名): Text, length free, required no."""
    emergency3_relationship: Field[str]
    """No. 55 3 緊急連絡先(続柄): Text, length free, required no."""
    emergency3_address: Field[str]
    """No. 56 3 緊急連絡先(住所): Text, length free, required no."""
    emergency3_phone: Field[str]
    """No. 57 3 緊急連絡先(電話番号): Text, length up to 15, required no."""
    emergency4_name: Field[str]
    """No. 58 4 緊急連絡先(氏名): Text, length free, required no."""
    emergency4_relationship: Field[str]
    """No. 59 4 緊急連絡先(続柄): Text, length free, required no."""
    emergency4_address: Field[str]
    """No. 60 4 緊急連絡先(住所): Text, length free, required no."""
    emergency4_phone: Field[str]
    """No. 61 4 緊急連絡先(電話番号): Text, length up to 15, required no."""
    family_image_filename: Field[str]
    """No. 62 家族構成 画像ファイル名: FileName, length free, required no."""
    family_relations_note: Field[str]
    """No. 63 家族関係等の状況: Text, length free, required no."""
    life_history: Field[str]
    """No. 64 今までの生活: Text, length free, required no."""
    daily_life_general: Field[str]
    """No. 65 １日の生活・すごし方(生活全般): Text, length free, required no."""
    hobbies_skills: Field[str]
    """No. 66 趣味・楽しみ・特技: Text, length free, required no."""
    community_relations: Field[str]
    """No. 67 友人・地域との関係: Text, length free, required no."""
    formal_services_in_use: Field[str]
    """No. 68 現在利用している公的サービス: Text, length free, required no."""
    informal_services_in_use: Field[str]
    """No. 69 現在利用している非公的サービス: Text, length free, required no."""
    consented_on: Field[datetime.date]
    """No. 70 同意日: Date, length 8, required no."""
    consenter_name: Field[str]
    """No. 71 同意者氏名: Text, length free, required no."""

class DailySchedule(Record):
    """Basic information, annex 1 (利用者基本情報 別表1, UPKIHON_SUB1): the time schedule of a day.

    Kind of file: UPKIHON_SUB1. Official source: ケアプランデータ連携標準仕様 4.1, CSV layout of UPKIHON_SUB1.
    """

    __match_args__ = ("csv_version", "insurer_number", "insured_number", "consulted_on", "time_of_day", "user_life_situation", "caregiver_life_situation",)
    def __new__(
        cls,
        *,
        csv_version: Month | str | None = None,
        insurer_number: str | None = None,
        insured_number: str | None = None,
        consulted_on: datetime.date | str | None = None,
        time_of_day: str | None = None,
        user_life_situation: str | None = None,
        caregiver_life_situation: str | None = None,
    ) -> Self: ...
    csv_version: Field[Month]
    """No. 1 CSVバージョン: Month, length 6, required yes."""
    insurer_number: Field[str]
    """No. 2 保険者番号: Digits, length 6, required yes."""
    insured_number: Field[str]
    """No. 3 被保険者番号: Alnum, length 10, required yes."""
    consulted_on: Field[datetime.date]
    """No. 4 相談日: Date, length 8, required yes."""
    time_of_day: Field[str]
    """No. 5 時間: Text, length free, required no."""
    user_life_situation: Field[str]
    """No. 6 本人の生活状況: Text, length free, required no."""
    caregiver_life_situation: Field[str]
    """No. 7 介護者・家族の生活状況: Text, length free, required no."""

class MedicalHistory(Record):
    """Basic information, annex 2 (利用者基本情報 別表2, UPKIHON_SUB2): present and past illnesses.

    Kind of file: UPKIHON_SUB2. Official source: ケアプランデータ連携標準仕様 4.1, CSV layout of UPKIHON_SUB2.
    """

    __match_args__ = ("csv_version", "insurer_number", "insured_number", "consulted_on", "event_date_text", "disease_name", "medical_institution_doctor", "attending_doctor_flag", "medical_institution_phone", "progress", "treatment_detail",)
    def __new__(
        cls,
        *,
        csv_version: Month | str | None = None,
        insurer_number: str | None = None,
        insured_number: str | None = None,
        consulted_on: datetime.date | str | None = None,
        event_date_text: str | None = None,
        disease_name: str | None = None,
        medical_institution_doctor: str | None = None,
        attending_doctor_flag: str | None = None,
        medical_institution_phone: str | None = None,
        progress: str | None = None,
        treatment_detail: str | None = None,
    ) -> Self: ...
    csv_version: Field[Month]
    """No. 1 CSVバージョン: Month, length 6, required yes."""
    insurer_number: Field[str]
    """No. 2 保険者番号: Digits, length 6, required yes."""
    insured_number: Field[str]
    """No. 3 被保険者番号: Alnum, length 10, required yes."""
    consulted_on: Field[datetime.date]
    """No. 4 相談日: Date, length 8, required yes."""
    event_date_text: Field[str]
    """No. 5 年月日: Text, length free, required no."""
    disease_name: Field[str]
    """No. 6 病名: Text, length free, required no."""
    medical_institution_doctor: Field[str]
    """No. 7 医療機関・医師名: Text, length free, required no."""
    attending_doctor_flag: Field[str]
    """No. 8 主治医・意見作成者フラグ: Code, length 1, required no. Codes: 1 主治医, 2 それ以外."""
    medical_institution_phone: Field[str]
    """No. 9 医療機関・医師電話番号: Text, length up to 15, required no."""
    progress: Field[str]
    """No. 10 経過: Code, length 2, required no. Codes: 01 治療中, 02 経過観察中, 03 その他."""
    treatment_detail: Field[str]
    """No. 11 治療中の内容: Text, length free, required no."""

class PreventionPlan(Record):
    """Prevention service and support plan (介護予防サービス・支援計画書, UPYOBO).

    Key: insurer, insured person, plan date.

    Kind of file: UPYOBO. Official source: ケアプランデータ連携標準仕様 4.1, CSV layout of UPYOBO.
    """

    __match_args__ = ("csv_version", "insurer_number", "insured_number", "preventive_plan_date", "plan_kind", "outsourcing", "reference_number", "user_name", "certified_on", "certification_valid_from", "certification_valid_to", "plan_category", "certification_status", "support_level", "planner_name_community_center", "planner_name_care_manager", "plan_office_name", "plan_office_address", "plan_office_phone", "first_plan_date", "community_center_name", "goal_one_day", "goal_one_year", "mobility_current", "mobility_wishes", "mobility_issue", "mobility_issue_background", "home_life_current", "home_life_wishes", "home_life_issue", "home_life_issue_background", "social_current", "social_wishes", "social_issue", "social_issue_background", "health_current", "health_wishes", "health_issue", "health_issue_background", "health_notes", "appropriate_support_policy", "overall_support_policy", "checklist_count_exercise", "checklist_count_nutrition", "checklist_count_oral", "checklist_count_homebound", "checklist_count_memory", "checklist_count_depression", "program_need_exercise", "program_need_nutrition", "program_need_oral", "program_need_homebound", "program_need_memory", "program_need_depression", "community_center_opinion", "consented_on", "consenter_name",)
    def __new__(
        cls,
        *,
        csv_version: Month | str | None = None,
        insurer_number: str | None = None,
        insured_number: str | None = None,
        preventive_plan_date: datetime.date | str | None = None,
        plan_kind: str | None = None,
        outsourcing: str | None = None,
        reference_number: str | None = None,
        user_name: str | None = None,
        certified_on: datetime.date | str | None = None,
        certification_valid_from: datetime.date | str | None = None,
        certification_valid_to: datetime.date | str | None = None,
        plan_category: str | None = None,
        certification_status: str | None = None,
        support_level: str | None = None,
        planner_name_community_center: str | None = None,
        planner_name_care_manager: str | None = None,
        plan_office_name: str | None = None,
        plan_office_address: str | None = None,
        plan_office_phone: str | None = None,
        first_plan_date: datetime.date | str | None = None,
        community_center_name: str | None = None,
        goal_one_day: str | None = None,
        goal_one_year: str | None = None,
        mobility_current: str | None = None,
        mobility_wishes: str | None = None,
        mobility_issue: str | None = None,
        mobility_issue_background: str | None = None,
        home_life_current: str | None = None,
        home_life_wishes: str | None = None,
        home_life_issue: str | None = None,
        home_life_issue_background: str | None = None,
        social_current: str | None = None,
        social_wishes: str | None = None,
        social_issue: str | None = None,
        social_issue_background: str | None = None,
        health_current: str | None = None,
        health_wishes: str | None = None,
        health_issue: str | None = None,
        health_issue_background: str | None = None,
        health_notes: str | None = None,
        appropriate_support_policy: str | None = None,
        overall_support_policy: str | None = None,
        checklist_count_exercise: int | str | None = None,
        checklist_count_nutrition: int | str | None = None,
        checklist_count_oral: int | str | None = None,
        checklist_count_homebound: int | str | None = None,
        checklist_count_memory: int | str | None = None,
        checklist_count_depression: int | str | None = None,
        program_need_exercise: str | None = None,
        program_need_nutrition: str | None = None,
        program_need_oral: str | None = None,
        program_need_homebound: str | None = None,
        program_need_memory: str | None = None,
        program_need_depression: str | None = None,
        community_center_opinion: str | None = None,
        consented_on: datetime.date | str | None = None,
        consenter_name: str | None = None,
    ) -> Self: ...
    csv_version: Field[Month]
    """No. 1 CSVバージョン: Month, length 6, required yes."""
    insurer_number: Field[str]
    """No. 2 保険者番号: Digits, length 6, required yes."""
    insured_number: Field[str]
    """No. 3 被保険者番号: Alnum, length 10, required yes."""
    preventive_plan_date: Field[datetime.date]
    """No. 4 計画作成(変更)日: Date, length 8, required yes."""
    plan_kind: Field[str]
    """No. 5 計画種類: Code, length 1, required yes. Codes: 1 介護予防支援, 2 介護予防ケアマネジメント."""
    outsourcing: Field[str]
    """No. 6 委託の有無: Code, length 1, required wanted. Codes: 1 自前, 2 委託."""
    reference_number: Field[str]
    """No. 7 整理番号: Text, length free, required no."""
    user_name: Field[str]
    """No. 8 利用者名: Text, length free, required yes."""
    certified_on: Field[datetime.date]
    """No. 9 認定年月日: Date, length 8, required no."""
    certification_valid_from: Field[datetime.date]
    """No. 10 認定有効期間開始日: Date, length 8, required no."""
    certification_valid_to: Field[datetime.date]
    """No. 11 認定有効期間終了日: Date, length 8, required no."""
    plan_category: Field[str]
    """No. 12 計画書区分: Code, length 2, required no. Codes: 11 初回, 12 紹介, 21 継続, 51 初回＆紹介, 52 初回＆継続, 53 紹介＆継続, 54 初回＆紹介＆継続."""
    certification_status: Field[str]
    """No. 13 認定状況区分: Code, length 1, required no. Codes: 1 申請中, 2 認定済."""
    support_level: Field[str]
    """No. 14 要支援状態区分: Code, length 1, required no. Codes: 1 要支援１, 2 要支援２, 3 地域支援事業."""
    planner_name_community_center: Field[str]
    """No. 15 計画作成者氏名（地域包括支援センター担当者名）: Text, length free, required no."""
    planner_name_care_manager: Field[str]
    """No. 16 計画作成者氏名（担当介護支援専門員名）: Text, length free, required no."""
    plan_office_name: Field[str]
    """No. 17 計画作成者事業者・事業所名: Text, length free, required no."""
    plan_office_address: Field[str]
    """No. 18 計画作成者事業者・事業所住所: Text, length free, required no."""
    plan_office_phone: Field[str]
    """No. 19 計画作成者事業者・事業所電話番号: Text, length up to 15, required no."""
    first_plan_date: Field[datetime.date]
    """No. 20 初回作成日: Date, length 8, required no."""
    community_center_name: Field[str]
    """No. 21 担当地域包括支援センター: Text, length free, required no."""
    goal_one_day: Field[str]
    """No. 22 目標とする生活(1日): Text, length free, required no."""
    goal_one_year: Field[str]
    """No. 23 目標とする生活(1年): Text, length free, required no."""
    mobility_current: Field[str]
    """No. 24 【運動・移動】現在の状況: Text, length free, required no."""
    mobility_wishes: Field[str]
    """No. 25 【運動・移動】本人・家族の意欲・意向: Text, length free, required no."""
    mobility_issue: Field[str]
    """No. 26 【運動・移動】領域における課題の有無: Code, length 1, required no. Codes: 1 有, 2 無."""
    mobility_issue_background: Field[str]
    """No. 27 【運動・移動】領域における課題（背景・原因）: Text, length free, required no."""
    home_life_current: Field[str]
    """No. 28 【日常生活(家庭生活)】現在の状況: Text, length free, required no."""
    home_life_wishes: Field[str]
    """No. 29 【日常生活(家庭生活)】本人・家族の意欲・意向: Text, length free, required no."""
    home_life_issue: Field[str]
    """No. 30 【日常生活(家庭生活)】領域における課題の有無: Code, length 1, required no. Codes: 1 有, 2 無."""
    home_life_issue_background: Field[str]
    """No. 31 【日常生活(家庭生活)】領域における課題（背景・原因）: Text, length free, required no."""
    social_current: Field[str]
    """No. 32 【社会参加、対人関係・コミュニケーション】現在の状況: Text, length free, required no."""
    social_wishes: Field[str]
    """No. 33 【社会参加、対人関係・コミュニケーション】本人・家族の意欲・意向: Text, length free, required no."""
    social_issue: Field[str]
    """No. 34 【社会参加、対人関係・コミュニケーション】領域における課題の有無: Code, length 1, required no. Codes: 1 有, 2 無."""
    social_issue_background: Field[str]
    """No. 35 【社会参加、対人関係・コミュニケーション】領域における課題（背景・原因）: Text, length free, required no."""
    health_current: Field[str]
    """No. 36 【健康管理】現在の状況: Text, length free, required no."""
    health_wishes: Field[str]
    """No. 37 【健康管理】本人・家族の意欲・意向: Text, length free, required no."""
    health_issue: Field[str]
    """No. 38 【健康管理】領域における課題の有無: Code, length 1, required no. Codes: 1 有, 2 無."""
    health_issue_background: Field[str]
    """No. 39 【健康管理】領域における課題（背景・原因）: Text, length free, required no."""
    health_notes: Field[str]
    """No. 40 健康状態の留意点: Text, length free, required no."""
    appropriate_support_policy: Field[str]
    """No. 41 妥当な支援の実施に向けた方針: Text, length free, required no."""
    overall_support_policy: Field[str]
    """No. 42 総合的な方針: Text, length free, required no."""
    checklist_count_exercise: Field[int]
    """No. 43 基本チェックリストの該当数(運動不足): Integer, length up to 1, required no."""
    checklist_count_nutrition: Field[int]
    """No. 44 基本チェックリストの該当数(栄養改善): Integer, length up to 1, required no."""
    checklist_count_oral: Field[int]
    """No. 45 基本チェックリストの該当数(口腔内ケア): Integer, length up to 1, required no."""
    checklist_count_homebound: Field[int]
    """No. 46 基本チェックリストの該当数(閉じこもり予防): Integer, length up to 1, required no."""
    checklist_count_memory: Field[int]
    """No. 47 基本チェックリストの該当数(物忘れ予防): Integer, length up to 1, required no."""
    checklist_count_depression: Field[int]
    """No. 48 基本チェックリストの該当数(うつ予防): Integer, length up to 1, required no."""
    program_need_exercise: Field[str]
    """No. 49 事業プログラムの要否(運動不足): Code, length 1, required no. Codes: 1 要, 2 否."""
    program_need_nutrition: Field[str]
    """No. 50 事業プログラムの要否(栄養改善): Code, length 1, required no. Codes: 1 要, 2 否."""
    program_need_oral: Field[str]
    """No. 51 事業プログラムの要否(口腔内ケア): Code, length 1, required no. Codes: 1 要, 2 否."""
    program_need_homebound: Field[str]
    """No. 52 事業プログラムの要否(閉じこもり予防): Code, length 1, required no. Codes: 1 要, 2 否."""
    program_need_memory: Field[str]
    """No. 53 事業プログラムの要否(物忘れ予防): Code, length 1, required no. Codes: 1 要, 2 否."""
    program_need_depression: Field[str]
    """No. 54 事業プログラムの要否(うつ予防): Code, length 1, required no. Codes: 1 要, 2 否."""
    community_center_opinion: Field[str]
    """No. 55 地域包括支援センター意見: Text, length free, required no."""
    consented_on: Field[datetime.date]
    """No. 56 同意日: Date, length 8, required no."""
    consenter_name: Field[str]
    """No. 57 同意者氏名: Text, length free, required no."""

class PreventionSupport(Record):
    """Prevention plan, annex (介護予防サービス・支援計画書 別表, UPYOBO_SUB): needs, support plans and services.

    The texts of a need or support plan stand on its first row only; its number on every row.

    Kind of file: UPYOBO_SUB. Official source: ケアプランデータ連携標準仕様 4.1, CSV layout of UPYOBO_SUB.
    """

    __match_args__ = ("csv_version", "insurer_number", "insured_number", "preventive_plan_date", "need_no", "overall_need", "goal_and_measures_proposal", "wishes_on_measures", "goal", "support_plan_no", "support_points", "support_self_family_informal", "support_insured_or_community", "used_service_no", "used_service_kind", "used_service_office", "used_service_period",)
    def __new__(
        cls,
        *,
        csv_version: Month | str | None = None,
        insurer_number: str | None = None,
        insured_number: str | None = None,
        preventive_plan_date: datetime.date | str | None = None,
        need_no: int | str | None = None,
        overall_need: str | None = None,
        goal_and_measures_proposal: str | None = None,
        wishes_on_measures: str | None = None,
        goal: str | None = None,
        support_plan_no: int | str | None = None,
        support_points: str | None = None,
        support_self_family_informal: str | None = None,
        support_insured_or_community: str | None = None,
        used_service_no: int | str | None = None,
        used_service_kind: str | None = None,
        used_service_office: str | None = None,
        used_service_period: str | None = None,
    ) -> Self: ...
    csv_version: Field[Month]
    """No. 1 CSVバージョン: Month, length 6, required yes."""
    insurer_number: Field[str]
    """No. 2 保険者番号: Digits, length 6, required yes."""
    insured_number: Field[str]
    """No. 3 被保険者番号: Alnum, length 10, required yes."""
    preventive_plan_date: Field[datetime.date]
    """No. 4 計画作成(変更)日: Date, length 8, required yes."""
    need_no: Field[int]
    """No. 5 課題ＮＯ: Integer, length up to 2, required no."""
    overall_need: Field[str]
    """No. 6 総合的課題: Text, length free, required no."""
    goal_and_measures_proposal: Field[str]
    """No. 7 課題に対する目標と具体策の提案: Text, length free, required no."""
    wishes_on_measures: Field[str]
    """No. 8 具体策についての意向本人・家族: Text, length free, required no."""
    goal: Field[str]
    """No. 9 目標: Text, length free, required no."""
    support_plan_no: Field[int]
    """No. 10 支援計画ＮＯ: Integer, length up to 2, required no."""
    support_points: Field[str]
    """No. 11 【支援計画】目標についての支援のポイント: Text, length free, required no."""
    support_self_family_informal: Field[str]
    """No. 12 【支援計画】本人等のセルフケアや家族の支援、インフォーマルサービス（民間サービス）: Text, length free, required no."""
    support_insured_or_community: Field[str]
    """No. 13 【支援計画】介護保険サービス又は地域支援事業（総合事業のサービス）: Text, length free, required no."""
    used_service_no: Field[int]
    """No. 14 利用サービスＮＯ: Integer, length up to 2, required no."""
    used_service_kind: Field[str]
    """No. 15 【利用サービス】サービス種別: Text, length free, required no."""
    used_service_office: Field[str]
    """No. 16 【利用サービス】事業所(利用先): Text, length free, required no."""
    used_service_period: Field[str]
    """No. 17 【利用サービス】期間: Text, length free, required no."""

class CarePlanDeletion(Record):
    """Deletion of a care plan (居宅サービス計画1表_削除, DLT1KYO): sheets 1, 2 and 3 go.

    Kind of file: DLT1KYO. Official source: ケアプランデータ連携標準仕様 4.1, CSV layout of DLT1KYO.
    """

    __match_args__ = ("csv_version", "insurer_number", "insured_number", "care_plan_date",)
    def __new__(
        cls,
        *,
        csv_version: Month | str | None = None,
        insurer_number: str | None = None,
        insured_number: str | None = None,
        care_plan_date: datetime.date | str | None = None,
    ) -> Self: ...
    csv_version: Field[Month]
    """No. 1 CSVバージョン: Month, length 6, required yes."""
    insurer_number: Field[str]
    """No. 2 保険者番号: Digits, length 6, required yes."""
    insured_number: Field[str]
    """No. 3 被保険者番号: Alnum, length 10, required yes."""
    care_plan_date: Field[datetime.date]
    """No. 4 居宅サービス計画作成（変更）日: Date, length 8, required yes."""

class ServiceSlipDeletion(Record):
    """Deletion of planned sheets 6 and 7 of a month (第6表 予定_削除, DLTPLAN).

    Kind of file: DLTPLAN. Official source: ケアプランデータ連携標準仕様 4.1, CSV layout of DLTPLAN.
    """

    __match_args__ = ("csv_version", "insurer_number", "insured_number", "delete_target_month",)
    def __new__(
        cls,
        *,
        csv_version: Month | str | None = None,
        insurer_number: str | None = None,
        insured_number: str | None = None,
        delete_target_month: Month | str | None = None,
    ) -> Self: ...
    csv_version: Field[Month]
    """No. 1 CSVバージョン: Month, length 6, required yes."""
    insurer_number: Field[str]
    """No. 2 保険者番号: Digits, length 6, required yes."""
    insured_number: Field[str]
    """No. 3 被保険者番号: Alnum, length 10, required yes."""
    delete_target_month: Field[Month]
    """No. 4 削除対象年月: Month, length 6, required yes."""

class ActualsDeletion(Record):
    """Deletion of the actuals of one office, service type and month (第6表 実績情報_削除, DLTJSK).

    Kind of file: DLTJSK. Official source: ケアプランデータ連携標準仕様 4.1, CSV layout of DLTJSK.
    """

    __match_args__ = ("csv_version", "insurer_number", "insured_number", "delete_target_month", "office_number", "service_type_code",)
    def __new__(
        cls,
        *,
        csv_version: Month | str | None = None,
        insurer_number: str | None = None,
        insured_number: str | None = None,
        delete_target_month: Month | str | None = None,
        office_number: str | None = None,
        service_type_code: str | None = None,
    ) -> Self: ...
    csv_version: Field[Month]
    """No. 1 CSVバージョン: Month, length 6, required yes."""
    insurer_number: Field[str]
    """No. 2 保険者番号: Digits, length 6, required yes."""
    insured_number: Field[str]
    """No. 3 被保険者番号: Alnum, length 10, required yes."""
    delete_target_month: Field[Month]
    """No. 4 削除対象年月: Month, length 6, required yes."""
    office_number: Field[str]
    """No. 5 サービス事業者コード: Alnum, length 10, required yes."""
    service_type_code: Field[str]
    """No. 6 サービス種類コード: Code, length 2, required yes."""

class BasicInformationDeletion(Record):
    """Deletion of basic information with its annexes and images (利用者基本情報_削除, DLTKIHON).

    Kind of file: DLTKIHON. Official source: ケアプランデータ連携標準仕様 4.1, CSV layout of DLTKIHON.
    """

    __match_args__ = ("csv_version", "insurer_number", "insured_number", "consulted_on",)
    def __new__(
        cls,
        *,
        csv_version: Month | str | None = None,
        insurer_number: str | None = None,
        insured_number: str | None = None,
        consulted_on: datetime.date | str | None = None,
    ) -> Self: ...
    csv_version: Field[Month]
    """No. 1 CSVバージョン: Month, length 6, required yes."""
    insurer_number: Field[str]
    """No. 2 保険者番号: Digits, length 6, required yes."""
    insured_number: Field[str]
    """No. 3 被保険者番号: Alnum, length 10, required yes."""
    consulted_on: Field[datetime.date]
    """No. 4 相談日: Date, length 8, required yes."""

class PreventionPlanDeletion(Record):
    """Deletion of a prevention plan with its annex (介護予防サービス・支援計画書_削除, DLTYOBO).

    Kind of file: DLTYOBO. Official source: ケアプランデータ連携標準仕様 4.1, CSV layout of DLTYOBO.
    """

    __match_args__ = ("csv_version", "insurer_number", "insured_number", "preventive_plan_date",)
    def __new__(
        cls,
        *,
        csv_version: Month | str | None = None,
        insurer_number: str | None = None,
        insured_number: str | None = None,
        preventive_plan_date: datetime.date | str | None = None,
    ) -> Self: ...
    csv_version: Field[Month]
    """No. 1 CSVバージョン: Month, length 6, required yes."""
    insurer_number: Field[str]
    """No. 2 保険者番号: Digits, length 6, required yes."""
    insured_number: Field[str]
    """No. 3 被保険者番号: Alnum, length 10, required yes."""
    preventive_plan_date: Field[datetime.date]
    """No. 4 計画作成(変更)日: Date, length 8, required yes."""
