import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { SERVER } from '../../../aws/connects/world.js';
import { chat, opened } from './scene.js';

const echoOf = (text: string | undefined) => JSON.parse(text ?? '{}') as Record<string, any>;

describe('a connection to a WebSocket API', () => {
  it('asks the backend of $connect, and is open when that agrees', async () => {
    const { connect, sim, linkId } = await chat();
    const connection = opened(await connect('/prod', { 'X-Tenant': 'north' }));
    expect(connection.id).toMatch(/=$/);
    expect(sim.traffic.counters()).toMatchObject({
      calls: 1,
      delivered: 1,
      by: [{ route: '$connect', stage: 'prod', link: linkId, target: `${SERVER}:80`, status: 200 }],
    });
  });

  it('is refused where the backend of $connect refuses', async () => {
    const { connect, sim } = await chat();
    sim.backends.add({ address: SERVER, port: 80, behavior: { status: 403 } });
    expect(await connect()).toMatchObject({ status: 403 });
  });

  it('is refused where the backend breaks the connection', async () => {
    const { connect, sim } = await chat();
    sim.backends.add({ address: SERVER, port: 80, behavior: { reset: true } });
    expect(await connect()).toMatchObject({ status: 500, outcome: 'reset' });
  });

  it('is refused at an unknown stage', async () => {
    const { connect } = await chat();
    expect(await connect('/test')).toMatchObject({ status: 403, outcome: 'no-stage', body: '{"message":"Forbidden"}' });
  });

  it('needs no route $connect', async () => {
    const { connect } = await chat(['join']);
    opened(await connect());
  });

  it('sends back what the backend of a route with a response answers, with the mapped parts', async () => {
    const { connect, heard } = await chat();
    const connection = opened(await connect('/prod', { 'X-Tenant': 'north' }));
    await connection.send('{"action":"join","order":{"id":7}}');
    expect(heard).toHaveLength(1);
    expect(echoOf(heard[0])).toMatchObject({
      method: 'POST',
      path: '/join',
      query: 'order=7',
      headers: { connectionid: connection.id, event: 'MESSAGE' },
    });
    // Headers of the request that opened the connection are for $connect alone.
    expect(echoOf(heard[0])['headers']).not.toHaveProperty('tenant');
  });

  it('sends nothing back for a route without a response', async () => {
    const { connect, heard, sim } = await chat();
    const connection = opened(await connect());
    await connection.send('{"action":"leave"}');
    expect(heard).toEqual([]);
    expect(sim.traffic.counters().by).toContainEqual(expect.objectContaining({ route: '$default', calls: 1 }));
  });

  it('gets an error where no route matches, and where the backend is not reached', async () => {
    const { connect, heard, sim } = await chat(['join']);
    const connection = opened(await connect());
    await connection.send('no JSON');
    expect(heard[0]).toMatch(/^\{"message": "Forbidden", "connectionId":".+=", "requestId":".+="\}$/);
    sim.backends.add({ address: SERVER, port: 80, behavior: { reset: true } });
    await connection.send('{"action":"join"}');
    expect(echoOf(heard[1])).toMatchObject({ message: 'Internal server error', connectionId: connection.id });
  });

  it('answers messages in their order', async () => {
    const { connect, heard, sim } = await chat();
    const connection = opened(await connect());
    sim.backends.add({ address: SERVER, port: 80, behavior: { delayMs: 5000, body: 'slow' } });
    const slow = connection.send('{"action":"join"}');
    sim.backends.add({ address: SERVER, port: 80, behavior: { body: 'fast' } });
    const fast = connection.send('{"action":"join"}');
    await sim.advance(5000);
    await Promise.all([slow, fast]);
    expect(heard).toEqual(['slow', 'fast']);
  });

  it('calls $disconnect when it closes', async () => {
    const { connect, sim } = await chat();
    opened(await connect()).close();
    await sim.advance(0);
    expect(sim.traffic.counters().by).toContainEqual(expect.objectContaining({ route: '$disconnect', calls: 1 }));
  });

  it('is closed after ten idle minutes, and not while it is used', async () => {
    const { connect, closed, sim } = await chat();
    const connection = opened(await connect());
    await sim.advance(9 * 60_000);
    await connection.send('{"action":"leave"}');
    await sim.advance(9 * 60_000);
    expect(closed).toEqual([]);
    await sim.advance(60_000);
    expect(closed).toEqual([1001]);
  });

  it('is closed after two hours', async () => {
    const { connect, closed, sim } = await chat();
    const connection = opened(await connect());
    for (let minutes = 0; minutes < 115; minutes += 5) {
      await sim.advance(5 * 60_000);
      await connection.send('{"action":"leave"}');
    }
    expect(closed).toEqual([]);
    await sim.advance(5 * 60_000);
    expect(closed).toEqual([1001]);
  });

  it('survives a deployment, and uses it', async () => {
    const { connect, sim, api, ApiId, heard } = await chat(['join']);
    const connection = opened(await connect());
    api('CreateRoute', { ApiId, RouteKey: 'leave', Target: api('GetRoutes', { ApiId }).Items[0].Target });
    const { DeploymentId } = api('CreateDeployment', { ApiId });
    api('UpdateStage', { ApiId, StageName: 'prod', DeploymentId });
    await connection.send('{"action":"leave"}');
    expect(heard[0]).toContain('Forbidden');
    await sim.advance(60_000);
    await connection.send('{"action":"leave"}');
    expect(heard).toHaveLength(1);
  });
});

