"""The barest client of a model server that asyncio allows, for `./bench calls`: so many connections that stay open, each
sends a request, reads the streamed answer to its end and sends the next. Prints the seconds that all took.

    python3 scripts/bare_client.py http://127.0.0.1:8000 requests.json 16
"""

import asyncio
import json
import sys
import time
from urllib.parse import urlsplit


async def read_answer(reader):
    head = await reader.readuntil(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n", 1)[0]:
        raise RuntimeError(head.decode())
    if b"transfer-encoding: chunked" not in head.lower():
        raise RuntimeError("the answer is not streamed")
    while size := int(await reader.readuntil(b"\r\n"), 16):
        await reader.readexactly(size + 2)
    await reader.readexactly(2)


async def connection(host, port, requests):
    reader, writer = await asyncio.open_connection(host, port)
    while requests:
        body = requests.pop()
        writer.write(
            b"POST /v1/chat/completions HTTP/1.1\r\nhost: %b\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b"
            % (host.encode(), len(body), body)
        )
        await read_answer(reader)
    writer.close()


async def main(origin, path, at_once):
    place = urlsplit(origin)
    requests = [json.dumps(body).encode() for body in json.load(open(path))][::-1]
    begin = time.perf_counter()
    await asyncio.gather(*(connection(place.hostname, place.port, requests) for _ in range(at_once)))
    print(time.perf_counter() - begin)


asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
