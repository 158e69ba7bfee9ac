import type { TestCallDriver } from '../../../src/do/abilities.js';
import { describe, expect, it } from 'vitest';
import { check } from '../../../src/check/checks/run.js';
import { createContext, driversOf } from '../../../src/do/context.js';
import type { Driver } from '../../../src/do/driver.js';
import { CloudError, PosternError } from '../../../src/ground/errors.js';
import type { CallGateway, GatewayAnswer } from '../../../src/do/probe/call-gateway.js';
import type { ProbeOptions } from '../../../src/do/probe/probe-options.js';
import { probeRoutes } from '../../../src/do/probe/probe-routes.js';
import type { ProbeResult } from '../../../src/do/probe/probe-result.js';
import { runProbe, type RunProbe } from '../../../src/do/probe/run-probe.js';
import { markOf, restWorld } from '../../check/checks/rest-world.js';
import { awsWorld, type World } from '../../check/checks/world.js';
import { edit } from '../../check/checks/edits.js';
import { CLOUDS } from '../../clouds.js';

const answer = (status: number, body = '', headers = {}): GatewayAnswer => ({ status, headers, latencyMs: 12.4, body });
const UNAVAILABLE = answer(503, '{"message":"Service Unavailable"}');
const noDrivers = driversOf();

type How = Partial<RunProbe> & { readonly options?: ProbeOptions };

function probe(world: World, callGateway: CallGateway, how: How = {}): Promise<readonly ProbeResult[]> {
  const { snapshot, spec } = world;
  const { options, ...more } = how;
  const report = check(snapshot, spec, { clouds: CLOUDS, passes: false, live: true });
  const given = { spec, report, drivers: noDrivers, context: createContext(), callGateway, ...more };
  return runProbe(probeRoutes(snapshot, spec, { clouds: CLOUDS, ...options }), { clouds: CLOUDS, ...given });
}

const healthless = edit({
  'targetGroups.arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/orders/73e2d6bc24d8a067.targets.*.health':
    'unhealthy',
});

