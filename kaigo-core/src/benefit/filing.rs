//! The check before filing: what stops a mistaken application, and why.

use super::decision::because;
use super::{
    CardState, Decision, EquipmentPurchase, EquipmentUse, HomeModification, HomeModificationUse, Reason,
    Tables, Yen, burden_ratio_on, card_on, equipment_purchase, home_modification,
};
use crate::calendar::Date;
use crate::eligibility::{
    BurdenRatio, BurdenRatioCertificate, CarePlanNotification, CertificationProgress, CertifiedLevel,
    ConsentScope, Filer, InsuredCard, NotificationKind, NotificationVariant,
};
use crate::ident::{InsuredNumber, InsurerNumber};

/// What is known of a person. What is left out is not checked, unless nothing can be told without it.
#[derive(Debug, Clone, Copy)]
pub struct KnownOfPerson<'k> {
    /// The insured card.
    pub card: &'k InsuredCard,
    /// The burden ratio certificate.
    pub ratio: Option<&'k BurdenRatioCertificate>,
    /// How far an application for certification is.
    pub progress: Option<&'k CertificationProgress>,
    /// What was used of the allowance for home modification.
    pub home: Option<&'k HomeModificationUse>,
    /// What was used of the allowance for equipment.
    pub equipment: Option<&'k EquipmentUse>,
}

