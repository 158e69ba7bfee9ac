import { memoryJournal } from '@postern/core/internal/library';
import type { CallGateway } from '@postern/core/internal/probe';
import { describe, expect, it } from 'vitest';
import { aws } from '../../src/index.js';
import { httpShop, type HttpRun, type HttpShopOptions } from '../world/http-shop.js';
import { killedClients } from '../world/killed-clients.js';
import { runs, sample } from '../../../core/test/runs.js';
import { REGION } from '../world/simulated.js';

/** A shop whose route carries calls through its first link. */
async function servedShop(options: HttpShopOptions = {}, ...paths: readonly string[]) {
  const shop = await httpShop(options);
  expect((await shop.run(0, shop.open)).errors).toEqual([]);
  await shop.simulation.advance(60_000);
  return { ...shop, before: shop.links(), end: shop.load(...(paths.length === 0 ? ['/orders'] : paths)) };
}

const isTemporary = (key: string): boolean => key.includes('postern-probe');

describe('a link of an HTTP API that is replaced', () => {
  it('is tested by a temporary route, and then by each route that moved: no call is lost', async () => {
    const { run, open, end, links, keys, linksOfRoutes, integrations, before, simulation } = await servedShop();
    const from = simulation.journal().length;
    const { errors, told, done } = await run(1, open);
    expect(await end()).toMatchObject({ lost: 0, firstLost: null, done: true });
    expect([errors, done]).toMatchObject([[], { failed: 0, skipped: 0 }]);
    expect(told).toEqual([
      expect.stringMatching(/^test through link \w+: connected: the backend answered with status 200$/),
      expect.stringMatching(/^call through link \w+: connected: the backend answered with status 200$/),
    ]);
    expect(keys()).toEqual(['GET /orders']);
    expect(linksOfRoutes()).toEqual(links());
    expect(links()).not.toEqual(before);
    expect(integrations()).toBe(1);
    const routes = simulation
      .journal()
      .slice(from)
      .flatMap(({ operation }) => (/^(?:Create|Update|Delete)Route$/.test(operation) ? [operation] : []));
    expect(routes).toEqual(['CreateRoute', 'DeleteRoute', 'UpdateRoute']);
  });

  it('stays where the new link does not reach the backend: no route moves', async () => {
    const { run, closed, open, end, links, keys, linksOfRoutes, before } = await servedShop();
    const { errors, told, done } = await run(1, closed);
    expect(errors).toMatchObject([{ code: 'PROBE_FAILED', remedy: expect.stringContaining('--no-probe') }]);
    expect(told).toEqual([
      expect.stringMatching(/^test through link \w+: failed: the gateway did not reach the backend, or not in time$/),
    ]);
    expect(done).toMatchObject({ applied: 1, failed: 1, skipped: 1 });
    expect(keys()).toEqual(['GET /orders']);
    expect(linksOfRoutes()).toEqual(before);
    expect(links()).toHaveLength(2);
    expect((await run(0, open)).errors).toEqual([]);
    expect(links()).toEqual(before);
    expect(await end()).toMatchObject({ lost: 0, firstLost: null });
  });

  it.each(
    sample(
      [
        ['$default', '/anything'],
        ['ANY /{proxy+}', '/orders/1'],
      ],
      2,
    ),
  )('stays, too, where %s answers in place of a route that the gateway does not know yet', async (key, path) => {
    const { run, closed, end, linksOfRoutes, before } = await servedShop({ routes: `{ '${key}': t }` }, path);
    expect((await run(1, closed)).errors).toMatchObject([{ code: 'PROBE_FAILED' }]);
    expect(linksOfRoutes()).toEqual(before);
    expect(await end()).toMatchObject({ lost: 0, firstLost: null });
  });

  it('is replaced without a test on request, and without a way to call gateways', async () => {
    for (const [options, reported] of [
      [{ probe: false }, []],
      [
        { callGateway: undefined },
        [expect.stringMatching(/^not tested through link \w+: the run was given no way to call gateways$/)],
      ],
    ] as const satisfies readonly (readonly [HttpRun, readonly unknown[]])[]) {
      const { run, closed, linksOfRoutes, before } = await servedShop();
      const { errors, told } = await run(1, closed, options);
      expect([errors, told]).toEqual([[], reported]);
      expect(linksOfRoutes()).not.toEqual(before);
    }
  });

  it('is not tested where no stage deploys by itself', async () => {
    const { run, closed, keys, simulation } = await servedShop({ autoDeploy: false });
    const from = simulation.journal().length;
    const { errors, told } = await run(1, closed);
    expect(errors).toEqual([]);
    expect(told).toEqual([
      expect.stringMatching(/^not tested through link \w+: no stage of \w+ deploys by itself$/),
      expect.stringMatching(/^not called through link \w+: no stage of \w+ deploys by itself$/),
    ]);
    expect(
      simulation
        .journal()
        .slice(from)
        .map(({ operation }) => operation),
    ).not.toContain('CreateRoute');
    expect(keys()).toEqual(['GET /orders']);
  });

  it('is not tested where callers of its routes must be authorized', async () => {
    const routes = `{ 'GET /orders': { target: t, authorizer: iam } }`;
    const { run, closed, simulation } = await servedShop({ routes });
    const from = simulation.journal().length;
    const { errors, told } = await run(1, closed);
    expect(errors).toEqual([]);
    expect(told).toEqual([
      expect.stringMatching(/^not tested through link \w+: its callers must be authorized$/),
      expect.stringMatching(/^not called through link \w+: its callers must be authorized$/),
    ]);
    expect(
      simulation
        .journal()
        .slice(from)
        .map(({ operation }) => operation),
    ).not.toContain('CreateRoute');
  });

  it('is tested once for all routes of a target, by one that callers reach without authorization', async () => {
    const routes = `{ 'GET /a': { target: t, authorizer: iam }, 'POST /b': t, 'ANY /c/{id}': t }`;
    const { run, open, end } = await servedShop({ routes }, '/c/1');
    const { errors, told } = await run(1, open);
    expect(errors).toEqual([]);
    expect(told).toEqual([
      expect.stringMatching(/^test through link \w+: connected: /),
      expect.stringMatching(/^not called through link \w+: its callers must be authorized$/),
      expect.stringMatching(/^not called through link \w+: a POST request may change something$/),
      expect.stringMatching(/^call through link \w+: connected: /),
    ]);
    expect(await end()).toMatchObject({ lost: 0, firstLost: null });
  });

  it('leaves a route that stays on its link untested', async () => {
    const { run, open, simulation } = await servedShop();
    const from = simulation.journal().length;
    const { told } = await run(0, open);
    expect(told).toEqual([]);
    expect(
      simulation
        .journal()
        .slice(from)
        .filter(({ operation }) => /^(?:Create|Update)/.test(operation)),
    ).toEqual([]);
  });
});

