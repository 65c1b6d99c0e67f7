//! The exchange: what was sent and received, and CSV files of standard 4.1 up and down.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use kaigo_core::exchange::{CheckOptions, SourceFile, gather};
use kaigo_core::platform::provisional::{Transfer, TransferContent, TransferPage};
use kaigo_core::report::{Masking, Report};
use serde_json::{Value, json};

use super::view::Shown;
use super::visit::{Told, Visit};
use crate::account::sha256;
use crate::call::Call;
use crate::careplan::hex;

/// The most findings that a page shows.
const SHOWN: usize = 200;

pub(super) fn lists(visit: &Visit) -> Result<Shown, Told> {
    show(visit, Value::Null)
}

fn show(visit: &Visit, uploaded: Value) -> Result<Shown, Told> {
    let lists = [Call::Received, Call::Sent].map(|call| all(visit, call));
    let [received, sent] = lists;
    Ok(Shown::Page("exchange.html", json!({ "received": received?, "sent": sent?, "uploaded": uploaded })))
}

/// Every transfer of a list, newest first.
pub(super) fn all(visit: &Visit, list: Call) -> Result<Vec<Transfer>, Told> {
    let (mut all, mut query) = (Vec::new(), String::new());
    loop {
        let page = visit.ask(list, None, &query, None, &Value::Null)?;
        let TransferPage { transfers, next_cursor } =
            serde_json::from_value(page).map_err(|_| Told::FAILED)?;
        all.extend(transfers);
        match next_cursor {
            Some(cursor) => query = format!("cursor={cursor}"),
            None => break,
        }
    }
    all.reverse();
    Ok(all)
}

/// A transfer with its files, from the side at which this office stands.
pub(super) fn content(visit: &Visit, call: Call, id: &str) -> Result<TransferContent, Told> {
    let content = visit.ask(call, Some(id), "", None, &Value::Null)?;
    serde_json::from_value(content).map_err(|_| Told::FAILED)
}

/// Checks files and, where that was asked for and nothing speaks against it, sends the units that they make.
pub(super) fn upload(visit: &Visit) -> Result<Shown, Told> {
    let options = CheckOptions::default();
    let files = visit.files.iter().map(|(name, bytes)| SourceFile {
        folder: std::path::PathBuf::new(),
        name: name.clone(),
        bytes: bytes.clone(),
    });
    let gathered = gather(files, &options);
    let mut report: Report = gathered.report;
    for unit in &gathered.units {
        report.extend(unit.check(&options));
    }
    let mut outcomes = Vec::new();
    for unit in &gathered.units {
        let names: Vec<_> = unit.files().iter().map(|file| file.name().to_owned()).collect();
        let receiver = unit.receiver();
        let outcome = match receiver.and_then(|to| Some((to.office, to.service_type?))) {
            Some((office, service_type)) if report.errors() == 0 && visit.field("do") == "send" => {
                let files: Vec<_> = unit
                    .files()
                    .iter()
                    .map(|file| {
                        json!({
                            "name": file.name(), "contentBase64": BASE64_STANDARD.encode(file.bytes()),
                            "sha256": hex(&sha256(file.bytes())),
                        })
                    })
                    .collect();
                let body = json!({ "receiverOffice": office, "receiverType": service_type, "files": files });
                // The same files are sent once, however often the button is pressed.
                let key = hex(&sha256(body.to_string().as_bytes()));
                match visit.ask(Call::Send, None, "", Some(key), &body) {
                    Ok(transfer) => json!({ "sent": transfer["id"] }),
                    Err(told @ Told::Business { .. }) => json!({ "refusal": visit.notice(&told) }),
                    Err(told) => return Err(told),
                }
            }
            _ => json!({}),
        };
        outcomes.push(json!({ "names": names, "outcome": outcome }));
    }
    let findings: Vec<_> = report
        .findings()
        .iter()
        .take(SHOWN)
        .map(|finding| {
            json!({
                "severity": finding.severity.name(),
                "code": finding.code.name(),
                "line": finding.line(visit.lang, Masking::Masked),
            })
        })
        .collect();
    let uploaded = json!({
        "files": visit.files.len(), "units": outcomes, "findings": findings,
        "errors": report.errors(), "warnings": report.warnings(),
        "more": report.findings().len().saturating_sub(SHOWN),
    });
    show(visit, uploaded)
}

pub(super) fn download(visit: &Visit) -> Result<Shown, Told> {
    let of = |name: &str| visit.query.get(name).map(String::as_str).unwrap_or_default();
    let call = if of("from") == "sent" { Call::FetchSent } else { Call::Fetch };
    let content = content(visit, call, of("id"))?;
    let file = content.files.into_iter().find(|file| file.name == of("name"));
    // The name is one that the platform took: it has the standard's form.
    match file.and_then(|file| Some((BASE64_STANDARD.decode(file.content_base64).ok()?, file.name))) {
        Some((bytes, name)) => Ok(Shown::File(name, bytes)),
        None => Err(Told::Status(
            axum::http::StatusCode::NOT_FOUND,
            "そのようなファイルはありません",
            "there is no such file",
        )),
    }
}
