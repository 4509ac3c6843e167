"""Build hook: the wheel carries compiled messages, which git does not."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledMessages(BuildHookInterface[Any]):
    """Compiles every catalogue below ``src`` before files are collected."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        tool = Path(self.root) / "scripts" / "messages.py"
        runpy.run_path(str(tool))["compile_catalogues"](Path(self.root) / "src" / "thongsuot")