describe('what a call of a route shows', () => {
  it('works where the backend answered, whatever its status is', async () => {
    for (const status of [200, 301, 404, 500, 503]) {
      expect(await probe(awsWorld(), () => Promise.resolve(answer(status, 'own')))).toEqual([
        {
          integration: 'orders',
          route: 'ANY /orders',
          gateway: { kind: 'http-api', id: 'api-1' },
          stage: '$default',
          via: 'gateway',
          method: 'GET',
          url: 'https://api-1.execute-api.eu-west-1.amazonaws.com/orders',
          status,
          latencyMs: 12,
          verdict: 'works',
        },
      ]);
    }
  });

  it('is no proof where the answer may come from a cache, and still shows a failure', async () => {
    const calls = [{ key: 'GET /orders', ttlSeconds: 60 }];
    const world = restWorld(edit({ 'gateways.api-1.stages.0.cache': { size: 0.5, calls } }));
    expect(await probe(world, () => Promise.resolve(answer(200)))).toMatchObject([
      {
        verdict: 'unknown',
        status: 200,
        because: expect.stringContaining('cache of stage prod'),
        remedy: expect.stringContaining('--via test-call'),
      },
    ]);
    const failed = answer(504, '', { 'x-amzn-errortype': 'InternalServerErrorException' });
    expect(await probe(world, () => Promise.resolve(failed))).toMatchObject([{ verdict: 'failed', status: 504 }]);
  });

  it('fails with the finding of check that explains it', async () => {
    const world = awsWorld(edit({ 'securityGroups.sg-link.rules': [] }));
    const [result] = await probe(world, () => Promise.resolve(UNAVAILABLE));
    expect(result).toMatchObject({
      verdict: 'failed',
      status: 503,
      because: 'the gateway did not reach the backend, or not in time',
      finding: { check: 'path/security-group', verdict: 'fail', subject: expect.stringContaining('target orders') },
    });
    expect(result?.remedy).toBe(result?.finding?.remedy);
  });

  it('fails without a finding where none explains it, and names the command that explains the path', async () => {
    const [result] = await probe(awsWorld(), () => Promise.resolve(UNAVAILABLE));
    expect(result).toMatchObject({
      verdict: 'failed',
      remedy: expect.stringContaining("No finding explains it. Run `postern explain orders 'ANY /orders'`"),
    });
    expect(result?.finding).toBeUndefined();
  });

  it('names what is wrong with the route first where the gateway does not serve it', async () => {
    const world = restWorld((one) => {
      healthless(one);
      Object.assign(one.the('gateways', 'api-1').routes[0] ?? {}, { open: true });
      Object.assign(one.the('gateways', 'api-1').stages[0] ?? {}, {
        deployed: markOf(one, { linkId: 'old' }),
        served: { routes: [] },
      });
    });
    const missing = answer(403, '', { 'x-amzn-errortype': 'MissingAuthenticationTokenException' });
    const failed = answer(504, '', { 'x-amzn-errortype': 'InternalServerErrorException' });
    expect(await probe(world, () => Promise.resolve(missing))).toMatchObject([
      { finding: { check: 'gateway/live-route' } },
    ]);
    expect(await probe(world, () => Promise.resolve(failed))).toMatchObject([
      { finding: { check: 'path/load-balancer' } },
    ]);
  });

  it('fails without a call where the route is declared and not applied', async () => {
    const world = awsWorld(edit({ 'gateways.api-1.routes': [] }));
    expect(await probe(world, () => Promise.reject(new Error('called')))).toEqual([
      {
        integration: 'orders',
        route: 'ANY /orders',
        gateway: { kind: 'http-api', id: 'api-1' },
        verdict: 'failed',
        because: 'gateway api-1 has no route ANY /orders',
        remedy: 'Run `postern apply`: it creates the route.',
      },
    ]);
  });

  it('is refused where the gateway refuses the caller, with what to pass', async () => {
    const refused = answer(401, '{"message":"Unauthorized"}');
    const [result] = await probe(awsWorld(healthless), () => Promise.resolve(refused));
    expect(result).toMatchObject({ verdict: 'refused', remedy: expect.stringContaining('--header') });
    expect(result?.finding).toBeUndefined();
  });

  it('an unsigned call of a guarded REST method is refused, not a missing method', async () => {
    const missing = answer(403, '', { 'x-amzn-errortype': 'MissingAuthenticationTokenException' });
    const guarded = restWorld();
    const open = restWorld(edit({ 'gateways.api-1.routes.0.open': true }));
    expect(await probe(guarded, () => Promise.resolve(missing))).toMatchObject([{ verdict: 'refused' }]);
    expect(await probe(open, () => Promise.resolve(missing))).toMatchObject([{ verdict: 'failed' }]);
  });

  it('fails where no answer came in time, and decides nothing where the network did not reach the gateway', async () => {
    const failing = (code: 'WAIT_TIMEOUT' | 'ENDPOINT_UNREACHABLE') => () =>
      Promise.reject(new CloudError(code, 'no', { operation: 'CallGateway' }));
    expect(await probe(awsWorld(healthless), failing('WAIT_TIMEOUT'))).toMatchObject([
      { verdict: 'failed', error: { code: 'WAIT_TIMEOUT' }, finding: { check: 'path/load-balancer' } },
    ]);
    const [result] = await probe(awsWorld(healthless), failing('ENDPOINT_UNREACHABLE'));
    expect(result).toMatchObject({ verdict: 'unknown', error: { code: 'ENDPOINT_UNREACHABLE' } });
    expect(result?.finding).toBeUndefined();
  });

  it('a gateway that does not exist fails without a call', async () => {
    const world = awsWorld(({ region }) => {
      region.gateways = [];
      region.whole = [...(region.whole ?? []), 'gateways'];
    });
    const never = (): never => {
      throw new Error('called');
    };
    expect(await probe(world, never)).toMatchObject([{ verdict: 'failed', finding: { check: 'gateway/exists' } }]);
  });

  it('a gateway that could not be read is undecided, with the code of the gap', async () => {
    const world = awsWorld(({ withhold, region }) => {
      withhold('gateways', 'apigateway:GET', 'api-1');
      region.gateways = [];
    });
    const never = (): never => {
      throw new Error('called');
    };
    expect(await probe(world, never)).toMatchObject([
      { verdict: 'unknown', error: { code: 'PERMISSION_DENIED' }, remedy: expect.stringContaining('apigateway:GET') },
    ]);
  });

  it('shows neither headers nor query strings', async () => {
    const options = { headers: { authorization: 'secret' }, paths: { 'ANY /orders': '/orders?key=secret' } };
    const sent: unknown[] = [];
    const results = await probe(
      awsWorld(),
      (call) => {
        sent.push(call);
        return Promise.resolve(UNAVAILABLE);
      },
      { options },
    );
    expect(JSON.stringify(sent)).toContain('secret');
    expect(JSON.stringify(results)).not.toContain('secret');
  });
});