/// What is to be filed.
#[derive(Debug, Clone, Copy)]
pub enum Filing<'f> {
    /// An application for home modification, before works start.
    #[doc(alias = "住宅改修費支給申請")]
    HomeModification(&'f HomeModification),
    /// An application for equipment, after it was bought.
    #[doc(alias = "福祉用具購入費支給申請")]
    Equipment(&'f EquipmentPurchase),
    /// The notification that a care plan is asked for.
    #[doc(alias = "居宅サービス計画作成依頼届出書")]
    Notification(&'f CarePlanNotification),
}

/// Whether something may be filed today, and every reason for and against: the platform's check against mistaken
/// applications, made before anything is filed. The value is false where a reason [stops](super::Effect::Stops).
#[doc(alias = "誤申請防止")]
pub fn check_filing(
    tables: &Tables,
    known: &KnownOfPerson<'_>,
    filing: Filing<'_>,
    today: Date,
) -> Decision<bool> {
    let mut reasons = Vec::new();
    match filing {
        Filing::HomeModification(works) => check_home(tables, known, works, today, &mut reasons),
        Filing::Equipment(purchase) => check_equipment(tables, known, purchase, today, &mut reasons),
        Filing::Notification(form) => check_notification(known, form, &mut reasons),
    }
    let decision = Decision { value: (), reasons };
    let may = !decision.is_stopped();
    decision.map(|()| may)
}

fn check_person(
    card: &InsuredCard,
    insured: InsuredNumber,
    insurer: InsurerNumber,
    reasons: &mut Vec<Reason>,
) {
    if card.insured_number != insured || card.insurer.number != insurer {
        reasons.push(because!(FilingPerson));
    }
}

fn check_ratio(known: &KnownOfPerson<'_>, ratio: BurdenRatio, on: Date, reasons: &mut Vec<Reason>) {
    let Some(certificate) = known.ratio else { return };
    check_person(known.card, certificate.insured_number, certificate.insurer.number, reasons);
    let mut decision = burden_ratio_on(certificate, on);
    reasons.append(&mut decision.reasons);
    if let Some(right) = decision.value.filter(|right| *right != ratio) {
        reasons.push(because!(FilingRatio, on, tenths = u32::from(right.percent() / 10)));
    }
}

/// By the rules and by what the platform shows the same should remain.
fn check_remaining(computed: Yen, shown: Option<Yen>, reasons: &mut Vec<Reason>) {
    if let Some(shown) = shown.filter(|shown| *shown != computed) {
        reasons.push(because!(FilingRemaining, computed, shown));
    }
}

fn check_home(
    tables: &Tables,
    known: &KnownOfPerson<'_>,
    works: &HomeModification,
    today: Date,
    reasons: &mut Vec<Reason>,
) {
    let on = works.started_on;
    reasons.append(&mut card_on(known.card, on).reasons);
    check_ratio(known, works.ratio, on, reasons);
    if on <= today {
        reasons.push(because!(FilingStarted, on));
    }
    if works.kinds.is_empty() {
        reasons.push(because!(FilingNoKind));
    }
    let Some(used) = known.home else {
        reasons.push(because!(FilingNoUse));
        return;
    };
    check_person(known.card, used.insured_number, used.insurer_number, reasons);
    let mut decision = home_modification(tables, &used.works, works);
    reasons.append(&mut decision.reasons);
    if let Some(allowance) = decision.value {
        check_remaining(allowance.remaining, used.remaining, reasons);
    }
}

fn check_equipment(
    tables: &Tables,
    known: &KnownOfPerson<'_>,
    purchase: &EquipmentPurchase,
    today: Date,
    reasons: &mut Vec<Reason>,
) {
    let on = purchase.bought_on;
    reasons.append(&mut card_on(known.card, on).reasons);
    check_ratio(known, purchase.ratio, on, reasons);
    if on > today {
        reasons.push(because!(FilingFuture, on));
    }
    // Two years from the day after; on 29 February there is none two years on, so the day after it counts.
    let limit = Date::new(on.year().saturating_add(2), on.month_of_year(), on.day());
    if limit.or_else(|| on.plus_days(731)).is_some_and(|limit| today > limit) {
        reasons.push(because!(FilingTooLate, on));
    }
    let Some(used) = known.equipment else {
        reasons.push(because!(FilingNoUse));
        return;
    };
    check_person(known.card, used.insured_number, used.insurer_number, reasons);
    let mut decision = equipment_purchase(tables, &used.purchases, purchase);
    reasons.append(&mut decision.reasons);
    let same_year = used.as_of.fiscal_year() == on.fiscal_year();
    if let Some(allowance) = decision.value.filter(|_| same_year) {
        check_remaining(allowance.remaining, used.remaining, reasons);
    }
}

fn check_notification(known: &KnownOfPerson<'_>, form: &CarePlanNotification, reasons: &mut Vec<Reason>) {
    let card = known.card;
    check_person(card, form.person.insured_number, form.destination, reasons);

    // While a certification is applied for, the card does not tell the level yet.
    let applied = known.progress.is_some_and(|progress| !progress.is_ended());
    let mut on_card = card_on(card, form.applies_from);
    let certified = matches!(on_card.value, CardState::Valid | CardState::ProgramTarget);
    if applied && !certified {
        if form.kind != NotificationKind::Provisional {
            reasons.push(because!(FilingProvisional));
        }
    } else {
        reasons.append(&mut on_card.reasons);
        if let Some(level) = card.level.filter(|level| certified && !fits(form.variant, *level)) {
            reasons.push(because!(FilingVariant, level));
        }
    }

    check_office(card, form, reasons);
    if form.notified_on > form.applies_from {
        reasons.push(because!(FilingLate, from = form.applies_from, on = form.notified_on));
    }
    let consents = form
        .consent
        .as_ref()
        .is_some_and(|consent| consent.given && consent.scope == ConsentScope::Notification);
    if form.filed_by == Filer::Office && !consents {
        reasons.push(because!(FilingConsent));
    }
}

/// Whether the form is for people of the level; small-scale multifunctional care takes both.
fn fits(variant: NotificationVariant, level: CertifiedLevel) -> bool {
    match variant {
        NotificationVariant::Care => level.is_care(),
        NotificationVariant::Prevention => level.is_support(),
        NotificationVariant::SmallMultifunctional => true,
    }
}

fn check_office(card: &InsuredCard, form: &CarePlanNotification, reasons: &mut Vec<Reason>) {
    if form.kind == NotificationKind::Change && form.change.is_none() {
        reasons.push(because!(FilingNoChange));
    }
    let last = card.care_management_offices.iter().max_by_key(|office| office.notified_on);
    let Some(last) = last.filter(|office| office.notified_on <= form.notified_on) else { return };
    let on = last.notified_on;
    let office = form.office.as_ref().map(|office| office.number);
    if last.number == office {
        reasons.push(because!(FilingSameOffice, on));
    } else if form.kind == NotificationKind::New {
        reasons.push(because!(FilingNotNew, on));
    }
}
