"""Documents to the pictures in them, in the order of the text, with the words that stand near them.

Office documents and books are ZIP archives of XML: `package` opens them within limits, `blocks` gives every picture the
caption that its paragraph or its neighbours hold. The XML is read directly and by defusedxml: the libraries that write
such documents parse all of one, and none of them tells what stands below a picture.
"""
