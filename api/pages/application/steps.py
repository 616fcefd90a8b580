"""The steps of the form, in order, and which of them an applicant sees."""

from collections.abc import Callable
from dataclasses import dataclass

from api.pages.application import questions
from api.pages.application.fields import Group, Question
from energiehuis.drafts.service import Answers

REVIEW = "nakijken"


@dataclass(frozen=True, slots=True)
class Step:
    """One page of questions; the slug is its place in the address, the same in each language."""

    slug: str
    name: str
    ask: Callable[[Answers], tuple[Group, ...]]
    natural_only: bool = False

    def questions(self, answers: Answers) -> tuple[Question, ...]:
        """Give all questions of the page."""
        return tuple(question for group in self.ask(answers) for question in group.questions)


STEPS = (
    Step("lener", "borrower", questions.borrower),
    Step("gegevens", "people", questions.people),
    Step("woning", "dwelling", questions.dwelling),
    Step("inkomen", "income", questions.income, natural_only=True),
    Step("situatie", "situation", questions.situation, natural_only=True),
    Step("werken", "works", questions.works),
    Step("bedrag", "amount", questions.amount),
)


def steps_for(answers: Answers) -> tuple[Step, ...]:
    """Give the steps that matter for this applicant."""
    natural = questions.is_natural(answers)
    return tuple(step for step in STEPS if natural or not step.natural_only)


def find_step(answers: Answers, slug: str) -> Step | None:
    """Give the step of a slug, or None when it does not exist for this applicant."""
    return next((step for step in steps_for(answers) if step.slug == slug), None)


def after(answers: Answers, step: Step) -> Step | None:
    """Give the next step, or None when the answers can be checked."""
    steps = steps_for(answers)
    place = steps.index(step) + 1
    return steps[place] if place < len(steps) else None


def before(answers: Answers, step: Step) -> Step | None:
    """Give the step before, or None for the first."""
    steps = steps_for(answers)
    place = steps.index(step)
    return steps[place - 1] if place else None


def questions_of(answers: Answers) -> tuple[Question, ...]:
    """Give all questions that this applicant is asked."""
    return tuple(question for step in steps_for(answers) for question in step.questions(answers))
