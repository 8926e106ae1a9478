"""Domains of the training text: which shard belongs to which, and their shares of the mix."""

# Share of the training text by domain; what a domain lacks goes to wikipedia.
SHARES = dict(wikipedia=.42, novels=.14, textbooks=.10, technical=.14, law=.07, german=.05, code=.04, other=.04)
DOMAIN = {"wikipedia_en": "wikipedia", "books_100novels": "novels", "books_eltec": "novels", "openstax": "textbooks", "aws_ec2": "technical",
          "aws_iam": "technical", "ms_cpp_docs": "technical", "ms_dynamicsax": "technical", "peps": "technical", "rust_book": "technical",
          "rust_rfcs": "technical", "dc_law": "law", "nonenglish_german_law": "german", "code_mixed": "code"}
DOMAINS = list(SHARES)
