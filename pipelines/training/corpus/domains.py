"""The domains of the training text: which shard belongs to which, and their shares of the mix."""

# Share of each domain in the training text.
SHARES = dict(wikipedia=0.42, novels=0.14, textbooks=0.10, technical=0.14, law=0.07, german=0.05, code=0.04, other=0.04)
DOMAIN = {
    "wikipedia_en": "wikipedia",
    "books_100novels": "novels",
    "books_eltec": "novels",
    "openstax": "textbooks",
    "aws_ec2": "technical",
    "aws_iam": "technical",
    "ms_cpp_docs": "technical",
    "ms_dynamicsax": "technical",
    "peps": "technical",
    "rust_book": "technical",
    "rust_rfcs": "technical",
    "dc_law": "law",
    "nonenglish_german_law": "german",
    "code_mixed": "code",
}
DOMAINS = list(SHARES)
