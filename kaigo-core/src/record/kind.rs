//! The kinds of file, and the records of a whole file.

use super::{
    ActualsDeletion, AnyRecord, BasicInformation, BasicInformationDeletion, CarePlanDeletion, CarePlanSheet1,
    CarePlanSheet2, CarePlanSheet3, ClientSupplement, DailySchedule, Layout, MedicalHistory, PreventionPlan,
    PreventionPlanDeletion, PreventionSupport, Record, ServiceSlip, ServiceSlipAnnex, ServiceSlipDeletion,
};
use crate::code::CodeList;
use crate::text::Text;

/// Declares the kinds: variant, name in file names, record, official name, whether the name has a month part.
macro_rules! kinds {
    ($( $variant:ident = $name:literal $record:ident $ja:literal $month:literal, )*) => {
        /// A kind of file of the exchange: 17 of records, and the image.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FileKind {
            $( #[doc = concat!("`", $name, "` ", $ja, ".")] #[doc(alias = $name)] #[doc(alias = $ja)] $variant, )*
            /// `UPKIHON_IMAGE` 家族構成 画像ファイル, a JPEG.
            #[doc(alias = "UPKIHON_IMAGE")]
            FamilyImage,
        }

        impl FileKind {
            /// All kinds.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)* Self::FamilyImage];

            /// The name in file names, such as `UPPLAN`.
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )* Self::FamilyImage => "UPKIHON_IMAGE" }
            }

            /// The official name.
            pub const fn name_ja(self) -> &'static str {
                match self { $( Self::$variant => $ja, )* Self::FamilyImage => "家族構成 画像ファイル" }
            }

            /// Whether the file name has a month part.
            pub const fn has_month(self) -> bool {
                match self { $( Self::$variant => $month, )* Self::FamilyImage => false }
            }

            /// The layout of the records; `None` for the image.
            pub fn layout(self) -> Option<&'static Layout> {
                match self {
                    $( Self::$variant => Some(<$record<'static> as Record<'static>>::LAYOUT), )*
                    Self::FamilyImage => None,
                }
            }

            /// The kind of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.name() == name)
            }
        }

        /// The kinds as a list of codes: members of documents.
        impl CodeList for FileKind {
            const LIST: &'static [(&'static str, &'static str)] =
                &[$(($name, $ja),)* ("UPKIHON_IMAGE", "家族構成 画像ファイル")];

            fn from_code(code: &[u8]) -> Option<Self> {
                std::str::from_utf8(code).ok().and_then(Self::from_name)
            }

            fn code(&self) -> &'static str {
                self.name()
            }
        }

        /// The records of one file, typed by its kind.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Records<'a> {
            $( #[doc = concat!("`", $name, "` ", $ja, ".")] $variant(Vec<$record<'a>>), )*
        }

        impl<'a> Records<'a> {
            /// The kind of the file.
            pub fn kind(&self) -> FileKind {
                match self { $( Self::$variant(_) => FileKind::$variant, )* }
            }

            /// How many there are.
            pub fn len(&self) -> usize {
                match self { $( Self::$variant(records) => records.len(), )* }
            }

            /// Whether there is none.
            pub fn is_empty(&self) -> bool {
                self.len() == 0
            }

            /// The record at that index, from 0.
            pub fn get(&self, index: usize) -> Option<&dyn AnyRecord> {
                match self {
                    $( Self::$variant(records) => records.get(index).map(|record| record as &dyn AnyRecord), )*
                }
            }

            /// No records of that kind; `None` for the image, which has none.
            pub fn empty(kind: FileKind) -> Option<Self> {
                match kind {
                    $( FileKind::$variant => Some(Self::$variant(Vec::new())), )*
                    FileKind::FamilyImage => None,
                }
            }

            /// Adds a record without values behind the others.
            pub fn push_blank(&mut self) {
                match self { $( Self::$variant(records) => records.push(Default::default()), )* }
            }

            /// Takes the record at that index out, those behind it moving up. Whether there was one.
            pub fn remove(&mut self, index: usize) -> bool {
                let there = index < self.len();
                match self {
                    $( Self::$variant(records) if there => drop(records.remove(index)), )*
                    _ => {}
                }
                there
            }

            /// Sets a field: whether there is such a field, or `None` where there is no such record.
            pub(super) fn set_field(&mut self, index: usize, no: usize, text: Text<'a>) -> Option<bool> {
                match self {
                    $( Self::$variant(records) => Some(records.get_mut(index)?.set(no, text)), )*
                }
            }

            /// The records in order.
            pub fn iter(&self) -> impl Iterator<Item = &dyn AnyRecord> {
                (0..self.len()).filter_map(|index| self.get(index))
            }

            /// Keeps the records beyond the life of the bytes that they were read from.
            pub fn into_owned(self) -> Records<'static> {
                match self {
                    $( Self::$variant(records) => {
                        Records::$variant(records.into_iter().map(Record::into_owned).collect())
                    } )*
                }
            }
        }

        impl FileKind {
            /// Does something with the record type of the kind; `None` for the image, which has none.
            pub fn visit<'a, V: RecordVisitor<'a>>(self, visitor: V) -> Option<V::Output> {
                match self {
                    $( Self::$variant => Some(visitor.visit::<$record<'a>>(Records::$variant)), )*
                    Self::FamilyImage => None,
                }
            }
        }
    };
}

/// Something to do with a record type that is known only when the program runs.
pub trait RecordVisitor<'a> {
    /// What comes out of it.
    type Output;

    /// Does it. `wrap` gives records of this type their kind.
    fn visit<R: Record<'a>>(self, wrap: fn(Vec<R>) -> Records<'a>) -> Self::Output;
}

kinds! {
    CarePlan1 = "UP1KYO" CarePlanSheet1 "居宅サービス計画1表" false,
    CarePlan2 = "UP2KYO" CarePlanSheet2 "居宅サービス計画2表" false,
    CarePlan3 = "UP3KYO" CarePlanSheet3 "居宅サービス計画３表" false,
    Supplement = "UPHOSOKU" ClientSupplement "利用者補足情報" true,
    SlipPlan = "UPPLAN" ServiceSlip "第6表（サービス利用票）予定" true,
    SlipActuals = "UPJSK" ServiceSlip "第6表 実績情報" true,
    SlipAnnex = "UPSIKYU" ServiceSlipAnnex "第7表（サービス利用票別表）" true,
    BasicInformation = "UPKIHON" BasicInformation "利用者基本情報" false,
    DailySchedule = "UPKIHON_SUB1" DailySchedule "利用者基本情報（別表1）１日の生活・すごし方(タイムスケジュール)" false,
    MedicalHistory = "UPKIHON_SUB2" MedicalHistory "利用者基本情報（別表2）現病歴・既往歴" false,
    PreventionPlan = "UPYOBO" PreventionPlan "介護予防サービス・支援計画書" false,
    PreventionSupport = "UPYOBO_SUB" PreventionSupport "介護予防サービス・支援計画書（別表）支援計画" false,
    DeleteCarePlan = "DLT1KYO" CarePlanDeletion "居宅サービス計画1表_削除" false,
    DeleteSlipPlan = "DLTPLAN" ServiceSlipDeletion "第6表（サービス利用票）予定_削除" true,
    DeleteSlipActuals = "DLTJSK" ActualsDeletion "第6表 実績情報_削除" true,
    DeleteBasicInformation = "DLTKIHON" BasicInformationDeletion "利用者基本情報_削除" false,
    DeletePreventionPlan = "DLTYOBO" PreventionPlanDeletion "介護予防サービス・支援計画書_削除" false,
}
