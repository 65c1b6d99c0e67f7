"""Makes actuals of a planned month, one visit moved and one cancelled: ``actuals.py PLAN_FOLDER OUT_FOLDER``."""

import datetime
import sys
from pathlib import Path

import kaigo


def main(source: str, target: str) -> None:
    plan = kaigo.Unit.open(source)
    draft = kaigo.ActualsDraft(plan, made_on=datetime.date.today())
    first, second, *_ = draft.visits
    row = first.rows[0]
    start, end, day = row.service_start_time, row.service_end_time, row.service_date
    if start and end and day and start.hour < 23 and end.hour < 23:
        draft.move_to(first, day, start.replace(hour=start.hour + 1), end.replace(hour=end.hour + 1))
    draft.cancel(second)

    Path(target).mkdir(parents=True, exist_ok=True)
    sequences = kaigo.SequenceStore(Path(target) / "sequence")
    for unit in draft.units(sequences):
        unit.save(target)
        print(*(file.name for file in unit.files))
    for visit in draft.visits:
        if visit.state != "as_planned":
            print(visit.state, visit.rows[0].service_date)


if __name__ == "__main__":
    main(*sys.argv[1:])
