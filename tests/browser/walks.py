"""What a person does in a browser, page after page."""

from tests.pages import FORM, STEPS


def next_page(page) -> None:
    page.locator("main button[value=continue]:visible").click()


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
    page.goto(f"{FORM}/lener")
    for slug, form in STEPS.items():
        if slug == until:
            return
        assert page.url.endswith(slug), page.url
        answer(page, form)
        next_page(page)
