"""A real browser for tests, driven over two pipes: no port is opened and no other package is needed."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

MISSING = "there is no Chromium here to draw the page (on Debian: apt-get install chromium)"
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --remote-debugging-pipe"
)
# Puts two descriptors where Chromium looks for its pipes, and becomes Chromium.
_START = """
import fcntl, os, sys
kept = [fcntl.fcntl(int(number), fcntl.F_DUPFD, 10) for number in sys.argv[1:3]]
for place, number in enumerate(kept, start=3):
    os.dup2(number, place)
os.execvp(sys.argv[3], sys.argv[3:])
"""
_PATIENCE = 60.0  # seconds for one answer
_KEYS = {"Tab": 9, "Enter": 13, " ": 32, "Escape": 27}


def program() -> str | None:
    """The browser's program, or None where there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Browser:
    """A running Chromium: it reads commands from its descriptor 3 and writes answers and events to its 4."""

    def __init__(self, profile: Path) -> None:
        commands, self._out = os.pipe()
        self._in, answers = os.pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, str(commands), str(answers), str(program()), *_FLAGS.split(),
             f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(commands, answers),
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(commands)
        os.close(answers)
        self._left = b""
        self._number = 0
        self.events: list[dict[str, Any]] = []

    def ask(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:
        """The answer to one command; what happens meanwhile is added to `events`."""
        self._number += 1
        wish = {"id": self._number, "method": method, "params": parameters}
        if session:
            wish["sessionId"] = session
        os.write(self._out, json.dumps(wish).encode() + b"\0")
        while True:
            heard = self._next()
            if heard.get("id") == self._number:
                assert "error" not in heard, f"{method}: {heard['error']}"
                return dict(heard["result"])
            self.events.append(heard)

    def wait_for(self, method: str, session: str) -> dict[str, Any]:
        """The first event of this name in a session, from the past or to come."""
        while True:
            for event in self.events:
                if event["method"] == method and event.get("sessionId") == session:
                    return event
            self.events.append(self._next())

    def _next(self) -> dict[str, Any]:
        until = time.monotonic() + _PATIENCE
        while b"\0" not in self._left:
            ready, _, _ = select.select([self._in], [], [], max(0, until - time.monotonic()))
            said = os.read(self._in, 1 << 20) if ready else b""
            assert said, "Chromium gave no answer"
            self._left += said
        message, _, self._left = self._left.partition(b"\0")
        return dict(json.loads(message))

    def open(self, file: Path, *, scripts: bool = True, width: int = 1280, height: int = 900) -> Page:
        """A file in a tab of its own, fully loaded."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session, target)
        for part in ("Page", "Runtime", "Log", "Network"):
            page.ask(f"{part}.enable")
        page.ask("Emulation.setScriptExecutionDisabled", value=not scripts)
        still = {"name": "prefers-reduced-motion", "value": "reduce"}  # or a jump takes a while
        page.ask("Emulation.setEmulatedMedia", features=[still])
        page.resize(width, height)
        page.ask("Page.navigate", url=file.as_uri())
        self.wait_for("Page.loadEventFired", session)
        return page

    def close(self) -> None:
        """Ends the browser."""
        self.ask("Browser.close")
        self._process.wait(timeout=30)
        os.close(self._out)
        os.close(self._in)


class Page:
    """A tab with a file in it."""

    def __init__(self, browser: Browser, session: str, target: str) -> None:
        self.browser = browser
        self.session = session
        self.target = target

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The answer to a command of the DevTools protocol."""
        return self.browser.ask(method, self.session, **parameters)

    def run(self, script: str) -> Any:
        """The value of an expression in the page; a promise is waited for."""
        found = self.ask(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True, userGesture=True
        )
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def read(self) -> str:
        """The words that can be seen, with single spaces."""
        return " ".join(self.run("document.body.innerText").split())

    def visible(self, selector: str) -> int:
        """How many elements that fit can be seen."""
        all_ = f"[...document.querySelectorAll({json.dumps(selector)})]"
        return int(self.run(f"{all_}.filter(e => e.checkVisibility()).length"))

    def resize(self, width: int, height: int) -> None:
        """Sets the window's size in CSS pixels."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.ask("Emulation.setDeviceMetricsOverride", **size)

    def press(self, key: str, *, shift: bool = False) -> None:
        """Presses and lets go one of the keys Tab, Enter, Escape and the space bar."""
        code = _KEYS[key]
        known = {"key": key, "windowsVirtualKeyCode": code, "modifiers": 8 if shift else 0}
        typed = {"text": {"Enter": "\r", " ": " "}[key]} if key in ("Enter", " ") else {}
        self.ask("Input.dispatchKeyEvent", type="keyDown", **known, **typed)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **known)

    def write(self, words: str) -> None:
        """Types words into what has the focus."""
        self.ask("Input.insertText", text=words)

    def click(self, selector: str) -> None:
        """Clicks with the mouse in the middle of the first element that fits, scrolled into view."""
        x, y = self.run(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); "
            "e.scrollIntoView({block: 'center', behavior: 'instant'}); const r = e.getBoundingClientRect(); "
            "return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        self.run("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")

    def choose(self, selector: str, value: str) -> None:
        """Chooses an option of a select by its value; the page is told, as when a person does it."""
        self.run(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); "
            f"e.value = {json.dumps(value)}; "
            "e.dispatchEvent(new Event('input', {bubbles: true})); })()"
        )

    def close(self) -> None:
        """Closes the tab and forgets what happened in it."""
        self.browser.ask("Target.closeTarget", targetId=self.target)
        self.browser.events = [one for one in self.browser.events if one.get("sessionId") != self.session]

    def complaints(self) -> list[str]:
        """What the page has written to the console or been refused: errors, warnings, policy violations."""
        found = []
        for event in self.browser.events:
            if event.get("sessionId") == self.session:
                told = event["params"]
                if event["method"] == "Log.entryAdded":
                    found.append(told["entry"]["text"])
                elif event["method"] in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
                    found.append(json.dumps(told)[:300])
        return found

    def requests(self) -> list[str]:
        """The addresses of all that the page has asked for."""
        return [
            event["params"]["request"]["url"]
            for event in self.browser.events
            if event.get("sessionId") == self.session and event["method"] == "Network.requestWillBeSent"
        ]

    def picture(self, *, whole: bool = True) -> bytes:
        """The page as it looks, a PNG; `whole`: all of it and not only what the window shows."""
        found = self.ask("Page.captureScreenshot", captureBeyondViewport=whole, **self._clip(whole))
        return base64.b64decode(found["data"])

    def _clip(self, whole: bool) -> dict[str, Any]:
        if not whole:
            return {}
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        return {"clip": {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}}

    def printed(self) -> bytes:
        """The page as it prints, a PDF."""
        found = self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        return base64.b64decode(found["data"])