describe('a route of an HTTP API that moved and does not work', () => {
  const routes = `{ 'GET /a': t, 'GET /b': t, 'GET /c': t }`;
  /** The gateway answers calls of one route by itself, also through the new link. */
  const failing =
    (path: string, { callGateway }: { readonly callGateway: CallGateway }): CallGateway =>
    async (call, signal) =>
      new URL(call.url).pathname === path
        ? { status: 503, headers: {}, latencyMs: 1, body: '{"message":"Service Unavailable"}' }
        : callGateway(call, signal);

  it('is written back; the routes after it and the old link stay', async () => {
    const shop = await servedShop({ routes }, '/a', '/b', '/c');
    const { run, open, end, links, linksOfRoutes, before } = shop;
    const { errors, done } = await run(1, open, { callGateway: failing('/b', shop) });
    expect(errors).toMatchObject([{ code: 'PROBE_FAILED', message: expect.stringContaining('GET /b') }]);
    // The new link and GET /a; GET /c and the deletion of the old link are skipped.
    expect(done).toMatchObject({ applied: 2, failed: 1, skipped: 2 });
    const [first, second, third] = linksOfRoutes();
    expect([second, third]).toEqual([before[0], before[0]]);
    expect(first).not.toBe(before[0]);
    expect(links()).toHaveLength(2);
    expect((await run(1, open)).errors).toEqual([]);
    expect(links()).toEqual([first]);
    expect(linksOfRoutes()).toEqual([first, first, first]);
    expect(await end()).toMatchObject({ lost: 0, firstLost: null });
  });

  it('is not left on a stage that others deployed by hand in the meantime', async () => {
    const shop = await servedShop({ routes });
    const { run, open, call, ApiId, before, simulation } = shop;
    call('apigatewayv2', 'CreateStage', { ApiId, StageName: 'manual' });
    const others = (): unknown => call('apigatewayv2', 'CreateDeployment', { ApiId, StageName: 'manual' });
    others();
    const failingB = failing('/b', shop);
    let deployments = 0;
    const callGateway: CallGateway = (asked, signal) => {
      if (asked.url.endsWith('/b')) deployments += others() === undefined ? 0 : 1;
      return failingB(asked, signal);
    };
    expect((await run(1, open, { callGateway })).errors).toMatchObject([{ code: 'PROBE_FAILED' }]);
    expect(deployments).toBeGreaterThan(0);
    await simulation.advance(10_000);
    const exported = call('apigatewayv2', 'ExportApi', {
      ApiId,
      StageName: 'manual',
      Specification: 'OAS30',
      OutputType: 'JSON',
    });
    const { paths } = JSON.parse(Buffer.from(exported.body).toString()) as any;
    expect(paths['/b'].get['x-amazon-apigateway-integration'].connectionId).toBe(before[0]);
  });
});

