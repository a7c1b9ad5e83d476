import subprocess
import sys


def test_importing_the_checks_imports_nothing_heavy():
    heavy = "great_expectations pandas pyarrow prefect scipy dbt"
    code = (
        "import sys, flows.checking\n"
        f"found = sorted(set('{heavy}'.split()) & set(sys.modules))\n"
        "assert not found, found"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
