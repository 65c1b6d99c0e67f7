//! What the card and the certificates say of a day.

use super::Decision;
use super::decision::because;
use crate::calendar::Date;
use crate::code::codes;
use crate::eligibility::{BurdenRatio, BurdenRatioCertificate, CertifiedLevel, InsuredCard};

codes! {
    /// 被保険者証の状態: what the card says of a day.
    CardState = "被保険者証の状態", "state of a card" {
        Valid         = "valid" "有効",
        ProgramTarget = "program_target" "事業対象者",
        NotCertified  = "not_certified" "認定なし",
        NotYet        = "not_yet" "有効期間前",
        Expired       = "expired" "有効期間切れ",
    }
}

/// Whether the card shows a certification that holds on the day. A person without one is insured all the same.
#[doc(alias = "資格確認")]
pub fn card_on(card: &InsuredCard, on: Date) -> Decision<CardState> {
    let mut reasons = Vec::new();
    let value = match (card.level, card.valid) {
        (Some(CertifiedLevel::ProgramTarget), _) => {
            // The card of a program target has the day of the checklist, or at least its own.
            let since = card.certified_on.unwrap_or(card.issued_on);
            if on < since {
                reasons.push(because!(CardNotYet, on, from = since));
                CardState::NotYet
            } else {
                reasons.push(because!(CardProgram, on, since));
                CardState::ProgramTarget
            }
        }
        (None | Some(CertifiedLevel::NotEligible), _) | (_, None) => {
            reasons.push(because!(CardNoLevel));
            CardState::NotCertified
        }
        (Some(_), Some(valid)) if on < valid.from() => {
            reasons.push(because!(CardNotYet, on, from = valid.from()));
            CardState::NotYet
        }
        (Some(_), Some(valid)) if on > valid.to() => {
            reasons.push(because!(CardExpired, on, to = valid.to()));
            CardState::Expired
        }
        (Some(level), Some(valid)) => {
            reasons.push(because!(CardValid, on, level, from = valid.from(), to = valid.to()));
            CardState::Valid
        }
    };
    for restriction in card.restrictions.iter().filter(|restriction| restriction.period.contains(on)) {
        reasons.push(because!(CardRestricted, on, from = restriction.period.from()));
    }
    Decision { value, reasons }
}

/// The share that the person pays on a day. `None` where the certificate does not tell, or tells two.
#[doc(alias = "負担割合")]
pub fn burden_ratio_on(certificate: &BurdenRatioCertificate, on: Date) -> Decision<Option<BurdenRatio>> {
    let mut rows = certificate.rows.iter().filter(|row| row.period.contains(on));
    let (value, reason) = match (rows.next(), rows.next()) {
        (None, _) => (None, because!(RatioNone, on)),
        (Some(one), Some(other)) if one.ratio != other.ratio => (None, because!(RatioAmbiguous, on)),
        (Some(row), _) => {
            let tenths = u32::from(row.ratio.percent() / 10);
            let (from, to) = (row.period.from(), row.period.to());
            (Some(row.ratio), because!(RatioOfDay, on, tenths, from, to))
        }
    };
    Decision { value, reasons: vec![reason] }
}
