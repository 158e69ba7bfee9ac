import type { RouteRequest } from '@postern/core/internal/adapter';
import { describe, expect, it } from 'vitest';
import { createSession } from '../../src/client/session.js';
import { routes } from '../../src/http-apis/route.js';
import { WEB_SOCKET_PROTOCOL } from '../../src/http-apis/web-socket-protocol.js';
import { OWNER, REGION, refusalOf } from '../world/simulated.js';
import { webSocketWorld } from './web-socket-world.js';

type Settings = RouteRequest['settings'];

describe('a route of a WebSocket API', () => {
  it('has one marked integration with the URI of the listener, and is found by key', async () => {
    const { driver, ctx, request, integrations, v1, nlb, targets, find, observed } = await webSocketWorld();
    const made = await driver.routes.create(request(), ctx);
    expect(integrations()).toMatchObject([
      {
        IntegrationType: 'HTTP_PROXY',
        IntegrationMethod: 'POST',
        ConnectionType: 'VPC_LINK',
        ConnectionId: v1.id,
        IntegrationUri: `http://${nlb.DNSName}/`,
        TimeoutInMillis: 29_000,
        Description: expect.stringMatching(/^postern:shop@shop\/orders #[0-9a-f]{8}$/),
      },
    ]);
    expect(integrations()[0]).not.toHaveProperty('TlsConfig');
    expect(made).toMatchObject({
      linkId: v1.id,
      targetId: targets.plain.id,
      path: 'overwrite',
      settings: { host: nlb.DNSName, timeoutMs: 29_000, authorizer: 'none' },
      owner: { project: 'shop', spec: 'shop', integration: 'orders' },
    });
    const { raw: _, ...found } = (await find())!;
    const { raw: __, ...expected } = made;
    expect(found).toEqual(expected);
    const gateway = await observed();
    expect(gateway).toMatchObject({ kind: 'websocket-api', stages: [{ name: 'prod', autoDeploy: false }] });
    const { raw: ___, ...seen } = gateway!.routes[0]!;
    expect(seen).toEqual(expected);
    expect(gateway?.integrations).toMatchObject([{ linkId: v1.id, targetId: targets.plain.id }]);
  });

  it.each<[string, 'plain' | 'port' | 'tls', RouteRequest['use']['tls'], Settings, (name: string) => string]>([
    ['another port', 'port', undefined, undefined, (name) => `http://${name}:8080/`],
    ['a host', 'plain', undefined, { host: 'chat.internal' }, () => 'http://chat.internal/'],
    ['TLS without a name', 'tls', {}, undefined, (name) => `https://${name}/`],
    ['TLS with a name', 'tls', { serverName: 'chat.internal' }, undefined, () => 'https://chat.internal/'],
    [
      'TLS on port 8080',
      'port',
      { serverName: 'a.internal' },
      { host: 'a.internal' },
      () => 'https://a.internal:8080/',
    ],
  ])('with %s has it in its URI, and reads it back', async (_, at, tls, settings, uri) => {
    const { driver, ctx, request, integrations, nlb, targets, find } = await webSocketWorld();
    const use = { target: targets[at], path: 'overwrite', tls } as const;
    await driver.routes.create(request({ use, settings }), ctx);
    expect(integrations()[0]).toMatchObject({ IntegrationUri: uri(nlb.DNSName) });
    const found = await find();
    expect(found).toMatchObject({ targetId: targets[at].id, settings: settings ?? {} });
    expect(found?.tls).toEqual(tls);
  });

  it('passes on parts of the handshake that it declares itself', async () => {
    const { driver, ctx, request, integrations, routes: live, find } = await webSocketWorld();
    const settings = {
      timeoutMs: 5_000,
      parameters: {
        header: { 'x-token': 'query.token', 'x-connection': 'context.connectionId', 'x-kind': "'chat'" },
        query: { lang: 'header.Accept-Language' },
      },
    };
    const made = await driver.routes.create(request({ key: '$connect', settings }), ctx);
    expect(integrations()[0]).toMatchObject({
      TimeoutInMillis: 5_000,
      RequestParameters: {
        'integration.request.header.x-token': 'route.request.querystring.token',
        'integration.request.header.x-connection': 'context.connectionId',
        'integration.request.header.x-kind': "'chat'",
        'integration.request.querystring.lang': 'route.request.header.Accept-Language',
      },
    });
    expect(live()[0]?.['RequestParameters']).toEqual({
      'route.request.querystring.token': { Required: false },
      'route.request.header.Accept-Language': { Required: false },
    });
    expect((await find('$connect'))?.settings).toMatchObject(settings);
    const more = { ...settings, parameters: { header: { 'x-b': 'header.b' } } };
    await driver.routes.update(made, request({ key: '$connect', settings: more }), ctx);
    expect(Object.keys(live()[0]?.['RequestParameters'])).toContain('route.request.header.b');
    expect((await find('$connect'))?.settings?.parameters).toEqual(more.parameters);
  });

  it.each<[string, Partial<RouteRequest>, Settings, RegExp, RegExp]>([
    ['a header of a message', {}, { parameters: { header: { a: 'header.b' } } }, /header\.b/, /\$connect/],
    [
      'a query of the disconnect',
      { key: '$disconnect' },
      { parameters: { query: { a: 'query.b' } } },
      /query\.b/,
      /context/,
    ],
    ['a variable of a path', { key: '$connect' }, { parameters: { header: { a: 'path.b' } } }, /path\.b/, /context/],
    ['a part of the path', {}, { parameters: { path: { a: "'b'" } } }, /path of the backend/, /parameters\.path/],
    ['30 seconds', {}, { timeoutMs: 30_000 }, /30000 ms/, /29 s/],
  ])('is refused with %s, before anything is created', async (_, more, settings, message, remedy) => {
    const { driver, ctx, request, integrations } = await webSocketWorld();
    const error = await refusalOf(driver.routes.create(request({ ...more, settings }), ctx));
    expect(error.code).toBe('INVALID_INPUT');
    expect(error.message).toMatch(message);
    expect(error.remedy).toMatch(remedy);
    expect(integrations()).toEqual([]);
  });

  it('is refused with a path that is kept, and with two names for one host', async () => {
    const { driver, ctx, request, targets } = await webSocketWorld();
    const kept = request({ use: { target: targets.plain, path: 'keep' } });
    expect((await refusalOf(driver.routes.create(kept, ctx))).remedy).toBe('Remove path.');
    const use = { target: targets.tls, path: 'overwrite', tls: { serverName: 'a.internal' } } as const;
    const two = request({ use, settings: { host: 'b.internal' } });
    expect(await refusalOf(driver.routes.create(two, ctx))).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(/b\.internal.*a\.internal/),
    });
  });

  it('is refused over a V2 link: by core, and by the service', async () => {
    const { driver, ctx, request, link, settle, simulation } = await webSocketWorld();
    const { id } = await link();
    await settle();
    const over = { ...request(), link: { kind: 'vpc-link-v2', id } } as const;
    expect((await refusalOf(driver.routes.create(over, ctx))).code).toBe('UNSUPPORTED');
    const methods = routes(createSession({ clients: simulation.clients(REGION) }, REGION), WEB_SOCKET_PROTOCOL);
    const { gateway, link: _, ...rest } = over;
    const call = { ...rest, gatewayId: gateway.id, linkId: id, linkKind: 'vpc-link-v2' } as const;
    const error = await refusalOf(methods.create(call, ctx));
    expect(error.message).toMatch(/WebSocket APIs support VPC links for REST APIs only/);
  });

  it('shares its integration, moves to another target, and is deleted with what only it used', async () => {
    const { driver, ctx, request, integrations, gateway, targets, find, other } = await webSocketWorld();
    const one = await driver.routes.create(request(), ctx);
    const two = await driver.routes.create(request({ key: '$default' }), ctx);
    expect(two.integrationId).toBe(one.integrationId);
    await driver.routes.update(one, request({ use: { target: targets.port, path: 'overwrite' } }), ctx);
    expect(await find()).toMatchObject({ id: one.id, targetId: targets.port.id });
    const moved = request({ link: other, use: { target: targets.other, path: 'overwrite' } });
    await driver.routes.update(one, moved, ctx);
    expect(await find()).toMatchObject({ linkId: other.id, targetId: targets.other.id });
    expect(integrations()).toHaveLength(2);
    expect((await driver.listing.list?.(gateway, ctx))?.map(({ key, linkId }) => [key, linkId]).toSorted()).toEqual([
      ['$default', two.linkId],
      ['send', other.id],
    ]);
    await driver.routes.delete(gateway, 'send', OWNER, ctx);
    expect(integrations()).toHaveLength(1);
    expect((await refusalOf(driver.routes.delete(gateway, '$default', { ...OWNER, project: 'a' }, ctx))).code).toBe(
      'NOT_OURS',
    );
    await driver.routes.delete(gateway, '$default', OWNER, ctx);
    expect(integrations()).toEqual([]);
  });

  it.each(['CreateIntegration', 'CreateRoute'])('is created once when the answer of %s is lost', async (operation) => {
    const { driver, ctx, request, integrations, routes: live, simulation } = await webSocketWorld();
    simulation.faults.add({ operation, kind: 'lost', times: 1 });
    await driver.routes.create(request(), ctx);
    expect(integrations()).toHaveLength(1);
    expect(live()).toHaveLength(1);
  });

  it('leaves an integration to the sweep where it could not be created', async () => {
    const { driver, ctx, request, integrations, simulation, gateway } = await webSocketWorld();
    simulation.faults.add({ operation: 'CreateRoute', kind: 'deny', times: 1 });
    await refusalOf(driver.routes.create(request(), ctx));
    expect(integrations()).toHaveLength(1);
    await driver.sweeping.sweep(gateway, 'somebody', ctx);
    expect(integrations()).toHaveLength(1);
    await driver.sweeping.sweep(gateway, OWNER.project, ctx, OWNER.spec);
    expect(integrations()).toEqual([]);
  });

  it('is deployed to a stage with the mark of the project, once', async () => {
    const { driver, ctx, request, gateway, observed } = await webSocketWorld();
    await driver.routes.create(request(), ctx);
    const mark = 'postern:shop@shop/0123abcd';
    const { deploymentId } = await driver.stages.deploy(gateway, 'prod', mark, ctx);
    expect((await observed({ project: 'shop', spec: 'shop' }))?.stages).toMatchObject([
      { deploymentId, deployed: mark },
    ]);
    expect(await driver.stages.deploy(gateway, 'prod', mark, ctx)).toEqual({ deploymentId });
  });
});