describe('@connections', () => {
  const authorization = 'AWS4-HMAC-SHA256 Credential=AKIAX/20260601/eu-west-1/execute-api/aws4_request';

  it('sends to a connection, asks about it and closes it', async () => {
    const { connect, heard, closed, sim, host } = await chat();
    const { id } = opened(await connect('/prod', { 'User-Agent': 'chat/1.0' }));
    const path = `/prod/@connections/${encodeURIComponent(id)}`;
    const call = (method: string, body = '') =>
      sim.traffic.call({ host, method, path, body, headers: { authorization } });
    expect(await call('POST', 'hello')).toMatchObject({ status: 200 });
    expect(heard).toEqual(['hello']);
    expect(JSON.parse((await call('GET')).body)).toEqual({
      connectedAt: expect.stringMatching(/^2026-/),
      identity: { sourceIp: '203.0.113.10', userAgent: 'chat/1.0' },
      lastActiveAt: expect.stringMatching(/^2026-/),
    });
    expect(await call('DELETE')).toMatchObject({ status: 204 });
    expect(closed).toEqual([1001]);
    expect(await call('POST', 'hello')).toMatchObject({
      status: 410,
      headers: { 'x-amzn-errortype': 'GoneException' },
    });
  });

  // The service's model: PayloadTooLargeException has status 413.
  it.each([
    [131_072, 200, undefined],
    [131_073, 413, 'PayloadTooLargeException'],
  ])('takes a message of %i bytes: %i', async (bytes, status, type) => {
    const { connect, heard, sim, host } = await chat();
    const { id } = opened(await connect());
    const path = `/prod/@connections/${encodeURIComponent(id)}`;
    const answer = await sim.traffic.call({
      host,
      method: 'POST',
      path,
      body: 'a'.repeat(bytes),
      headers: { authorization },
    });
    expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([status, type]);
    expect(heard).toHaveLength(status === 200 ? 1 : 0);
  });

  it('needs a signature', async () => {
    const { sim, host } = await chat();
    const answer = await sim.traffic.call({ host, method: 'POST', path: '/prod/@connections/abc' });
    expect(answer).toMatchObject({ status: 403, outcome: 'unauthorized' });
  });
});

