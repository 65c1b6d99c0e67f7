//! The documents that stand alone, by name.

use super::{Document, Shape, Tree, from_json, to_json};
use crate::benefit::*;
use crate::care::annex::*;
use crate::care::{
    Actuals, BasicInformation, CareDocument, CarePlan, MonthlySlip, PreventionPlan, Reconciliation,
};
use crate::convert::LossReport;
use crate::eligibility::*;
use crate::error::{ErrorKind, Result};
use crate::format::xml::{Limits, read_document, write_document};
use crate::standard::StandardProfile;

/// Something to do with a document type that is known only when the program runs.
pub trait DocumentVisitor {
    /// What comes out of it.
    type Output;

    /// Does it.
    fn visit<D: Document>(self) -> Self::Output;
}

macro_rules! documents {
    ($($document:ident)*) => {
        /// Every document that stands alone.
        pub const ALL: &[&Shape] = &[$($document::SHAPE),*];

        /// Does something with the document type of that name.
        ///
        /// # Errors
        /// [`ErrorKind::NoName`] where there is none.
        pub fn visit<V: DocumentVisitor>(name: &str, visitor: V) -> Result<V::Output> {
            match name {
                $( stringify!($document) => Ok(visitor.visit::<$document>()), )*
                _ => Err(ErrorKind::no_name(name).into()),
            }
        }
    };
}

documents! {
    InsuredCard BurdenRatioCertificate BurdenLimitCertificate Certification CertificationProgress AssessmentForm
    DoctorsOpinion CarePlanNotification NotificationReceipt LifeFeedback OnlineEligibility Consent ViewingPeriod Account
    ServiceUser FourItems RegisteredPlan
    HomeModificationUse EquipmentUse Tables
    AnnexQuestion AnnexCheckQuestion AnnexDifference
    MonthlyCeilingQuestion AllocationQuestion ShortStayQuestion UnitPriceQuestion CostQuestion
    HomeModificationQuestion EquipmentQuestion CardQuestion BurdenRatioQuestion FilingQuestion
    CarePlan MonthlySlip Actuals PreventionPlan BasicInformation CareDocument
    Reconciliation
    StandardProfile LossReport
}

/// How a document is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Markup {
    /// [`from_json`] and [`to_json`].
    Json,
    /// [`read_document`] and [`write_document`].
    Xml,
}

fn read<D: Document>(bytes: &[u8], from: Markup, limits: &Limits) -> Result<D> {
    match from {
        Markup::Json => from_json(bytes),
        Markup::Xml => read_document(bytes, limits),
    }
}

/// Reads a document of the type of that name without its type: it conforms, and its members are found by their names.
///
/// # Errors
/// [`ErrorKind::NoName`], and those of reading.
pub fn read_tree(name: &str, bytes: &[u8], from: Markup, limits: &Limits) -> Result<Tree> {
    struct Read<'r>(&'r [u8], Markup, &'r Limits);

    impl DocumentVisitor for Read<'_> {
        type Output = Result<Tree>;

        fn visit<D: Document>(self) -> Result<Tree> {
            let Self(bytes, from, limits) = self;
            Ok(read::<D>(bytes, from, limits)?.to_tree())
        }
    }

    visit(name, Read(bytes, from, limits))?
}

/// Reads a document of the type of that name, and writes it as it is written: for programs that know types by name.
///
/// # Errors
/// [`ErrorKind::NoName`], and those of reading.
pub fn rewrite(name: &str, bytes: &[u8], from: Markup, to: Markup, limits: &Limits) -> Result<Vec<u8>> {
    struct Rewrite<'r>(&'r [u8], Markup, Markup, &'r Limits);

    impl DocumentVisitor for Rewrite<'_> {
        type Output = Result<Vec<u8>>;

        fn visit<D: Document>(self) -> Result<Vec<u8>> {
            let Self(bytes, from, to, limits) = self;
            let document: D = read(bytes, from, limits)?;
            Ok(match to {
                Markup::Json => to_json(&document),
                Markup::Xml => write_document(&document),
            })
        }
    }

    visit(name, Rewrite(bytes, from, to, limits))?
}
