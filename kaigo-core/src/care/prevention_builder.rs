//! Building a prevention plan, and what a plan must be that somebody writes.

use super::faults::{Faults, member_of};
use super::plan::Repeats;
use super::prevention::{
    PreventionHead, PreventionNeed, PreventionOutline, PreventionPlan, PreventionService,
    PreventionSupportPlan, unclear,
};
use crate::calendar::Date;
use crate::document::{Document as _, DocumentError, DocumentFault, FreeText};
use crate::exchange::Client;
use crate::record::{CsvVersion, FieldSpec, Integer, Records};

/// A prevention plan in the course of being built.
#[derive(Debug, Clone)]
pub struct PreventionPlanBuilder(PreventionPlan);

impl PreventionNeed {
    /// A need. [`PreventionPlanBuilder::need`] numbers it.
    pub fn new(overall_need: FreeText) -> Self {
        Self { overall_need: Some(overall_need), ..Self::default() }
    }

    /// Adds a support plan.
    pub fn support_plan(mut self, plan: PreventionSupportPlan) -> Self {
        self.support_plans.push(plan);
        self
    }
}

impl PreventionSupportPlan {
    /// A support plan.
    pub fn new(support_points: FreeText) -> Self {
        Self { support_points: Some(support_points), ..Self::default() }
    }

    /// Adds a service that is used.
    pub fn service(mut self, service: PreventionService) -> Self {
        self.services.push(service);
        self
    }
}

impl PreventionPlanBuilder {
    /// Adds a need. It and all within it are numbered, whatever numbers they have.
    pub fn need(mut self, need: PreventionNeed) -> Self {
        self.0.needs.push(need);
        self
    }

    /// The plan, numbered, with the CSV version filled in.
    ///
    /// # Errors
    /// Everything that [`PreventionPlan::check`] finds.
    pub fn build(self) -> Result<PreventionPlan, DocumentError> {
        let Self(mut plan) = self;
        let csv_version = Some(CsvVersion::V4_1);
        plan.outline.iter_mut().for_each(|outline| outline.csv_version = csv_version);
        plan.needs_head = Some(PreventionHead { csv_version }).filter(|_| !plan.needs.is_empty());
        for (need_no, need) in (1 as Integer..).zip(&mut plan.needs) {
            need.need_no = Some(need_no);
            for (support_plan_no, support_plan) in (1 as Integer..).zip(&mut need.support_plans) {
                support_plan.support_plan_no = Some(support_plan_no);
                for (used_service_no, service) in (1 as Integer..).zip(&mut support_plan.services) {
                    service.used_service_no = Some(used_service_no);
                    service.head = None;
                    service.printed_otherwise = Vec::new();
                }
            }
        }
        plan.check()?;
        Ok(plan)
    }
}

impl PreventionPlan {
    /// Begins a plan: whose it is, its date, and what its sheet says.
    pub fn builder(
        client: Client,
        preventive_plan_date: Date,
        outline: PreventionOutline,
    ) -> PreventionPlanBuilder {
        PreventionPlanBuilder(Self { outline: Some(outline), ..Self::new(client, preventive_plan_date) })
    }

    /// Checks what is about to be written: everything that is required stands there, nothing is too long, and the rows will
    /// be read as the same plan. Whether characters can be written in MS932 is told by writing.
    ///
    /// # Errors
    /// Every fault with its place.
    pub fn check(&self) -> Result<(), DocumentError> {
        let mut faults = Faults::default();
        if let Some((ja, en)) = unclear(self) {
            faults.at("needs".into(), DocumentFault::Inconsistent(ja, en));
        }
        faults.of_twins("needs", &self.needs, PreventionNeed::is_same);
        for (need, PreventionNeed { support_plans, .. }) in self.needs.iter().enumerate() {
            faults.of_twins(
                &format!("needs[{need}].supportPlans"),
                support_plans,
                PreventionSupportPlan::is_same,
            );
        }
        let records = self.to_records(Repeats::Blank);
        if self.outline.is_some() {
            faults.of_records(&Records::PreventionPlan(vec![records.plan]), |_, field| {
                member_of("outline", field)
            });
        } else {
            faults.at("outline".into(), DocumentFault::Missing);
        }
        let places = self.places();
        faults.of_records(&Records::PreventionSupport(records.supports), |row, field| {
            member_of(&place_of(places.get(row), field), field)
        });
        faults.into_result(Self::SHAPE.name)
    }

    /// The need, support plan and service of each row of the annex.
    fn places(&self) -> Vec<[usize; 3]> {
        let mut places = Vec::new();
        for (need, PreventionNeed { support_plans, .. }) in self.needs.iter().enumerate() {
            for plan in 0..support_plans.len().max(1) {
                let services = support_plans.get(plan).map_or(0, |plan| plan.services.len());
                places.extend((0..services.max(1)).map(|service| [need, plan, service]));
            }
        }
        places
    }
}

fn place_of(place: Option<&[usize; 3]>, field: Option<&FieldSpec>) -> String {
    let Some([need, plan, service]) = place else { return "needs".to_owned() };
    match field.map(|field| field.no) {
        Some(1) => "needsHead".to_owned(),
        Some(5..=9) => format!("needs[{need}]"),
        Some(10..=13) => format!("needs[{need}].supportPlans[{plan}]"),
        _ => format!("needs[{need}].supportPlans[{plan}].services[{service}]"),
    }
}
