"""The `openai` client from PyPI against the OpenAI-compatible endpoints."""

import sys

from openai import BadRequestError, NotFoundError, OpenAI

QUESTION = [{"role": "user", "content": "Who edits this handbook?"}]


def main(url, model):
    client = OpenAI(base_url=url + "/v1", api_key="none", max_retries=0)
    assert model in [entry.id for entry in client.models.list()]

    answer = client.chat.completions.create(model=model, messages=QUESTION, temperature=0)
    text = answer.choices[0].message.content
    assert "Wiebke Janssen" in text and "[1]" in text, text
    assert answer.citations[0]["path"] == "welcome.md", answer.citations
    assert answer.choices[0].finish_reason == "stop" and answer.usage.total_tokens > 0

    pieces, citations = [], None
    for chunk in client.chat.completions.create(
        model=model, messages=QUESTION, stream=True, stream_options={"include_usage": True}
    ):
        if chunk.choices:
            pieces.append(chunk.choices[0].delta.content or "")
            citations = getattr(chunk, "citations", None) or citations
        else:
            assert chunk.usage.total_tokens == answer.usage.total_tokens
    assert "".join(pieces) == text and citations == answer.citations

    history = [*QUESTION, {"role": "assistant", "content": text}, {"role": "user", "content": "When does she read it?"}]
    second = client.chat.completions.create(model=model, messages=history)
    assert any(entry["path"] == "welcome.md" for entry in second.citations), second

    for fields, kind in (
        ({"tools": []}, BadRequestError),
        ({"n": 2}, BadRequestError),
        ({"logprobs": True}, BadRequestError),
    ):
        try:
            client.chat.completions.create(model=model, messages=QUESTION, **fields)
            raise AssertionError(fields)
        except kind as error:
            assert next(iter(fields)) in str(error), error
    try:
        client.chat.completions.create(model="none", messages=QUESTION)
        raise AssertionError("an unknown model answered")
    except NotFoundError:
        pass

    vectors = client.embeddings.create(model=model, input=["a bicycle", "a bike", "a tax return"])
    a, b, c = (entry.embedding for entry in vectors.data)
    product = lambda x, y: sum(i * j for i, j in zip(x, y, strict=True))  # noqa: E731
    assert abs(product(a, a) - 1) < 1e-3 and product(a, b) > product(a, c)
    print("openai: fine")


main(*sys.argv[1:])
