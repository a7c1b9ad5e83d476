"""axe-core finds nothing in a paper, in headless Chromium, on a page and on a phone.

Needs Node.js with `playwright-core` and `axe-core` (`npm install playwright-core axe-core`) in the
folder that CSP_AXE names, and a Chromium.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from flows.papers.papers import INTERNAL_ONLY, PAPERS, Asked, lay_out
from flows.papers.published import opened, period_end_of
from flows.papers.writers.html import as_html
from tests.needs import BROWSER, needs_browser

_NODE = shutil.which("node")
_MODULES = Path(os.environ.get("CSP_AXE", "node_modules")).resolve()

pytestmark = [
    pytest.mark.slow,
    needs_browser,
    pytest.mark.skipif(
        not (_NODE and (_MODULES / "axe-core").is_dir()),
        reason="needs node, and axe-core and playwright-core in the folder CSP_AXE",
    ),
]

_SCRIPT = """
const { chromium } = require(process.env.MODULES + '/playwright-core');
(async () => {
  const browser = await chromium.launch({
    executablePath: process.env.BROWSER, args: ['--no-sandbox', '--disable-gpu'],
  });
  const asked = [];
  const found = [];
  for (const width of [1100, 320]) {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    page.on('request', one => asked.push(one.url()));
    await page.goto('file://' + process.argv[2]);
    await page.addScriptTag({ path: process.env.MODULES + '/axe-core/axe.min.js' });
    const result = await page.evaluate(() => axe.run(document));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    found.push({
      width, wide, passes: result.passes.length,
      violations: result.violations.map(one => one.id + ' ' + one.nodes[0].html.slice(0, 200)),
    });
  }
  console.log(JSON.stringify({ found, asked }));
  await browser.close();
})();
"""


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("is_synthetic", [False, True], ids=["real", "synthetic"])
def test_axe_finds_no_violation(
    sample_night: Path, tmp_path: Path, name: str, is_synthetic: bool
) -> None:
    database = sample_night / "published" / "community_safety.duckdb"
    manifest = database.with_name("manifest.json")
    with opened(database, manifest, is_internal=name in INTERNAL_ONLY) as published:
        asked = Asked(published.area("Leeds"), period_end_of("2018-07"), tmp_path)
        page = tmp_path / "paper.html"
        document = lay_out(name, published, asked)
        document.is_synthetic = is_synthetic  # a marking stands above the page
        page.write_text(as_html(document), encoding="utf-8")
    script = tmp_path / "axe.cjs"
    script.write_text(_SCRIPT, encoding="utf-8")
    done = subprocess.run(
        [str(_NODE), str(script), str(page)],
        env=os.environ | {"MODULES": str(_MODULES), "BROWSER": str(BROWSER)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert {url for url in said["asked"] if not url.startswith("file://")} == set()
    for found in said["found"]:
        assert found["passes"] > 10
        assert found["violations"] == []
        assert found["wide"] == found["width"], "the page scrolls sideways"