describe('a test of a link while the cloud has a fault', () => {
  it.each(
    sample(
      [
        ['the answer to a creation is lost', { operation: 'CreateRoute', kind: 'lost', times: 1 }],
        [
          'the answer to the creation of its integration is lost',
          { operation: 'CreateIntegration', kind: 'lost', times: 1 },
        ],
        ['the answer to its deletion is lost', { operation: 'DeleteRoute', kind: 'lost', times: 1 }],
      ] as const,
      2,
    ),
  )('leaves no route where %s', async (_, fault) => {
    const { run, open, end, keys, links, linksOfRoutes, simulation } = await servedShop();
    const from = simulation.journal().length;
    simulation.faults.add(fault);
    const { errors, told } = await run(1, open);
    expect(errors).toEqual([]);
    expect(told[0]).toMatch(/^test through link \w+: connected/);
    expect(keys()).toEqual(['GET /orders']);
    expect(linksOfRoutes()).toEqual(links());
    const created = simulation
      .journal()
      .slice(from)
      .filter(({ operation, status }) => operation === 'CreateRoute' && status < 300);
    expect(created).toHaveLength(1);
    expect(await end()).toMatchObject({ lost: 0, firstLost: null });
  });

  it('leaves no route where lists are 20 s old', async () => {
    const { run, open, end, keys, simulation } = await servedShop();
    simulation.faults.add({ operation: 'GetRoutes', kind: 'stale', ms: 20_000, leastMs: 20_000 });
    const { told } = await run(1, open);
    expect(told[0]).toMatch(/^test through link \w+: connected/);
    expect(keys()).toEqual(['GET /orders']);
    expect(await end()).toMatchObject({ lost: 0, firstLost: null });
  });

  it('moves routes untested where the route cannot be created', async () => {
    const { run, open, end, keys, links, linksOfRoutes, integrations, simulation } = await servedShop();
    simulation.faults.add({ operation: 'CreateRoute', kind: 'deny', times: 1 });
    const { errors, told } = await run(1, open);
    expect(errors).toEqual([]);
    expect(told[0]).toMatch(/^the test through link \w+ could not be made: /);
    expect(told[1]).toMatch(/^call through link \w+: connected: /);
    expect([keys(), linksOfRoutes(), integrations()]).toEqual([['GET /orders'], links(), 1]);
    expect(await end()).toMatchObject({ lost: 0, firstLost: null });
  });

  it('reports a route that cannot be deleted, which the next plan deletes', async () => {
    const { run, open, keys, simulation } = await servedShop();
    simulation.faults.add({ operation: 'DeleteRoute', kind: 'deny', times: 1 });
    const { errors, told } = await run(1, open);
    expect(errors).toEqual([]);
    expect(told[0]).toMatch(/^the next plan deletes the route of the test, which could not be deleted: /);
    expect(keys().filter(isTemporary)).toHaveLength(1);
    expect((await run(1, open)).errors).toEqual([]);
    expect(keys()).toEqual(['GET /orders']);
  });
});

