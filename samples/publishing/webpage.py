"""A statement as a saved web page: HTML, and the folder that a browser puts beside it."""

from html import escape

from publishing.statement import Statement


def page_files(statement: Statement, name: str) -> dict[str, bytes]:
    """Return the files of a saved page by their paths."""
    folder = f"{name}_files"
    html = page_html(statement, {shown.name: f"{folder}/{shown.name}" for shown in statement.pictures})
    return {f"{name}.html": html.encode()} | {f"{folder}/{shown.name}": shown.jpeg for shown in statement.pictures}


def page_html(statement: Statement, addresses: dict[str, str]) -> str:
    """Return the HTML of a statement; `addresses` has that of every picture by its name."""
    figures = "".join(
        f'<figure><img src="{escape(addresses[shown.name])}" alt="">'
        f"<figcaption>{escape(shown.caption)}</figcaption></figure>\n"
        for shown in statement.pictures
    )
    title = escape(statement.title)
    return (
        f'<!DOCTYPE html>\n<html lang="{statement.language}"><head><meta charset="utf-8"><title>{title}</title>\n'
        f'<meta property="article:published_time" content="{statement.published.isoformat()}"></head>\n'
        f"<body><article><h1>{title}</h1>\n{figures}</article></body></html>\n"
    )
