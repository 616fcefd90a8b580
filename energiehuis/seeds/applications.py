"""Whole applications, put together from what was drawn for each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from energiehuis.eligibility.facts import DwellingKind, DwellingRole, HouseholdFacts
from energiehuis.eligibility.outcome import Eligibility
from energiehuis.loans.commands import Channel, Dwelling, SubmitApplication
from energiehuis.seeds.homes import Homes, PlannedWorks, draw_homes, draw_works
from energiehuis.seeds.households import Households, draw_households
from energiehuis.seeds.people import Address, People, draw_people
from energiehuis.seeds.volume import Intake
from energiehuis.seeds.wishes import Wishes, draw_wishes


@dataclass(frozen=True, slots=True)
class Drawn:
    """All that was drawn for a number of applications."""

    intake: Intake
    households: Households
    answers: Eligibility
    homes: Homes
    works: PlannedWorks
    wishes: Wishes
    people: People


def draw_applications(
    intake: Intake,
    planned_priority: NDArray[np.bool_],
    rng: np.random.Generator,
    *,
    first_number: int = 1,
) -> Drawn:
    """Draw everything for applications of which day, place and priority are planned.

    Parameters
    ----------
    intake : Intake
        Days and municipalities, shape (applications,). [-]
    planned_priority : ndarray of bool, shape (applications,)
        Who is to be of the priority group. [-]
    rng : numpy.random.Generator
        Source of chance. [-]
    first_number : int
        Lowest house number. [-]
    """
    households, answers = draw_households(intake.days, planned_priority, rng)
    homes = draw_homes(len(intake.days), rng)
    works = draw_works(homes, rng)
    wishes = draw_wishes(works.total_cents, intake.days, answers, rng)
    people = draw_people(intake, rng, first_number=first_number)
    return Drawn(intake, households, answers, homes, works, wishes, people)


def list_commands(drawn: Drawn) -> list[SubmitApplication]:
    """Give each application as the services take it."""
    dwellings = list(_dwellings(drawn.homes, drawn.people.addresses))
    records = drawn.households.records()
    amounts = drawn.wishes.amounts_cents.tolist()
    terms = drawn.wishes.terms_months.tolist()
    people = drawn.people
    return [
        _command(
            SubmitApplication(
                applicant=people.applicants[row],
                co_applicant=people.partners[row] if _is_couple(facts) else None,
                legal_person=None,
                dwelling=dwellings[row],
                facts=facts,
                works=drawn.works.of(row),
                amount_cents=amounts[row],
                term_months=terms[row],
                channel=Channel.DEMO,
                language=people.languages[row],
            )
        )
        for row, facts in enumerate(records)
    ]


def _command(command: SubmitApplication) -> SubmitApplication:
    """Say in the facts what the rest of the form says, as the form itself does."""
    facts = command.facts
    is_landlord = bool(facts.lets_through_social_rental_agency)
    role = DwellingRole.LANDLORD if is_landlord else DwellingRole.OWNER_OCCUPIER
    return replace(
        command,
        facts=replace(
            facts,
            dwelling_role=role,
            applicant_lives_there=bool(facts.main_residence) and not is_landlord,
            dwelling_kind=DwellingKind.HOUSE,
            amount_wished_cents=command.amount_cents,
            term_wished_months=command.term_months,
            works_cost_cents=command.works_cost_cents,
        ),
    )


def _is_couple(facts: HouseholdFacts) -> bool:
    return (facts.persons or 1) - (facts.dependents or 0) > 1


def _dwellings(homes: Homes, addresses: Sequence[Address]) -> Iterator[Dwelling]:
    columns = zip(
        addresses,
        homes.kinds.tolist(),
        homes.build_years.tolist(),
        homes.floor_areas_m2.tolist(),
        homes.carriers.tolist(),
        strict=True,
    )
    for address, kind, year, area, carrier in columns:
        yield Dwelling(
            street=address.street,
            house_number=address.house_number,
            box="",
            postcode=address.postcode,
            nis_code=address.nis_code,
            dwelling_type=kind,
            build_year=year,
            floor_area_m2=area,
            heating_carrier=carrier,
        )
