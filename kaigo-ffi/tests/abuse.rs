//! Every export under NULL, wrong, empty and random arguments in random order, for `FFI_ABUSE_SECONDS` (5): no crash, no
//! leak. The driver is written from the tables, so that no call is left out.
#![forbid(unsafe_code)]
#![cfg(all(target_os = "linux", feature = "arrow", feature = "http"))]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(debug_assertions)]

mod support;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;

use kaigo_sandbox::Sandbox;
use support::{VALGRIND, compile, has, installed, root, run};

/// A call: its name and its parameters with their types.
struct Call {
    name: String,
    parameters: Vec<(String, String)>,
}

fn calls() -> Vec<Call> {
    let source = kaigo::header_source();
    source
        .split("extern \"C\" fn kaigo_")
        .skip(1)
        .filter_map(|rest| {
            let (name, rest) = rest.split_once('(')?;
            let (parameters, _) = rest.split_once(") -> i32")?;
            let parameters = parameters
                .split(',')
                .filter_map(|parameter| parameter.split_once(':'))
                .map(|(name, kind)| {
                    let kind = kind.split_whitespace().collect::<Vec<_>>().join(" ");
                    (name.trim().to_owned(), kind.replace("* mut", "*mut").replace("* const", "*const"))
                })
                .collect();
            Some(Call { name: format!("kaigo_{name}"), parameters })
        })
        .collect()
}

/// The opaque types.
fn types() -> Vec<String> {
    kaigo::header_source()
        .lines()
        .filter_map(|line| Some(line.strip_prefix("pub struct ")?.strip_suffix(';')?.to_owned()))
        .collect()
}

/// The structs with the functions in them.
fn structs() -> Vec<(String, Vec<String>)> {
    kaigo::header_source()
        .split("#[repr(C)] pub struct ")
        .skip(1)
        .filter_map(|rest| {
            let (name, body) = rest.split_once(" {")?;
            let body = body.split_once("\n}\n")?.0;
            let functions = body
                .lines()
                .filter_map(|line| line.strip_prefix("pub ")?.strip_suffix("kaigo_progress_fn,"))
                .map(|name| name.trim_end_matches([':', ' ']).to_owned())
                .collect();
            Some((name.to_owned(), functions))
        })
        .collect()
}

