"""Deadlines in working days: counted from the day after the complaint, holidays and weekends left out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from layers.records.calendar import Calendar

SATURDAY = 5


@dataclass(frozen=True)
class WorkingDays:
    """The days on which offices work; what comes at `closes_at` (hour of the regency's clock) or later waits a day."""

    calendar: Calendar
    closes_at: int

    def works(self, day: date) -> bool:
        """Say whether a day is neither at a weekend nor a holiday."""
        return day.weekday() < SATURDAY and day not in self.calendar.holidays

    def counted(self, moment: datetime) -> date:
        """Give the day on which something counts as come: after office hours it is the next day of the calendar."""
        here = moment.astimezone(self.calendar.zone)
        return here.date() + timedelta(days=1) if here.hour >= self.closes_at else here.date()

    def after(self, day: date, number: int) -> date:
        """Give the `number`-th working day after a day; the first is the next working day."""
        while number:
            day += timedelta(days=1)
            number -= self.works(day)
        return day

    def due(self, moment: datetime, number: int) -> date:
        """Give the last day of a deadline of so many working days that begins at a moment."""
        return self.after(self.counted(moment), number)

    def left(self, moment: datetime, due_on: date) -> int:
        """Count the working days that remain after a moment, the due day with them; 0 or less is never below 0."""
        day, number = self.counted(moment), 0
        while day < due_on:
            day += timedelta(days=1)
            number += self.works(day)
        return number

    def over(self, due_on: date, moment: datetime) -> int:
        """Count the working days that have passed since a due day, today with them."""
        day, number, today = due_on, 0, self.today(moment)
        while day < today:
            day += timedelta(days=1)
            number += self.works(day)
        return number

    def today(self, moment: datetime) -> date:
        """Give the date of a moment by the regency's clock."""
        return moment.astimezone(self.calendar.zone).date()


@dataclass(frozen=True)
class Clock:
    """A deadline as it was set: why, for which class, when it began, over how many working days, until which day."""

    id: int
    reason: str
    case_class: str
    started_at: datetime
    working_days: int
    due_on: date
    replaces: tuple[int, ...] = ()


def in_force(clocks: Iterable[Clock]) -> list[Clock]:
    """Keep the clocks that no other has taken the place of, the earliest due day first."""
    held = list(clocks)
    replaced = {number for clock in held for number in clock.replaces}
    return sorted((clock for clock in held if clock.id not in replaced), key=lambda clock: (clock.due_on, clock.id))


def due_day(clocks: Iterable[Clock]) -> date | None:
    """Give the day by which all should be done, None where nothing is promised."""
    return next((clock.due_on for clock in in_force(clocks)), None)
