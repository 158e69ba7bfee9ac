import { createServer, request as send } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** A proxy on loopback that counts what it is asked for, and leads all of it to one server. */
export interface LoopbackProxy {
  readonly url: string;
  /** `CONNECT host:443`, `GET http://host/path`: each request, without what follows the path. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * @param to the server that everything is led to, as `http://127.0.0.1:4010`
 * @param refuse the status that it answers CONNECT with in place of a tunnel
 */
export async function loopbackProxy(to: string, refuse?: number): Promise<LoopbackProxy> {
  const asked: string[] = [];
  const { hostname, port } = new URL(to);
  const open = new Set<Socket>();
  const server = createServer((request, response) => {
    const { url = '', method, headers } = request;
    asked.push(`${method} ${url.replace(/\?.*$/, '')}`);
    const { pathname, search } = new URL(url, 'http://not.absolute');
    const inner = {
      hostname,
      port,
      method,
      path: pathname + search,
      headers: { ...headers, host: `${hostname}:${port}` },
    };
    request.pipe(
      send(inner, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      }),
    );
  });
  server.on('connect', ({ url }, socket: Socket) => {
    asked.push(`CONNECT ${url}`);
    open.add(socket);
    socket.on('error', () => undefined);
    if (refuse !== undefined) {
      socket.end(`HTTP/1.1 ${refuse} No\r\n\r\n`);
      return;
    }
    const inner = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      inner.pipe(socket).pipe(inner);
    });
    open.add(inner);
    inner.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const NAMES = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].flatMap((name) => [name, name.toUpperCase()]);

/** Sets variables of proxies, and no others, until the returned function is called. */
export function proxyEnvironment(given: Readonly<Record<string, string>>): () => void {
  const before = NAMES.map((name) => [name, process.env[name]] as const);
  for (const name of NAMES) delete process.env[name];
  Object.assign(process.env, given);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}
