"""The `mcp` client from PyPI against `r3mem mcp` and POST /mcp, in both eras of the protocol."""

import asyncio
import hashlib
import sys

from mcp import Client, MCPError, StdioServerParameters

TOOLS = ["search", "ask", "read", "documents", "status"]


async def try_server(server, mode, expected):
    async with Client(server, mode=mode) as client:
        assert client.protocol_version == expected, client.protocol_version
        # Without a probe the client knows nothing of the server before the first answer.
        assert client.server_info is None or client.server_info.name == "r3mem"
        listed = await client.list_tools()
        assert [tool.name for tool in listed.tools] == TOOLS
        assert all(tool.annotations.read_only_hint for tool in listed.tools)

        # The client checks structured content against the output schema of the tool.
        found = await client.call_tool("search", {"query": "handbook", "limit": 2})
        assert not found.is_error, found
        for quote in found.structured_content["results"]:
            assert quote["exact"] is True
            assert hashlib.sha256(quote["text"].encode()).hexdigest() == quote["sha256"]
        more = await client.call_tool(
            "search", {"query": "handbook", "limit": 2, "cursor": found.structured_content["nextCursor"]}
        )
        assert more.structured_content["results"][0]["rank"] == 3

        answer = await client.call_tool("ask", {"question": "Who edits this handbook?"})
        assert "Wiebke Janssen" in answer.structured_content["quotes"][0]["text"]
        nothing = await client.call_tool("ask", {"question": "Which zebra composed the xylophone concerto?"})
        assert nothing.structured_content["isFound"] is False

        listing = await client.call_tool("documents", {"glob": "welcome.md"})
        path = listing.structured_content["documents"][0]["path"]
        text = await client.call_tool("read", {"document": path, "from": 1, "count": 1})
        resources = await client.list_resources()
        uri = next(resource.uri for resource in resources.resources if resource.name == path)
        whole = await client.read_resource(uri)
        assert whole.contents[0].text.startswith(text.structured_content["text"])
        templates = await client.list_resource_templates()
        assert templates.resource_templates[0].uri_template == "r3mem://{index}/{+path}"
        status = await client.call_tool("status", {})
        assert status.structured_content["indexes"][0]["freshness"]["isFresh"] in (True, False)

        wrong = await client.call_tool("search", {"query": ""})
        assert wrong.is_error and "query" in wrong.content[0].text
        try:
            await client.call_tool("delete", {})
            raise AssertionError("an unknown tool was called")
        except MCPError as error:
            assert "Unknown tool" in str(error)


async def main(program, index, url):
    stdio = StdioServerParameters(command=program, args=["mcp", index])
    for server in (stdio, url):
        for mode, expected in (("legacy", "2025-11-25"), ("auto", "2026-07-28"), ("2026-07-28", "2026-07-28")):
            await try_server(server, mode, expected)
            print(f"{'stdio' if server is stdio else 'http'} {mode}: fine")


asyncio.run(main(*sys.argv[1:]))