describe('a test of a link that does not come to its end', () => {
  it('deletes its route after an abort', async () => {
    const shop = await servedShop();
    const { run, open, end, keys, links, linksOfRoutes, before, contextOf } = shop;
    const stop = new AbortController();
    const callGateway: CallGateway = (call, signal) => {
      stop.abort();
      return shop.callGateway(call, signal);
    };
    const journal = memoryJournal();
    const running = run(1, open, { callGateway, journal, context: contextOf(stop.signal) });
    await expect(running).rejects.toMatchObject({ code: 'ABORTED' });
    expect(keys()).toEqual(['GET /orders']);
    expect(linksOfRoutes()).toEqual(before);
    expect(links()).toHaveLength(2);
    const last = (await journal.read()).filter(({ step }) => step?.endsWith(': delete')).map(({ type }) => type);
    expect(last).toEqual(['before', 'before', 'after']); // the second one with what it is about to change
    expect((await run(1, open)).errors).toEqual([]);
    expect(await end()).toMatchObject({ lost: 0, firstLost: null });
  });

  it.each(['before', 'after'] as const)(
    'is killed %s each write: no route is left, and no call is lost',
    async (when) => {
      let kills = 0;
      for (let at = 1; at <= runs(6, Infinity); at += runs(5, 1)) {
        const { simulation, run, open, end, keys, links, linksOfRoutes, planOf } = await servedShop();
        const by = aws({ region: REGION, clients: killedClients(simulation.clients(REGION), at, when) });
        const journal = memoryJournal(); // of both runs: it says how long the second one waits for calls in flight
        const killed = await run(1, open, { by, journal }).then(
          ({ errors }) => errors.length > 0,
          () => true,
        );
        if (!killed) break;
        kills += 1;
        const left = keys().filter(isTemporary);
        const plan = await planOf(1);
        const deletions = plan.units.flatMap(({ steps }) =>
          steps.filter(({ kind, resource }) => kind === 'delete' && isTemporary(resource.name)),
        );
        expect(deletions, `write ${at}`).toHaveLength(left.length);
        expect(plan.deletions?.resources ?? [], `write ${at}`).toEqual([]);
        expect((await run(1, open, { journal, maxDeletes: 0 })).errors, `write ${at}`).toEqual([]);
        // Killed after DeleteVpcLink, the link is being deleted, and the second run has nothing to wait for.
        await simulation.advance(600_000);
        expect(keys(), `write ${at}`).toEqual(['GET /orders']);
        expect(linksOfRoutes(), `write ${at}`).toEqual(links());
        expect((await planOf(1)).units, `write ${at}`).toEqual([]);
        expect(await end(), `write ${at}`).toMatchObject({ lost: 0, firstLost: null });
      }
      expect(kills).toBeGreaterThan(runs(1, 5));
    },
  );

  it.each(['before', 'after'] as const)(
    'is killed %s each write, its journal is lost, and its spec has no identity: the test of the link is deleted',
    async (when) => {
      let left = 0;
      for (let at = 1; at <= runs(6, Infinity); at += 1) {
        const { simulation, run, open, end, keys, links, linksOfRoutes, planOf } = await servedShop({
          hasIdentity: false,
        });
        const by = aws({ region: REGION, clients: killedClients(simulation.clients(REGION), at, when) });
        const isKilled = await run(1, open, { by, journal: memoryJournal() }).then(
          ({ errors }) => errors.length > 0,
          () => true,
        );
        if (!isKilled) break;
        left += keys().filter(isTemporary).length;
        expect((await run(1, open, { journal: memoryJournal(), maxDeletes: 0 })).errors, `write ${at}`).toEqual([]);
        await simulation.advance(60_000);
        expect((await run(1, open, { journal: memoryJournal() })).errors, `write ${at}`).toEqual([]);
        expect(keys(), `write ${at}`).toEqual(['GET /orders']);
        expect(new Set(linksOfRoutes()), `write ${at}`).toEqual(new Set(links().slice(-1)));
        expect((await planOf(1)).units, `write ${at}`).toEqual([]);
        expect(await end(), `write ${at}`).toMatchObject({ lost: 0, firstLost: null });
      }
      expect(left).toBeGreaterThan(0);
    },
  );
});
