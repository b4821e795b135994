"""The process that answers SQL: one JSON object a line in, one a line out. See :mod:`dragoman.web.sandbox`."""

from __future__ import annotations

import json
import math
import resource
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from dragoman.record.lakes import pattern, reach_of, text

SECONDS = 5.0
ROWS = 1000
MEMORY = "256MB"

# Beyond what the interpreter and its libraries have taken when it begins: what DuckDB maps, the answer as JSON.
PROCESS_BYTES = 2 << 30

# An answer of a thousand rows of sentences is half a megabyte.
ANSWER_BYTES = 4 << 20

# What a row of a page or a sheet can show; longer texts and lists are cut and say so.
CELL = 10_000

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
    "allow_community_extensions": False,
    "python_enable_replacements": False,
    "memory_limit": MEMORY,
    "temp_directory": "",
    "threads": 1,
    "lock_configuration": True,
}

# They tell of the server's files and settings, not of the record.
HIDDEN = frozenset(
    {
        "current_setting",
        "database_list",
        "duckdb_databases",
        "duckdb_extensions",
        "duckdb_logs",
        "duckdb_secrets",
        "duckdb_settings",
        "duckdb_temporary_files",
        "pg_settings",
        "pragma_database_list",
        "pragma_database_size",
        "pragma_user_agent",
        "pragma_platform",
        "query",
        "query_table",
    }
)


class Forbidden(Exception):
    """A statement that the page does not run."""


def _mapped() -> int:
    """Bytes of address space that this process has now; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def main() -> None:
    """Answer line by line until the input ends."""
    most = _mapped() + PROCESS_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    connection, file = None, ""
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        if asked["file"] != file:
            if connection is not None:
                connection.close()
            connection, file = opened(Path(asked["file"])), asked["file"]
        assert connection is not None
        said = json.dumps(answer(connection, asked["sql"]), allow_nan=False).encode()
        if len(said) > ANSWER_BYTES:
            said = json.dumps({"error": f"the answer is larger than {ANSWER_BYTES >> 20} MB"}).encode()
        sys.stdout.buffer.write(said + b"\n")
        sys.stdout.buffer.flush()


def opened(file: Path) -> duckdb.DuckDBPyConnection:
    """A copy of a record, with no way out; of a lake the way to the files of its views alone."""
    reached = reach_of(file)
    if not reached:
        return duckdb.connect(str(file), read_only=True, config=CONFIG)
    later = ("enable_external_access", "lock_configuration")
    connection = duckdb.connect(
        str(file), read_only=True, config={name: value for name, value in CONFIG.items() if name not in later}
    )
    # DuckDB asks for leave once by the pattern and once by the path that it stands for
    allowed = ", ".join(text(name) for path in reached for name in {path, pattern(path)})
    connection.execute(f"SET allowed_paths = [{allowed}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def answer(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[str, Any]:
    """The first rows of one query, or why there are none."""
    began = time.monotonic()
    timer = threading.Timer(SECONDS, connection.interrupt)
    timer.start()
    try:
        found = _answer(connection, checked(connection, sql))
    except Forbidden as error:
        return {"error": str(error)}
    except (duckdb.InterruptException, KeyboardInterrupt):
        return {"error": f"it took longer than {SECONDS:g} seconds"}
    except RuntimeError as error:  # what the client raises of an interrupt in the middle of a fetch
        return {"error": f"it took longer than {SECONDS:g} seconds" if "nterrupt" in str(error) else str(error)}
    except OverflowError as error:  # what the client raises of an interval of millions of years
        return {"error": f"a value of the answer is too large to be shown: {error}"}
    except (MemoryError, duckdb.OutOfMemoryException):
        return {"error": f"it needs more memory than there is for it ({MEMORY})"}
    except duckdb.Error as error:
        return {"error": str(error)}
    finally:
        timer.cancel()
    return found | {"seconds": round(time.monotonic() - began, 3)}


def checked(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    """The text of the one query that ``sql`` is, as DuckDB's own parser finds it.

    :raises Forbidden: there is more than one statement, or none, or it does not only read the record.
    :raises duckdb.Error: it cannot be parsed.
    """
    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        raise Forbidden(f"one statement is answered at a time, not {len(statements)}")
    if statements[0].type != duckdb.StatementType.SELECT:
        kind = str(statements[0].type).rpartition(".")[2]
        raise Forbidden(f"only queries are answered (SELECT, FROM, WITH, VALUES, DESCRIBE, SUMMARIZE), not {kind}")
    tree = _one(connection, "json_serialize_sql", statements[0].query)
    parsed = json.loads(tree)
    if parsed["error"]:
        raise Forbidden(str(parsed.get("error_message", "it cannot be looked through")))
    hidden = sorted(HIDDEN & set(_names(parsed)))
    if hidden:
        raise Forbidden(f"{', '.join(hidden)} is of the server, not of the record")
    # what is run is the tree that was looked through, written out again: no comment, no semicolon is left in it
    return _one(connection, "json_deserialize_sql", tree)


def _one(connection: duckdb.DuckDBPyConnection, function: str, text: str) -> str:
    row = connection.execute(f"SELECT {function}(?::VARCHAR)::VARCHAR", [text]).fetchone()
    assert row is not None
    return str(row[0])


def _names(node: Any) -> Iterator[str]:
    """Every name of a function, table or column in a tree, in small letters."""
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, str) and key in ("function_name", "table_name"):
                yield value.lower()
            yield from _names(value)
    elif isinstance(node, list):
        for value in node:
            yield from _names(value)


def _answer(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[str, Any]:
    # one more row than is shown tells whether there are more
    found = connection.execute(f"SELECT * FROM ({sql}) LIMIT {ROWS + 1}")
    columns = found.description or []
    rows = found.fetchmany(ROWS + 1)
    return {
        "columns": [str(column[0]) for column in columns],
        "types": [str(column[1]) for column in columns],
        "rows": [[_plain(value) for value in row] for row in rows[:ROWS]],
        "cut": len(rows) > ROWS,
    }


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < 1 << 53 else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    whole = isinstance(value, list | tuple | dict)
    text = json.dumps(value, default=str, ensure_ascii=False) if whole else str(value)
    return text if len(text) <= CELL else text[:CELL] + " …"


if __name__ == "__main__":
    main()
