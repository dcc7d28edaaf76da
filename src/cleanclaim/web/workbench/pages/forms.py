"""Record of a form, as pages draw it."""

from dataclasses import dataclass

from django.forms import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """One form of a page.

    Args:
        name: Of the form: tells which of a page's forms was sent.
        form: With its values and errors.
        href: POST target.
        words: Of the button: "Match to claim".
        summary: Drawn folded under these words; empty draws it open.
        hint: What happens then; or empty.
        key: One-letter key that opens it, or empty.
        is_primary: At most one per view.
        is_danger: Can't be taken back.
    """

    name: str
    form: Form
    href: str
    words: str
    summary: str = ""
    hint: str = ""
    key: str = ""
    is_primary: bool = False
    is_danger: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is drawn unfolded: it was sent and something is wrong."""
        return bool(self.form.errors)
