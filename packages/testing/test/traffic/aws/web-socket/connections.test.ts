import { once } from 'node:events';
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
    const { id } = opened(await connect());
    const path = `/prod/@connections/${encodeURIComponent(id)}`;
    const call = (method: string, body = '') =>
      sim.traffic.call({ host, method, path, body, headers: { authorization } });
    expect(await call('POST', 'hello')).toMatchObject({ status: 200 });
    expect(heard).toEqual(['hello']);
    expect(JSON.parse((await call('GET')).body)).toHaveProperty('connectedAt');
    expect(await call('DELETE')).toMatchObject({ status: 204 });
    expect(closed).toEqual([1001]);
    expect(await call('POST', 'hello')).toMatchObject({
      status: 410,
      headers: { 'x-amzn-errortype': 'GoneException' },
    });
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

  it.each([
    ['an origin of another site', { origin: 'https://evil.example' }],
    ['a foreign host', { host: 'evil.example' }],
  ])('refuses %s', async (_what, headers) => {
    const { sim, host } = await chat();
    const server = await sim.listen();
    const client = new WebSocket(`ws://127.0.0.1:${server.port}/_postern/gateways/${host}/prod`, { headers });
    const [error] = (await once(client, 'error')) as [Error];
    expect(error.message).toContain('403');
    await server.close();
  });
});
