"""What a clerk enters of one step; which fields there are depends on its kind."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.core.text import fold
from thongsuot.organizations.models import (
    ObligationsRule,
    Reorganization,
    ReorganizationStep,
    RolesRule,
    StepKind,
    Unit,
    UnitAlias,
    UnitKind,
)
from thongsuot.organizations.reorganization.drafting import PartData, Ref, StepData

MOST_PARTS = 4
HUNDRED = Decimal(100)


class StepForm(forms.Form):
    """One step of a kind. ``here``: the unit whose surroundings are offered; ``chosen``: the unit the step is about."""

    def __init__(
        self,
        *args: Any,
        kind: str,
        reorganization: Reorganization,
        here: Unit,
        chosen: Unit | None,
        below: Sequence[Unit],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.kind, self.here, self.chosen = kind, here, chosen
        self.reorganization = reorganization
        self.founding = {
            f"s{step.pk}": step
            for step in reorganization.steps.filter(kind=StepKind.FOUND).order_by("ordinal")
        }
        above = Unit.objects.above(here, itself=True).filter(path__gte=reorganization.scope.path)
        self.units = {f"u{unit.pk}": unit for unit in [*above, *below]}
        {
            StepKind.FOUND: self._for_founding,
            StepKind.RENAME: self._for_renaming,
            StepKind.MOVE: self._for_moving,
            StepKind.MERGE: lambda: self._for_merging(below),
            StepKind.SPLIT: self._for_splitting,
            StepKind.DISSOLVE: self._for_dissolving,
        }[StepKind(kind)]()

    # --- which fields

    def _for_founding(self) -> None:
        self._ask_name(required=True)
        self._ask_target(_("Below which unit"), initial=f"u{self.here.pk}")

    def _for_renaming(self) -> None:
        self._ask_name(required=True, of=self.chosen)

    def _for_moving(self) -> None:
        self._ask_target(_("To which unit"), elsewhere=True)

    def _for_merging(self, below: Sequence[Unit]) -> None:
        self.fields["sources"] = forms.MultipleChoiceField(
            label=_("Units that merge"),
            choices=[(f"u{unit.pk}", unit.name) for unit in below],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose the units that merge.")},
        )
        self._ask_target(
            _("Which takes over"), elsewhere=True, help_text=_("Left empty: the new unit named below.")
        )
        self._ask_name(required=False)
        self._ask_rules(with_work=False)

    def _for_splitting(self) -> None:
        choices = self._target_choices()
        for number in range(1, MOST_PARTS + 1):
            self.fields[f"part_{number}"] = forms.ChoiceField(
                label=_("Part"), choices=choices, required=number <= 2
            )
            self.fields[f"share_{number}"] = forms.DecimalField(
                label=_("Share in %"),
                min_value=Decimal("0.01"),
                max_value=HUNDRED,
                decimal_places=2,
                required=number <= 2,
                widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
            )
        self.fields["main"] = forms.TypedChoiceField(
            label=_("Main part, which keeps the records"),
            choices=[
                (number, gettext("part %(number)s") % {"number": number})
                for number in range(1, MOST_PARTS + 1)
            ],
            coerce=int,
        )
        self._ask_rules(with_work=True)

    def _for_dissolving(self) -> None:
        self._ask_target(_("Which takes over"), elsewhere=True, help_text=_("Left empty: the unit above it."))
        self._ask_rules(
            with_work=False,
            roles=RolesRule.ENDED,
            about_roles=_("In the unit above it they would reach further: then they usually end."),
        )

    def _ask_target(
        self, label: Any, *, initial: str = "", elsewhere: bool = False, help_text: Any = ""
    ) -> None:
        self.fields["target"] = forms.ChoiceField(
            label=label,
            choices=self._target_choices(),
            required=False,
            initial=initial,
            help_text=help_text,
        )
        if elsewhere:
            self.fields["elsewhere"] = forms.CharField(
                label=_("Or a unit elsewhere"),
                required=False,
                max_length=200,
                help_text=_("Its name as documents write it, or its code."),
            )

    def _target_choices(self) -> list[tuple[str, str]]:
        chosen = f"u{self.chosen.pk}" if self.chosen else ""
        new = [(key, gettext("new: %(name)s") % {"name": step.name}) for key, step in self.founding.items()]
        there = [(key, unit.name) for key, unit in self.units.items() if key != chosen]
        return [("", "—"), *new, *there]

    def _ask_name(self, *, required: bool, of: Unit | None = None) -> None:
        self.fields |= {
            "name": forms.CharField(
                label=_("Name of the unit"),
                max_length=200,
                required=required,
                help_text="" if required else _("Only when they merge into a new unit."),
            ),
            "short_name": forms.CharField(label=_("Short name"), max_length=80, required=required),
            "unit_kind": forms.ChoiceField(
                label=_("Kind"), choices=[("", "—"), *UnitKind.choices], required=required
            ),
            "symbol": forms.CharField(label=_("Symbol in document numbers"), max_length=20, required=False),
            "place": forms.CharField(label=_("Place name on documents"), max_length=100, required=False),
        }
        if of is not None:
            for name in ("name", "short_name", "symbol", "place"):
                self.initial[name] = getattr(of, name)
            self.initial["unit_kind"] = of.kind

    def _ask_rules(
        self, *, with_work: bool, roles: RolesRule = RolesRule.SAME, about_roles: Any = ""
    ) -> None:
        if with_work:
            self.fields["obligations"] = forms.ChoiceField(
                label=_("Open work"), choices=ObligationsRule.choices, widget=forms.RadioSelect,
                initial=ObligationsRule.MAIN,
            )  # fmt: skip
        self.fields["roles"] = forms.ChoiceField(
            label=_("Roles and posts"), choices=RolesRule.choices, widget=forms.RadioSelect,
            initial=roles, help_text=about_roles,
        )  # fmt: skip

    # --- what was entered

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        target: Ref | None = self._ref(data.get("target", ""))
        if words := data.get("elsewhere", "").strip():
            target = self._named(words)
        data["target"] = target
        if self.kind in (StepKind.FOUND, StepKind.MOVE) and target is None and not self.errors:
            self.add_error("target", gettext("Choose the unit."))
        if self.kind == StepKind.MERGE and target is None and not data.get("name"):
            self.add_error("target", gettext("Choose the unit that takes over, or name the new one."))
        return data

    def _ref(self, key: str) -> Ref | None:
        return self.founding.get(key) or self.units.get(key)

    def _named(self, words: str) -> Unit | None:
        """The one unit of the scope with this name, alias or code."""
        rows = Unit.objects.under(self.reorganization.scope).valid_on()
        known = UnitAlias.objects.filter(folded=fold(words)).values("unit")
        found = list((rows.filter(pk__in=known) | rows.filter(code=words)).order_by("path").distinct()[:4])
        if len(found) == 1:
            return found[0]
        sentence = (
            gettext("Several units have this name: %(units)s.") % {"units": "; ".join(map(str, found))}
            if found
            else gettext("No unit below “%(scope)s” has this name or code.")
            % {"scope": self.reorganization.scope}
        )
        self.add_error("elsewhere", sentence)
        return None

    @property
    def founds_first(self) -> StepData | None:
        """A merger into a unit that is named here: it is founded by a step of its own before."""
        data = self.cleaned_data
        if self.kind != StepKind.MERGE or data["target"] is not None:
            return None
        names = {name: data[name] for name in ("name", "short_name", "unit_kind", "symbol", "place")}
        return StepData(StepKind.FOUND, target=self.here, **names)

    def step(self, founded: ReorganizationStep | None = None) -> StepData:
        data = self.cleaned_data
        named = self.kind in (StepKind.FOUND, StepKind.RENAME)
        return StepData(
            self.kind,
            unit=self.chosen,
            target=founded or data.get("target"),
            sources=[self.units[key] for key in data.get("sources", ()) if key in self.units],
            parts=self._parts() if self.kind == StepKind.SPLIT else (),
            name=data["name"] if named else "",
            short_name=data["short_name"] if named else "",
            unit_kind=data["unit_kind"] if named else "",
            symbol=data["symbol"] if named else "",
            place=data["place"] if named else "",
            obligations=data.get("obligations") or ObligationsRule.MAIN,
            roles=data.get("roles") or "",
        )

    def _parts(self) -> list[PartData]:
        data = self.cleaned_data
        parts = []
        for number in range(1, MOST_PARTS + 1):
            into, share = self._ref(data.get(f"part_{number}") or ""), data.get(f"share_{number}")
            if into is not None and share is not None:
                parts.append(PartData(into, share / HUNDRED, is_main=number == data["main"]))
        return parts

    @property
    def part_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        numbers = range(1, MOST_PARTS + 1)
        return [(self[f"part_{number}"], self[f"share_{number}"]) for number in numbers]
