"""axe-core on pages in headless Chromium: what it finds, and what a page does besides.

Needs Node.js with `playwright-core` and `axe-core` (`npm install playwright-core axe-core`) in the
folder that CSP_AXE names, and a Chromium.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.needs import BROWSER

_NODE = shutil.which("node")
_MODULES = Path(os.environ.get("CSP_AXE", "node_modules")).resolve()

needs_axe = pytest.mark.skipif(
    not (_NODE and (_MODULES / "axe-core").is_dir()),
    reason="axe-core looks at pages under Node.js: npm install playwright-core axe-core, and name "
    "their node_modules in CSP_AXE",
)

_SCRIPT = """
const { chromium } = require(process.env.MODULES + '/playwright-core');
const fs = require('fs');
(async () => {
  const browser = await chromium.launch({
    executablePath: process.env.BROWSER, args: ['--no-sandbox', '--disable-gpu'],
  });
  const found = [];
  const urls = JSON.parse(fs.readFileSync(0));
  for (const width of [1100, 320]) {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    let asked = [];
    page.on('request', one => asked.push(one.url()));
    for (const url of urls) {
      asked = [];
      await page.goto(url);
      await page.addScriptTag({ path: process.env.MODULES + '/axe-core/axe.min.js' });
      const result = await page.evaluate(() => axe.run(document));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      found.push({
        url, width, wide, asked, passes: result.passes.length,
        violations: result.violations.map(one => one.id + ' ' + one.nodes[0].html.slice(0, 200)),
      });
    }
  }
  console.log(JSON.stringify(found));
  await browser.close();
})();
"""


def judged(pages: Sequence[Path], folder: Path) -> list[dict[str, Any]]:
    """Open each page at the width of a desk and of a phone, and return what axe-core says of it.

    A dict for each: `url`, `width`, `wide` (pixels of the laid out page), `asked` (the addresses
    that it fetched), `passes` and `violations`.
    """
    script = folder / "axe.cjs"
    script.write_text(_SCRIPT, encoding="utf-8")
    done = subprocess.run(
        [str(_NODE), str(script)],
        input=json.dumps([page.as_uri() for page in pages]),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=900,
        env={**os.environ, "MODULES": str(_MODULES), "BROWSER": str(BROWSER)},
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found
