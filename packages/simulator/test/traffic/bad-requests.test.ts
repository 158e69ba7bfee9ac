import { createServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sendRaw, statusOf } from '../simulation/raw-http.js';
import { openShop } from './aws/http-api/shop.js';

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An API on a port of this machine. Its backend is the server at `url`. */
async function served(url: string) {
  const world = await openShop('ANY /{proxy+}', { TimeoutInMillis: 1_000 });
  world.sim.backends.add({ address: world.server, port: 8080, url });
  const server = await world.sim.listen();
  onTestFinished(() => server.close());
  /** Sends a request; `HOST` is the name of the API. */
  const send = (request: string, end = false) => sendRaw(server.port, request.replaceAll('HOST', world.host), { end });
  return { ...world, url: server.url, send };
}

/** The same with a server that lists what it is asked. */
async function listed() {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen.push(`${request.method} ${request.url} ${body}`.trim());
      response.end('own');
    });
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { seen, ...(await served(await listening(server))) };
}

const CLOSE = 'Host: HOST\r\nConnection: close\r\n';
/** A second request, in what another reader takes for the body of the first. */
const SMUGGLED = 'GET /smuggled HTTP/1.1\r\nHost: HOST\r\n\r\n';

describe('a request to a gateway', () => {
  it.each([
    [
      'in chunks',
      `POST /a HTTP/1.1\r\n${CLOSE}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`,
      'POST /a hello',
    ],
    ['with a body that its method seldom has', `GET /a HTTP/1.1\r\n${CLOSE}Content-Length: 3\r\n\r\nabc`, 'GET /a abc'],
    ['whose target is a URL of the host', `GET http://HOST/a?b=c HTTP/1.1\r\n${CLOSE}\r\n`, 'GET /a?b=c'],
    ['with an encoded line break in its path', `GET /a%0d%0aX:1 HTTP/1.1\r\n${CLOSE}\r\n`, 'GET /a%0d%0aX:1'],
    ['that climbs', `GET /../../_postern/health HTTP/1.1\r\n${CLOSE}\r\n`, 'GET /../../_postern/health'],
  ])('%s reaches the backend as one', async (_what, request, wanted) => {
    const { send, seen } = await listed();
    const answer = await send(request);
    expect(statusOf(answer)).toBe(200);
    expect(answer).toContain('x-postern-outcome: delivered');
    expect(seen).toEqual([wanted]);
  });

  it.each([
    [
      'Content-Length and Transfer-Encoding',
      `POST /a HTTP/1.1\r\nHost: HOST\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
    ],
    ['two lengths', `POST /a HTTP/1.1\r\nHost: HOST\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd${SMUGGLED}`],
    [
      'another coding after chunked',
      `POST /a HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${SMUGGLED}`,
    ],
    ['a space before a colon', `POST /a HTTP/1.1\r\nHost: HOST\r\nContent-Length : 4\r\n\r\nabcd${SMUGGLED}`],
    ['a folded header', `GET /a HTTP/1.1\r\nHost: HOST\r\nX-A: b\r\n  folded: c\r\nConnection: close\r\n\r\n`],
    ['a NUL in a header', 'GET /a HTTP/1.1\r\nHost: HOST\r\nX: a\u0000b\r\n\r\n'],
    ['two hosts', `GET /a HTTP/1.1\r\nHost: evil.example\r\n${CLOSE}\r\n`],
    ['two hosts, the other way round', `GET /a HTTP/1.1\r\n${CLOSE}Host: evil.example\r\n\r\n`],
    ['a URL of another host', `GET http://evil.example/a HTTP/1.1\r\n${CLOSE}\r\n`],
    ['a URL of a control path', `GET http://127.0.0.1:1/_postern/health HTTP/1.1\r\n${CLOSE}\r\n`],
    ['no path', `OPTIONS * HTTP/1.1\r\n${CLOSE}\r\n`],
    ['a length below 0', 'POST /a HTTP/1.1\r\nHost: HOST\r\nContent-Length: -1\r\n\r\nabc'],
    ['a length with a sign', 'POST /a HTTP/1.1\r\nHost: HOST\r\nContent-Length: +3\r\n\r\nabc'],
    ['a length that no body has', 'POST /a HTTP/1.1\r\nHost: HOST\r\nContent-Length: 99999999999\r\n\r\nabc'],
    [
      'a chunk of 2^68 bytes',
      'POST /a HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nabc',
    ],
    [
      'a chunk without a size',
      'POST /a HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n',
    ],
    ['less body than it says', 'POST /a HTTP/1.1\r\nHost: HOST\r\nContent-Length: 30\r\n\r\nabc'],
  ])('with %s is refused, and the backend is not called', async (_what, request) => {
    const { send, seen, sim } = await listed();
    const status = statusOf(await send(request, true));
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(seen).toEqual([]);
    expect(sim.traffic.counters()).toMatchObject({ calls: 0 });
  });

  it('whose body grows over the limit without a declared length is refused, and the backend is not called', async () => {
    const { send, seen } = await listed();
    const chunk = `100000\r\n${'a'.repeat(0x10_0000)}\r\n`;
    const answer = await send(
      `POST /a HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(35)}0\r\n\r\n`,
    );
    expect([0, 413]).toContain(statusOf(answer)); // the connection may break while the rest is still being sent
    expect(seen).toEqual([]);
  });
});

describe('a server of the user’s own', () => {
  /** It answers every request with these bytes, and keeps the connection. */
  async function saying(answers: (socket: Socket, asked: number) => void) {
    let asked = 0;
    const sockets = new Set<Socket>();
    const server = createTcpServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', () => {
        asked += 1;
        answers(socket, asked);
      });
    });
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const world = await served(await listening(server));
    const get = async () => {
      const answer = await fetch(`${world.url}/_postern/gateways/${world.host}/a`);
      return [answer.status, answer.headers.get('x-postern-outcome'), await answer.text()] as const;
    };
    return { get };
  }
  const UNAVAILABLE = '{"message":"Service Unavailable"}';
  const FORGED = 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged';

  it('that never answers is given up after the timeout', async () => {
    const { get } = await saying(() => undefined);
    expect(await get()).toEqual([503, 'timeout', UNAVAILABLE]);
  });

  it.each([
    ['less than it says', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort'],
    ['a chunk less than it says', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nshort'],
    ['no HTTP', 'hello\r\n\r\n'],
    ['nothing', ''],
  ])('that sends %s and ends breaks the connection', async (_what, bytes) => {
    const { get } = await saying((socket) => socket.end(bytes));
    const [status, outcome] = await get();
    // the load balancer in front of the server answers
    expect([status, outcome]).toEqual([502, 'reset']);
  });

  it.each([
    ['at once', 0],
    ['later', 50],
  ])('that sends more than it says, %s, does not answer the next call with it', async (_what, delayMs) => {
    const { get } = await saying((socket, asked) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n');
      const more = () => socket.write(FORGED);
      if (delayMs === 0) socket.write(`own${asked}${FORGED}`);
      else {
        socket.write(`own${asked}`);
        setTimeout(more, delayMs);
      }
    });
    const bodies: string[] = [];
    for (let call = 0; call < 5; call += 1) {
      bodies.push((await get())[2]);
      await new Promise((resolve) => setTimeout(resolve, delayMs * 2));
    }
    expect(bodies.join(' ')).not.toContain('forged');
    expect(bodies).toContainEqual(expect.stringMatching(/^own\d$/));
  });
});
