"""One release in the forms that releases are published in: saved page, DOCX, PDF, mail, ZIP, and one inside another.

Everything is written with the standard library and Pillow, so that nothing of a document is there that is not written
here, and the same release gives the same bytes everywhere: no clock, no random boundary, and nothing is deflated, since
versions of zlib differ. The JPEG files go into every form byte by byte.
"""
