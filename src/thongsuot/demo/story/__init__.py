"""The story of the demonstration place."""

from thongsuot.demo.story.model import Story
from thongsuot.demo.story.telling import tell_story

__all__ = ["Story", "tell_story"]
