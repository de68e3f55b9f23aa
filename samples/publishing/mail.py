"""A statement as a mail: a text, its HTML form with the pictures in it, or anything attached."""

from email import policy
from email.message import EmailMessage
from email.utils import format_datetime

from publishing.statement import Statement
from publishing.webpage import page_html

_DOMAIN = "ministry.example"


def mail(statement: Statement) -> bytes:
    """Return a mail that shows the pictures in its text."""
    message = EmailMessage(policy=policy.SMTP)
    message.set_content(f"{statement.title}\n")
    addresses = {shown.name: f"cid:{shown.name}@{_DOMAIN}" for shown in statement.pictures}
    message.add_alternative(page_html(statement, addresses), "html")
    *_, html = (part for part in message.iter_parts() if isinstance(part, EmailMessage))
    for shown in statement.pictures:
        html.add_related(shown.jpeg, "image", "jpeg", cid=f"<{shown.name}@{_DOMAIN}>", filename=shown.name)
    return _written(message, statement)


def mail_with(statement: Statement, name: str, content: bytes) -> bytes:
    """Return a mail with one ZIP file attached."""
    message = EmailMessage(policy=policy.SMTP)
    message.set_content(f"{statement.title}\n")
    message.add_attachment(content, "application", "zip", filename=name)
    return _written(message, statement)


def _written(message: EmailMessage, statement: Statement) -> bytes:
    """Return the bytes of a mail with its headers; its boundaries, random otherwise, are numbered."""
    message["From"] = f"Press office <press@{_DOMAIN}>"
    message["To"] = "Newsroom <desk@newsroom.example>"
    message["Subject"] = statement.title
    message["Date"] = format_datetime(statement.published)
    message["Message-ID"] = f"<statement-{statement.language}@{_DOMAIN}>"
    message["Content-Language"] = statement.language
    multiparts = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(multiparts):
        part.set_boundary(f"=_part_{number}_=")
    return message.as_bytes()