describe('a WebSocket API whose stages name the link', () => {
  async function staged(
    values: readonly (readonly [stage: string, variables: (v1: string, other: string) => object])[],
  ) {
    const cloud = await webSocketWorld();
    const { api, v1, other, nlb } = cloud;
    api('DeleteStage', { StageName: 'prod' });
    for (const [StageName, variables] of values)
      api('CreateStage', { StageName, StageVariables: variables(v1.id, other.id) });
    const { IntegrationId } = api('CreateIntegration', {
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      ConnectionType: 'VPC_LINK',
      ConnectionId: '${stageVariables.link}',
      IntegrationUri: `http://${nlb.DNSName}/`,
    });
    api('CreateRoute', { RouteKey: 'send', Target: `integrations/${IntegrationId}` });
    return cloud;
  }

  it('has the link that all stages with the variable give', async () => {
    const { observed, find, v1, targets } = await staged([
      ['prod', (link) => ({ link })],
      ['blue', (link) => ({ link, colour: 'blue' })],
      ['bare', () => ({})],
    ]);
    const gateway = await observed();
    const lead = { linkId: v1.id, targetId: targets.plain.id, variables: ['link'] };
    expect(gateway?.routes).toMatchObject([lead]);
    expect(await find()).toMatchObject(lead);
    expect(gateway?.stages.find(({ name }) => name === 'blue')?.variables).toEqual({ link: v1.id, colour: 'blue' });
  });

  it('has no one link where they differ, and uses both', async () => {
    const { observed, v1, other } = await staged([
      ['prod', (link) => ({ link })],
      ['blue', (_, link) => ({ link })],
    ]);
    const gateway = await observed();
    expect(gateway?.routes[0]?.linkId).toBeUndefined();
    expect(gateway?.routes[0]?.variables).toEqual(['link']);
    expect(gateway?.integrations?.map(({ linkId }) => linkId).toSorted()).toEqual([v1.id, other.id].toSorted());
  });
});
