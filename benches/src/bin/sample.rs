//! Writes a synthetic UPPLAN file: `sample MEGABYTES PATH`.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, megabytes, path] = arguments.as_slice() else { return Err("sample MEGABYTES PATH".into()) };
    let (bytes, rows) = kaigo_benches::service_slips(20260701, megabytes.parse::<usize>()? << 20);
    std::fs::write(path, bytes)?;
    println!("{rows}");
    Ok(())
}