/// The part of the driver that follows from the tables.
fn driver() -> String {
    let (types, calls, structs) = (types(), calls(), structs());
    let number_of = |name: &str| types.iter().position(|found| found == name);
    let (mut out, mut body) = (String::new(), String::new());
    write!(out, "enum {{ TYPES = {}, CALLS = {} }};\n#include <stdint.h>\n", types.len(), calls.len())
        .unwrap();
    for (number, name) in types.iter().enumerate() {
        writeln!(out, "enum {{ TYPE_{name} = {number} }};").unwrap();
    }
    out.push_str("static uint64_t succeeded[CALLS];\nstatic const char *const names[CALLS] = {\n");
    for call in &calls {
        writeln!(out, "    \"{}\",", call.name).unwrap();
    }
    out.push_str("};\n#include \"abuse.c\"\n\nstatic int32_t free_handle(int type, void *given) {\n    switch (type) {\n");
    for (number, name) in types.iter().enumerate() {
        writeln!(out, "    case {number}: return {name}_free(({name} *)given);").unwrap();
    }
    out.push_str("    default: return 0;\n    }\n}\n");
    for (number, call) in calls.iter().enumerate() {
        let (mut before, mut arguments, mut after) = (String::new(), Vec::new(), String::new());
        let mut parameters = call.parameters.iter().enumerate();
        while let Some((index, (name, kind))) = parameters.next() {
            let place = format!("a{index}");
            // A place is sometimes NULL, or not aligned.
            let mut out_place = |declared: &str, align: bool| {
                writeln!(before, "    {declared};").unwrap();
                let wrong = if align {
                    format!("one_in(30) ? (void *)((char *)&{place} + 1) : ")
                } else {
                    String::new()
                };
                format!("one_in(30) ? NULL : {wrong}(void *)&{place}")
            };
            let bare = kind.trim_start_matches("*const ").trim_start_matches("*mut ");
            match kind.as_str() {
                "*mut *mut kaigo_error" => {
                    arguments.push(out_place(&format!("kaigo_error *{place} = NULL"), true));
                    let error = number_of("kaigo_error").unwrap();
                    writeln!(after, "    keep({error}, {place});").unwrap();
                }
                _ if kind.starts_with("*mut *mut ") => {
                    let name = bare.trim_start_matches("*mut ");
                    arguments.push(out_place(&format!("{name} *{place} = NULL"), true));
                    writeln!(after, "    keep({}, {place});", number_of(name).unwrap()).unwrap();
                }
                _ if kind.starts_with("*mut *const ") => {
                    arguments.push(out_place(&format!("const void *{place} = NULL"), true));
                }
                "*const *const c_char" | "*const *const u16" => {
                    let size = if bare.ends_with("u16") { 2 } else { 1 };
                    writeln!(before, "    pieces_of {place} = texts({size});").unwrap();
                    arguments.push(format!("one_in(30) ? NULL : (void *){place}.starts"));
                    arguments.push(format!("one_in(30) ? NULL : {place}.lengths"));
                    arguments
                        .push(format!("one_in(30) ? (size_t)UINT64_MAX - (size_t)below(99) : {place}.count"));
                    parameters.next();
                    parameters.next();
                }
                "*const c_char" | "*const u16" | "*const u8" => {
                    let size = if bare == "u16" { 2 } else { 1 };
                    writeln!(before, "    piece {place} = text({size});").unwrap();
                    arguments.push(format!("(const void *){place}.start"));
                    arguments.push(format!("{place}.length"));
                    parameters.next();
                }
                "*mut c_char" | "*mut u16" => {
                    writeln!(before, "    uint16_t {place}[600];").unwrap();
                    writeln!(before, "    size_t {place}_room = one_in(3) ? 0 : (size_t)below(600);")
                        .unwrap();
                    writeln!(before, "    int {place}_odd = (int)below(20);").unwrap();
                    arguments.push(format!(
                        "{place}_odd == 0 ? NULL : {place}_odd == 1 ? (void *)((char *){place} + 1) : (void *){place}"
                    ));
                    arguments.push(format!(
                        "{place}_odd == 2 ? SIZE_MAX : {place}_odd == 1 ? {place}_room / 2 : {place}_room"
                    ));
                    // A length that cannot be is refused before anything is written.
                    parameters.next();
                }
                "*mut ArrowArrayStream" => {
                    let taken = call.name.contains("_from_arrow_");
                    let start = if taken { "some_stream()" } else { "no_stream" };
                    arguments.push(out_place(&format!("struct ArrowArrayStream {place} = {start}"), true));
                    writeln!(after, "    end_stream(&{place});").unwrap();
                }
                "*mut c_void" => arguments.push("NULL".to_owned()),
                "kaigo_read_fn" => arguments.push("one_in(10) ? NULL : read_stream".to_owned()),
                "kaigo_progress_fn" => arguments.push("one_in(2) ? NULL : progress".to_owned()),
                "kaigo_transmit_fn" => arguments.push("one_in(10) ? NULL : transmit".to_owned()),
                "kaigo_power_down_fn" => arguments.push("one_in(2) ? NULL : power_down".to_owned()),
                "kaigo_log_fn" => arguments.push("one_in(10) ? NULL : log_message".to_owned()),
                // Nobody has the time.
                "u64" if name == "wait_ms" => arguments.push("below(3)".to_owned()),
                "u16" | "u32" | "u64" | "i64" | "usize" => {
                    let c = match kind.as_str() {
                        "usize" => "size_t".to_owned(),
                        signed if signed.starts_with('i') => format!("int{}_t", &signed[1..]),
                        unsigned => format!("uint{}_t", &unsigned[1..]),
                    };
                    arguments.push(format!("({c})number()"));
                }
                _ => match (number_of(bare), structs.iter().find(|(name, _)| name == bare)) {
                    (Some(number), _) => arguments.push(format!("({bare} *)handle({number})")),
                    // Many of them: room for the largest size that is made up.
                    (None, Some(_))
                        if call.parameters.get(index + 1).is_some_and(|(name, _)| name == "values_count") =>
                    {
                        writeln!(
                            before,
                            "    uint64_t {place}[40 * 8] = {{0}};\n    options({place}, sizeof({bare}));"
                        )
                        .unwrap();
                        arguments.push(format!("one_in(20) ? NULL : ({bare} *){place}"));
                        arguments.push(
                            "one_in(8) ? (size_t)UINT64_MAX - (size_t)below(99) : (size_t)below(40)"
                                .to_owned(),
                        );
                        parameters.next();
                    }
                    // Room for the largest size that is made up: a struct must be as large as it says.
                    (None, Some((_, functions))) => {
                        writeln!(
                            before,
                            "    uint64_t {place}[16] = {{0}};\n    options({place}, sizeof({bare}));"
                        )
                        .unwrap();
                        for function in functions {
                            writeln!(
                                before,
                                "    (({bare} *){place})->{function} = one_in(2) ? NULL : progress;"
                            )
                            .unwrap();
                        }
                        arguments.push(format!("one_in(4) ? NULL : ({bare} *){place}"));
                    }
                    (None, None) => {
                        let c = match bare {
                            "usize" => "size_t".to_owned(),
                            signed if signed.starts_with('i') => format!("int{}_t", &signed[1..]),
                            unsigned => format!("uint{}_t", &unsigned[1..]),
                        };
                        // Room for a place that is not aligned.
                        arguments.push(out_place(&format!("{c} {place}[2] = {{0, 0}}"), true));
                    }
                },
            }
        }
        // Misaligned places lie in what follows them: the places of handles have no room for that, but are refused.
        let arguments = arguments.join(",\n        ");
        // Else little would live long enough to be used.
        if call.name.ends_with("_free") {
            before.push_str("    if (!one_in(8)) return;\n");
        }
        write!(
            body,
            "\nstatic void call_{number}(void) {{\n{before}    succeeded[{number}] += {}(\n        {arguments}) == 0;\n{after}}}\n",
            call.name
        )
        .unwrap();
    }
    out.push_str(&body);
    out.push_str("\nstatic void (*const all[CALLS])(void) = {\n");
    for number in 0..calls.len() {
        writeln!(out, "    call_{number},").unwrap();
    }
    out.push_str("};\n\nstatic void run(void) { all[below(CALLS)](); }\n");
    out
}

