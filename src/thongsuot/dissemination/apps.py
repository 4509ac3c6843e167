from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def follow_from_time_to_time(**_signal: Any) -> None:
    from thongsuot.core.jobs import repeat
    from thongsuot.dissemination.services.following import MINUTES_BETWEEN_RUNS, follow_everybody

    repeat(follow_everybody, minutes=MINUTES_BETWEEN_RUNS)


class DisseminationConfig(AppConfig):
    name = "thongsuot.dissemination"
    verbose_name = _("Dissemination")

    def ready(self) -> None:
        from thongsuot.audit.queries import say
        from thongsuot.core import retention
        from thongsuot.core.erasing import take_part
        from thongsuot.core.holdings import tell_people_of
        from thongsuot.core.ui.navigation import NavItem, register
        from thongsuot.core.ui.panels import register_panel
        from thongsuot.dissemination import handover, jobs
        from thongsuot.dissemination.acts import SENTENCES
        from thongsuot.dissemination.answers.words_kept import WORDS_KEPT
        from thongsuot.dissemination.clearing import LISTS, MATERIAL_CHECKS
        from thongsuot.dissemination.erasing import PART
        from thongsuot.dissemination.holdings import HOLDINGS
        from thongsuot.dissemination.panels import draw_coverage_of
        from thongsuot.dissemination.paper.clearing import HAND_INS, PAGES
        from thongsuot.dissemination.permissions import can_follow_dissemination
        from thongsuot.dissemination.reading_page.places import say_at_paragraphs
        from thongsuot.dissemination.reading_page.remarks import (
            draw_check,
            draw_papers,
            draw_questions,
            say_answers,
        )
        from thongsuot.dissemination.services import (
            ask_after_recall,
            ask_again,
            ask_for_new_text,
            following,
            forget_checks,
            release,
            release_replaced,
            require_of_dispatch,
        )
        from thongsuot.documents.hooks import (
            delivery_recalled,
            document_dispatched,
            document_replaced,
            recall_taken_back,
            text_changed,
        )
        from thongsuot.organizations import hooks as units

        say(SENTENCES)
        tell_people_of(*HOLDINGS)
        take_part(PART)
        retention.register(LISTS)
        retention.register(MATERIAL_CHECKS)
        retention.register(HAND_INS)
        retention.register(PAGES)
        retention.register(WORDS_KEPT)
        document_dispatched.add(require_of_dispatch)
        delivery_recalled.add(release)
        document_replaced.add(release_replaced)
        recall_taken_back.add(ask_again)
        recall_taken_back.add(ask_after_recall)
        text_changed.add(ask_for_new_text)
        text_changed.add(forget_checks)
        units.units_about_to_change.add(jobs.keep_coverage_still)
        units.units_succeeded.add(handover.pass_on_sessions)
        units.units_restored.add(handover.take_back_sessions)
        units.against_undoing.add(handover.objections)
        units.impacts.add(handover.impacts)
        units.tree_changed.add(handover.sum_up_later)
        units.people_changed.add(following.follow_later)
        units.people_taken_back.add(following.forget)
        post_migrate.connect(follow_from_time_to_time, sender=self, dispatch_uid="dissemination.follow")
        register_panel("document", draw_coverage_of, order=20)
        register_panel("reading", draw_check, order=20)
        register_panel("reading", draw_questions, order=30)
        register_panel("reading", draw_papers, order=40)
        say_at_paragraphs(say_answers)
        register(
            NavItem(
                _("Dissemination"),
                "dissemination:list",
                "megaphone",
                order=30,
                visible=can_follow_dissemination,
                phone=True,
            )
        )
