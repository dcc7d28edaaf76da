"""Addresses of the workbench; they hold opaque ids only."""

from datetime import date

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from cleanclaim.web.workbench import views


class TabConverter(StringConverter):
    """A tab of the claim page."""

    regex = "lines|edits|remits|ledger|x12"


class DayConverter:
    """A day, as the product writes it."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Read the day; what is no day is not found."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """Write the day."""
        return value.isoformat()


register_converter(TabConverter, "tab")
register_converter(DayConverter, "day")

app_name = "workbench"
urlpatterns = [
    path("", views.board, name="board"),
    path("day/<day:day>/", views.board, name="board-day"),
    path("work/", views.queue, name="work"),
    path("work/<slug:queue>/", views.queue, name="queue"),
    path("claims/", views.claims, name="claims"),
    path("claims/<str:claim>/", views.claim, name="claim"),
    path("claims/<str:claim>/<tab:tab>/", views.claim, name="claim-tab"),
    path("deposits/", views.deposits, name="deposits"),
    path("deposits/<str:remittance>/", views.remittance, name="remittance"),
    path("reports/ageing/", views.ageing, name="ageing"),
    path("reports/ageing/lines/", views.ageing_lines, name="ageing-lines"),
    path("reports/ageing.xlsx", views.ageing_export, name="ageing-export"),
    path("runs/<str:run>/", views.run, name="run"),
    path("awake/", views.awake, name="awake"),
    path("parts/", views.sheet, name="sheet"),
]
