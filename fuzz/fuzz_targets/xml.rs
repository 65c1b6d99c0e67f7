//! An XML document that is read is written in one way, and that way reads as the same.
#![no_main]

use kaigo_core::document::Document;
use kaigo_core::eligibility::{
    AssessmentForm, CarePlanNotification, CharacterCode, Consent, DoctorsOpinion, InsuredCard, read_xml_msg,
    write_xml_msg,
};
use kaigo_core::format::xml::{Limits, ReadOptions, read, read_document, write, write_document};
use libfuzzer_sys::fuzz_target;

fn document<D: Document + PartialEq>(data: &[u8]) {
    let Ok(document) = read_document::<D>(data, &Limits::default()) else { return };
    let written = write_document(&document);
    let Ok(again) = read_document::<D>(&written, &Limits::default()) else {
        panic!("what was written is not read")
    };
    assert!(again == document && write_document(&again) == written, "another document");
}

fuzz_target!(|data: &[u8]| {
    let limits = Limits::default();
    if let Ok((records, _)) = read(data, &ReadOptions::default(), &limits) {
        let written = write(records.kind(), records.iter());
        let Ok((again, _)) = read(&written, &ReadOptions::default(), &limits) else {
            panic!("what was written is not read")
        };
        assert!(again == records && write(again.kind(), again.iter()) == written, "other records");
    }
    if let Ok((message, _)) = read_xml_msg(data, &limits) {
        for code in [CharacterCode::Utf8, CharacterCode::ShiftJis] {
            let Ok((again, _)) = read_xml_msg(&write_xml_msg(&message, code), &limits) else {
                panic!("what was written is not read")
            };
            assert!(again.message_body == message.message_body, "another message");
        }
    }
    document::<InsuredCard>(data);
    document::<AssessmentForm>(data);
    document::<DoctorsOpinion>(data);
    document::<CarePlanNotification>(data);
    document::<Consent>(data);
});