#[test]
fn no_arguments_crash_a_call_or_leave_memory_behind() {
    let seconds = std::env::var("FFI_ABUSE_SECONDS").unwrap_or_else(|_| "5".to_owned());
    let library = installed();
    let source = library.path().join("driver.c");
    std::fs::write(&source, driver()).expect("the driver is written");
    let tests = format!("-I{}", root().join("kaigo-ffi/tests").display());
    let fixtures = root().join("kaigo-core/tests/fixtures");
    let inputs: Vec<PathBuf> =
        ["careplan-4.1/monthly", "careplan-4.1/plan", "careplan-4.1/basic", "careplan-4.1/actuals"]
            .iter()
            .flat_map(|folder| {
                std::fs::read_dir(fixtures.join(folder)).expect("the fixtures are there").flatten()
            })
            .map(|entry| entry.path())
            .chain([
                fixtures.join("credential/modern-aes256.p12"),
                fixtures.join("credential/office-chain.pem"),
                fixtures.join("card/basic-items-by-pin.jsonl"),
                fixtures.join("card/overview.jsonl"),
            ])
            .collect();
    let state = tempfile::tempdir().expect("a temporary folder");
    let sandbox = Sandbox::builder().data_dir(state.path()).start().expect("the sandbox starts");
    // One office after the other: the first sends what the second receives.
    let mut access = vec![sandbox.url().to_owned()];
    let mut inputs = inputs;
    inputs.push(sandbox.data_dir().join("ca.pem"));
    for account in sandbox.accounts().iter().take(2) {
        access.extend([account.p12_password(), account.user_id(), account.password()].map(str::to_owned));
        inputs.push(sandbox.data_dir().join("offices").join(account.office().as_str()).join("client.p12"));
    }
    let abuse = |flags: &[&str], under: &[&str], seconds: &str| {
        let program = library.path().join("driver");
        compile(
            "gcc",
            &[&["-std=c11", &tests], flags].concat(),
            std::slice::from_ref(&source),
            library.path(),
            &program,
        );
        // What calls write goes into a folder of their own, which also holds something to open.
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(folder.path().join("in")).expect("a folder");
        for input in &inputs {
            std::fs::copy(input, folder.path().join("in").join(input.file_name().unwrap())).expect("a copy");
        }
        let mut command = match under {
            [tool, options @ ..] => {
                let mut command = Command::new(tool);
                command.args(options).arg(&program);
                command
            }
            [] => Command::new(&program),
        };
        run(command.arg(seconds).args(&access).args(&inputs).current_dir(folder.path()))
    };
    let printed = abuse(&["-fsanitize=address,undefined", "-fno-sanitize-recover=all"], &[], &seconds);
    println!("{printed}");
    assert!(printed.contains(" calls of "), "{printed}");
    if has("valgrind") {
        // What is undefined is looked for by the examples; here, where any call may meet the assembly of ring, only leaks and
        // wrong addresses are.
        let valgrind = [VALGRIND, &["--undef-value-errors=no"]].concat();
        println!("{}", abuse(&[], &valgrind, "10"));
    }
}
