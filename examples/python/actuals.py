"""Makes actuals of a planned month, one visit moved and one cancelled: ``actuals.py PLAN_FOLDER OUT_FOLDER``."""

import datetime
import sys
from pathlib import Path

import kaigo


def moved(slip: kaigo.ServiceSlip) -> kaigo.ServiceSlip:
    """The same visit an hour later."""
    start, end = slip.service_start_time, slip.service_end_time
    if start is None or end is None or end.hour == 23:
        return slip
    return slip.replace(
        service_start_time=datetime.time(start.hour + 1, start.minute),
        service_end_time=datetime.time(end.hour + 1, end.minute),
    )


def main(source: str, target: str) -> None:
    unit = kaigo.Unit.open(source)
    plan = next(document for document in unit.documents() if document.kind == "UPPLAN").of(kaigo.ServiceSlip)
    sender, receiver = unit.sender, unit.receiver
    assert sender is not None and receiver is not None
    own = [slip for slip in plan if slip.office_number == receiver.office]
    slips = [moved(own[0]), *own[2:]]
    actuals = kaigo.Document("UPJSK", slips).raise_for_errors()

    Path(target).mkdir(parents=True, exist_ok=True)
    sequence = kaigo.SequenceStore(Path(target) / "sequence").next()
    name = kaigo.FileName("UPJSK", receiver, sender, sequence, month=own[0].target_month)
    kaigo.Unit([(str(name), actuals)]).save(target)
    for visit in kaigo.compare_visits(own, actuals[:]):
        if visit.outcome != "as_planned":
            print(visit.outcome, visit.slip.service_date)


if __name__ == "__main__":
    main(*sys.argv[1:])