describe('calls of many routes', () => {
  const many = (count: number): World =>
    awsWorld(({ integration, the }) => {
      const keys = Array.from({ length: count }, (_, at) => `GET /r${at}`);
      integration.routes = Object.fromEntries(keys.map((key) => [key, 'orders']));
      const api = the('gateways', 'api-1');
      api.routes = keys.flatMap((key) => api.routes.slice(0, 1).map((route) => ({ ...route, id: key, key })));
    });

  it('run a few at once, and their results are in the order of the spec', async () => {
    let [running, most] = [0, 0];
    const seen: number[] = [];
    const results = await probe(
      many(20),
      async ({ url }) => {
        running += 1;
        most = Math.max(most, running);
        // Odd routes answer later than even ones.
        for (let turns = url.endsWith('1') ? 5 : 1; turns > 0; turns -= 1) await Promise.resolve();
        running -= 1;
        return answer(200);
      },
      { maxParallel: 3, onResult: (_, done) => void seen.push(done) },
    );
    expect(most).toBe(3);
    expect(results.map(({ route }) => route)).toEqual(Array.from({ length: 20 }, (_, at) => `GET /r${at}`));
    expect(seen).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  });

  it('end when they are aborted: nothing more is called', async () => {
    const ending = new AbortController();
    let calls = 0;
    const running = probe(
      many(20),
      () => {
        calls += 1;
        ending.abort();
        return Promise.reject(new PosternError('ABORTED', 'aborted'));
      },
      { maxParallel: 1, context: createContext({ signal: ending.signal }) },
    );
    await expect(running).rejects.toMatchObject({ code: 'ABORTED' });
    expect(calls).toBe(1);
  });
});

describe('the cloud’s own test call', () => {
  const options = { via: 'test-call' } as const;
  const never: CallGateway = () => Promise.reject(new Error('the public address was called'));
  const testing = (world: World, testCall?: TestCallDriver['testCall']) => {
    const driver = { provider: 'aws', region: 'eu-west-1', testCalls: testCall && { testCall } } as unknown as Driver;
    return probe(world, never, { options, drivers: driversOf(driver) });
  };
  const because = 'Execution failed due to an vpc link error';

  it('shows what the cloud says, with the finding that explains a failure', async () => {
    expect(
      await testing(restWorld(), () => Promise.resolve({ outcome: 'connected', status: 404, because: '' })),
    ).toMatchObject([{ verdict: 'works', via: 'test-call', status: 404 }]);
    expect(await testing(restWorld(healthless), () => Promise.resolve({ outcome: 'failed', because }))).toMatchObject([
      { verdict: 'failed', because, finding: { check: 'path/load-balancer' } },
    ]);
    expect(await testing(restWorld(), () => Promise.resolve({ outcome: 'unknown', because }))).toMatchObject([
      { verdict: 'unknown', because },
    ]);
  });

  it('that is not allowed, or that the adapter has not, decides nothing', async () => {
    const denied = new CloudError('PERMISSION_DENIED', 'no', { operation: 'TestInvokeMethod' });
    expect(await testing(restWorld(healthless), () => Promise.reject(denied))).toMatchObject([
      { verdict: 'unknown', error: { code: 'PERMISSION_DENIED' } },
    ]);
    expect(await testing(restWorld(), undefined)).toMatchObject([
      { verdict: 'unknown', error: { code: 'UNSUPPORTED' } },
    ]);
  });
});