describe('over the wire', () => {
  it('a WebSocket client connects, sends, hears and is refused', async () => {
    const { sim, host } = await chat();
    const server = await sim.listen();
    const at = (stage: string) => `ws://127.0.0.1:${server.port}/_postern/gateways/${host}/${stage}`;
    const client = new WebSocket(at('prod'));
    await once(client, 'open');
    client.send('{"action":"join"}');
    const [data] = (await once(client, 'message')) as [Buffer];
    expect(echoOf(data.toString())).toMatchObject({ path: '/join' });
    client.close();
    await once(client, 'close');
    const refused = new WebSocket(at('test'));
    const [error] = (await once(refused, 'error')) as [Error];
    expect(error.message).toContain('403');
    const byName = new WebSocket(`ws://127.0.0.1:${server.port}/prod`, { headers: { host } });
    await once(byName, 'open');
    byName.terminate();
    await server.close();
  });

  it('refuses a foreign host', async () => {
    const { sim, host } = await chat();
    const server = await sim.listen();
    const headers = { host: 'evil.example' };
    const client = new WebSocket(`ws://127.0.0.1:${server.port}/_postern/gateways/${host}/prod`, { headers });
    const [error] = (await once(client, 'error')) as [Error];
    expect(error.message).toContain('403');
    await server.close();
  });

  // Frames have at most 32 KB, messages 128 KB:
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
  it.each([
    ['one frame of 32 KB', [32_768], true],
    ['one frame of a byte more', [32_769], false],
    ['one frame of 40,000 bytes, a frame later', [10, 40_000], false],
    ['four frames of 30,000 bytes', [30_000, 30_000, 30_000, 30_000], true],
    ['five frames of 30,000 bytes', [30_000, 30_000, 30_000, 30_000, 30_000], false],
  ])('%s', async (_what, frames, isTaken) => {
    const { sim, host } = await chat();
    const server = await sim.listen();
    const client = new WebSocket(`ws://127.0.0.1:${server.port}/_postern/gateways/${host}/prod`);
    await once(client, 'open');
    const closed = once(client, 'close');
    const start = '{"action":"join","text":"';
    frames.forEach((bytes, index) => {
      const text = index === 0 ? start.padEnd(bytes, 'a').slice(0, bytes) : 'a'.repeat(bytes);
      const isLast = index === frames.length - 1;
      const end = isLast && index > 0 ? `${text.slice(2)}"}` : text;
      client.send(isLast && index === 0 ? `${text.slice(0, -2)}"}` : end, { fin: isLast });
    });
    if (isTaken) {
      const [data] = (await once(client, 'message')) as [Buffer];
      expect(echoOf(data.toString())).toMatchObject({ path: '/join' });
      client.close();
      await closed;
    } else expect((await closed)[0]).toBe(1009);
    await server.close();
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-connect-route-subprotocol.html
  it.each([
    ['the one that the integration of $connect answers', 'chat.v2', 'chat.v2'],
    ['none, where it answers none', undefined, ''],
  ])('the connection has the subprotocol: %s', async (_what, answered, protocol) => {
    const { sim, host } = await chat();
    const backend = createServer((_, response) =>
      response.writeHead(200, answered === undefined ? {} : { 'Sec-WebSocket-Protocol': answered }).end(),
    );
    await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
    const { port } = backend.address() as AddressInfo;
    sim.backends.add({ address: SERVER, port: 80, url: `http://127.0.0.1:${port}` });
    const server = await sim.listen();
    const url = `ws://127.0.0.1:${server.port}/_postern/gateways/${host}/prod`;
    const client = new WebSocket(url, ['chat.v1', 'chat.v2']);
    const ended = await once(client, 'open').then(() => 'open', String);
    // Clients end a handshake that does not answer the subprotocols they asked for.
    if (answered === undefined) expect(ended).toContain('Server sent no subprotocol');
    else expect([ended, client.protocol]).toEqual(['open', protocol]);
    client.terminate();
    await server.close();
    backend.close();
  });
});
