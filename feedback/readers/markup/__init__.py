"""OpenDocument, RTF, web pages and e-mails."""
