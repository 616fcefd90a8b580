"""What a person does in a browser, page after page."""

from collections.abc import Iterator

from tests.pages import FORM, STEPS


def next_page(page) -> None:
    press(page, "main button[value=continue]:visible")


def press(page, button: str) -> None:
    """Press a button that sends a form, and wait for the page that comes of it."""
    with page.expect_navigation():
        page.locator(button).click()


def answer(page, form: dict[str, str]) -> None:
    """Give the answers of one page of the form."""
    for name, value in form.items():
        field = page.locator(f'[name="{name}"]')
        if name == "works.rows" or not value:
            continue
        kind = field.first.evaluate("e => e.type")
        if kind in {"radio", "checkbox"}:
            page.locator(f'[name="{name}"][value="{value}"]').check()
        elif kind == "select-one":
            field.select_option(value)
        else:
            field.fill(value)


def fill_in(page, until: str | None = None) -> None:
    """Fill in the form step by step, up to a step."""
    for slug in walk(page):
        if slug == until:
            return


def walk(page) -> Iterator[str]:
    """Walk through the form: stop at each step before it is filled in, then go on."""
    page.goto(f"{FORM}/lener")
    for slug, form in STEPS.items():
        assert page.url.endswith(slug), page.url
        yield slug
        answer(page, form)
        next_page(page)
