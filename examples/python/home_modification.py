"""What the allowance for home modification pays for planned works, and why: ``home_modification.py QUESTION.json``."""

import sys
from pathlib import Path

from kaigo import benefit, documents


def main(path: str) -> None:
    question = documents.HomeModificationQuestion.from_json(Path(path).read_bytes())
    planned = question.planned
    print(f"planned: {planned.cost} yen from {planned.started_on}, after {len(question.paid)} works that were paid")
    decision = benefit.decide("home_modification", question)
    for reason in decision.reasons:
        print("-" if reason.effect == "explains" else "!", reason.message)
    if decision.value is not None:
        print(f"insurer {decision.value['insurer']}, person {decision.value['person']}, over {decision.value['over']}")


if __name__ == "__main__":
    main(*sys.argv[1:])
