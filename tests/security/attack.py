# SPDX-License-Identifier: GPL-3.0-or-later
"""One attack: what it tries, how, and the options that the server is started with."""
import dataclasses
import typing


@dataclasses.dataclass
class Attack:
    title: str
    run: typing.Callable  # (house, options) -> the figure reached; raises Hole
    serve: tuple = ()


class Attacks(dict):
    """Attacks by name, filled by a decorator."""

    def add(self, name, title, *serve):
        def keep(run):
            self[name] = Attack(title, run, serve)
            return run
        return keep
