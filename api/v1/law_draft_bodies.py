"""From drafts of law and their impact to the bodies that the JSON interface answers."""

from dataclasses import asdict

from api.v1.bodies import Body
from energiehuis.access.actor import Actor
from energiehuis.law_changes.impact import EFFECTS, Effects, Impact
from energiehuis.law_changes.publication import Cells, publish
from energiehuis.law_changes.queries import DraftEvent, LawDraft
from energiehuis.law_changes.service import steps_for
from energiehuis.reference_data.municipalities import get_municipality

_GROUPS = ("total", "open_files", "past_files", "demo_files")
_COUNTS = ("files", *EFFECTS)


def title_body(draft: LawDraft, actor: Actor) -> Body:
    """Write a line of the list."""
    return {
        "id": draft.id,
        "version": draft.version,
        "name": draft.name,
        "revision": draft.revision,
        "title": draft.title,
        "valid_from": draft.valid_from,
        "status": draft.status.value,
        "created_at": draft.created_at,
        "is_own": draft.author == actor.name,
    }


def draft_body(draft: LawDraft, actor: Actor) -> Body:
    """Write a draft."""
    return {
        **title_body(draft, actor),
        "text": draft.text,
        "digest": draft.digest,
        "steps": [step.value for step in steps_for(actor, draft)],
        "events": [_event_body(event, actor) for event in draft.events],
    }


def impact_body(impact: Impact, *, is_public: bool) -> Body:
    """Write an impact; for the public with small counts hidden and no file named."""
    shared = publish(impact) if is_public else None
    areas = {area.nis_code: area.effects for area in impact.areas}
    groups = {name: getattr(impact, name) for name in _GROUPS}
    return {
        "valid_from": impact.valid_from,
        "is_public": is_public,
        **{
            name: _counts(effects, name, shared.groups if shared else None)
            for name, effects in groups.items()
        },
        "municipalities": [
            {
                "nis_code": code,
                "name": get_municipality(code).name,
                **_counts(effects, code, shared.areas if shared else None),
            }
            for code, effects in areas.items()
        ],
        "grounds": [
            {
                **asdict(ground),
                **(
                    {name: shared.grounds[ground.ground, name] for name in ("begins", "ends")}
                    if shared
                    else {}
                ),
            }
            for ground in impact.grounds
        ],
        "to_look_at": [] if is_public else [asdict(file) for file in impact.to_look_at],
        "imported_without_facts": impact.imported_without_facts,
    }


def _counts(effects: Effects, key: str, cells: Cells | None) -> Body:
    return {name: getattr(effects, name) if cells is None else cells[key, name] for name in _COUNTS}


def _event_body(event: DraftEvent, actor: Actor) -> Body:
    return {
        "at": event.at,
        "step": event.step,
        "status": event.status,
        "role": event.role,
        "is_own": event.actor == actor.name,
        "run": event.run,
    }
