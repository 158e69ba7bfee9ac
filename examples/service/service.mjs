// A service that stays: other programs ask it over HTTP for private integrations, and give them back.
//   REGION=eu-west-1 API_ID=… PORT=8080 node examples/service/service.mjs
//
//   PUT    /integrations/orders  {"subnetIds": […], "listenerArn": "…", "route": "ANY /orders/{proxy+}"}
//   GET    /integrations/orders  the link, the addresses that it calls from, and its routes
//   DELETE /integrations/orders  the routes, and then the link
//   GET    /health
//
// SIGTERM: it takes no new requests, lets those under way end for GRACE seconds, and then stops them where nothing is half done.
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { aws } from '@postern/aws';
import { isPosternError, PrivateIntegrations, simulatorAt } from '@postern/core';
import { fileJournal } from '@postern/core/node';

/** The status of an answer by the code of an error. All others are the cloud's: 502. */
const STATUS = {
  INVALID_INPUT: 400,
  NOT_FOUND: 404,
  NOT_OURS: 409,
  ALREADY_EXISTS: 409,
  STILL_REFERENCED: 409,
  THROTTLED: 503,
  ABORTED: 503,
};
const MOST_BYTES = 64 * 1024;

/**
 * A server of integrations on one API: `gate` is its session with the cloud, for all requests. `stop(graceMs)` ends it: requests that
 * are under way after that time are aborted.
 */
export function integrationServer(gate, api) {
  const stopping = new AbortController();
  const running = new Map();
  let accepts = true;

  /** Requests for one name follow each other, whoever sends them. */
  function inTurn(name, work) {
    const before = running.get(name) ?? Promise.resolve();
    const done = before.catch(() => undefined).then(work);
    const turn = done.finally(() => running.get(name) === turn && running.delete(name));
    running.set(name, turn);
    return turn;
  }

  const signal = stopping.signal;
  const methods = {
    async PUT(name, { subnetIds, listenerArn, route }) {
      const link = await gate.ensureLink({ name, subnets: subnetIds }, { signal });
      const target = await gate.ensureTarget(link, { name, listenerArn }, { signal });
      await gate.ensureRoute(api, route, target, { signal });
      return shown(link);
    },
    async GET(name) {
      const link = await gate.getLink({ name }, { signal });
      return link && shown(link);
    },
    async DELETE(name) {
      const link = await gate.getLink({ name }, { signal });
      if (link === undefined) return {};
      const keys = new Set((await gate.usesOf(link, { signal })).flatMap(({ routeKeys }) => routeKeys));
      for (const key of keys) await gate.deleteRoute(api, key, { signal });
      await gate.deleteLink(link, { signal });
      return {};
    },
  };

  async function shown(link) {
    const [egress, uses] = await Promise.all([gate.egress(link, { signal }), gate.usesOf(link, { signal })]);
    const { prefixes, addresses } = egress;
    return { link: link.id, state: link.state, prefixes, addresses, routes: uses.flatMap((use) => use.routeKeys) };
  }

  async function answer(request) {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (pathname === '/health') return [accepts ? 200 : 503, { accepts, running: running.size }];
    const [, name] = /^\/integrations\/([a-z][a-z0-9-]{0,62})$/.exec(pathname) ?? [];
    const method = methods[request.method];
    if (name === undefined || method === undefined) return [404, { message: `${request.method} ${pathname}` }];
    try {
      const body = request.method === 'PUT' ? await readJson(request) : {};
      // Asked last: a body may arrive after the stop began.
      if (!accepts) return [503, { code: 'STOPPING', message: 'The service stops. Send the request again later.' }];
      const result = await inTurn(name, () => method(name, body));
      return result === undefined ? [404, { message: `no integration ${name}` }] : [200, result];
    } catch (error) {
      if (error instanceof SyntaxError) return [400, { code: 'INVALID_INPUT', message: error.message }];
      if (!isPosternError(error)) throw error;
      return [STATUS[error.code] ?? 502, { code: error.code, message: error.message, remedy: error.remedy }];
    }
  }

  const server = createServer((request, response) => {
    const send = ([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/json', connection: accepts ? 'keep-alive' : 'close' });
      response.end(`${JSON.stringify(body)}\n`);
    };
    answer(request).then(send, (error) => {
      console.error(error);
      send([500, { code: 'INTERNAL', message: 'See the log of the service.' }]);
    });
  });

  return {
    server,
    async stop(graceMs = 0) {
      accepts = false;
      const timer = setTimeout(() => stopping.abort(), graceMs);
      await Promise.allSettled(running.values());
      clearTimeout(timer);
      server.close();
      server.closeIdleConnections();
    },
  };
}

async function readJson(request) {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > MOST_BYTES) throw new SyntaxError(`the body has more than ${MOST_BYTES} bytes`);
  }
  const value = JSON.parse(text);
  if (value === null || typeof value !== 'object') throw new SyntaxError('the body is no object');
  return value;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const {
    REGION: region,
    API_ID: api = '',
    PORT = '8080',
    GRACE = '120',
    JOURNAL = 'integrations.journal',
  } = process.env;
  // What `postern simulate` prints leads it to the simulated clouds.
  const at = process.env.POSTERN_SIMULATOR;
  const driver = aws({ region, simulator: at === undefined ? undefined : await simulatorAt(at) });
  // The journal makes a next start continue what a killed process had begun: nothing is created twice.
  const gate = new PrivateIntegrations(driver, { project: 'shop', spec: 'service', journal: fileJournal(JOURNAL) });
  const { server, stop } = integrationServer(gate, api);
  server.listen(Number(PORT), '127.0.0.1', () => console.log(`listens on http://127.0.0.1:${server.address().port}`));
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.once(signal, () => {
      console.log(`${signal}: stops when the requests under way have ended`);
      void stop(Number(GRACE) * 1000);
    });
  }
}
