import { afterEach, describe, expect, it } from 'vitest';
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import { EC2 } from '@aws-sdk/client-ec2';
import { simulate, type FaultRule, type Simulation, type SimulationServer } from '../../src/internal/simulation.js';

const REGION = 'eu-west-1';
const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' };
let server: SimulationServer | undefined;
afterEach(() => server?.close());

const createApi = (sim: Simulation, Name = 'a') =>
  sim.clients(REGION).apiGatewayV2.createApi({ Name, ProtocolType: 'HTTP' });
const settled = async (promise: Promise<unknown>) => {
  const [result] = await Promise.allSettled([promise]);
  return result.status === 'fulfilled' ? 'done' : (result.reason as Error).name;
};

describe('throttling', () => {
  it('allows ten calls of API Gateway per second, and bursts of forty', async () => {
    const sim = simulate();
    const { apiGatewayV2 } = sim.clients(REGION);
    const burst = await Promise.all(Array.from({ length: 41 }, () => settled(apiGatewayV2.getApis({}))));
    expect(burst.filter((name) => name === 'done')).toHaveLength(40);
    expect(burst.at(-1)).toBe('TooManyRequestsException');
    await sim.advance(1000);
    const second = await Promise.all(Array.from({ length: 11 }, () => settled(apiGatewayV2.getApis({}))));
    expect(second.filter((name) => name === 'done')).toHaveLength(10);
  });

  it('counts each region separately', async () => {
    const sim = simulate();
    await Promise.all(Array.from({ length: 40 }, () => sim.clients(REGION).apiGatewayV2.getApis({})));
    expect(await settled(sim.clients('us-east-1').apiGatewayV2.getApis({}))).toBe('done');
  });

  it('has the buckets and error codes of EC2', async () => {
    const sim = simulate();
    const { ec2 } = sim.clients(REGION);
    const unfiltered = await Promise.all(
      Array.from({ length: 51 }, () => ec2.describeSecurityGroups({}).catch((e: unknown) => e)),
    );
    expect(unfiltered.at(-1)).toMatchObject({ name: 'RequestLimitExceeded', $metadata: { httpStatusCode: 503 } });
    expect(await settled(ec2.describeSecurityGroups({ MaxResults: 5 }))).toBe('RequestLimitExceeded'); // one bucket for both
    expect(await settled(ec2.describeSubnets({}))).toBe('done');
  });

  it('starts again after a reset', async () => {
    const sim = simulate();
    const { apiGatewayV2 } = sim.clients(REGION);
    await Promise.all(Array.from({ length: 40 }, () => apiGatewayV2.getApis({})));
    sim.reset();
    expect(await settled(apiGatewayV2.getApis({}))).toBe('done');
  });

  it('can be switched off', async () => {
    const sim = simulate({ throttle: false });
    const { apiGatewayV2 } = sim.clients(REGION);
    const all = await Promise.all(Array.from({ length: 100 }, () => settled(apiGatewayV2.getApis({}))));
    expect(new Set(all)).toEqual(new Set(['done']));
  });
});

describe('concurrent writes to one API', () => {
  it('collide in process when concurrent, and never in sequence', async () => {
    const sim = simulate({ throttle: false });
    const { apiGatewayV2 } = sim.clients(REGION);
    const { ApiId } = await createApi(sim);
    const route = (RouteKey: string) => apiGatewayV2.createRoute({ ApiId, RouteKey });
    const both = await Promise.allSettled([route('GET /a'), route('GET /b')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: {
        name: 'ConflictException',
        message: 'Unable to complete operation due to concurrent modification. Please try again later.',
        $metadata: { httpStatusCode: 409 },
      },
    });
    for (let index = 0; index < 20; index += 1) await route(`GET /c${index}`);
  });

  it('collide over HTTP', async () => {
    const sim = simulate({ throttle: false });
    server = await sim.listen();
    const client = new ApiGatewayV2({ region: REGION, endpoint: server.url, credentials, maxAttempts: 1 });
    const [a, b] = [
      await client.createApi({ Name: 'a', ProtocolType: 'HTTP' }),
      await client.createApi({ Name: 'b', ProtocolType: 'HTTP' }),
    ];
    const write = (ApiId: string | undefined, RouteKey: string) => settled(client.createRoute({ ApiId, RouteKey }));
    for (let index = 0; index < 10; index += 1) expect(await write(a.ApiId, `GET /${index}`)).toBe('done');
    const many = await Promise.all(Array.from({ length: 10 }, (_, index) => write(a.ApiId, `PUT /${index}`)));
    expect(many).toContain('ConflictException');
    expect(many).toContain('done');
    expect(await Promise.all([write(a.ApiId, 'GET /x'), write(b.ApiId, 'GET /x')])).toEqual(['done', 'done']);
  });
});

describe('faults', () => {
  const faulty = async (rule: FaultRule) => {
    const sim = simulate({ throttle: false });
    sim.faults.add(rule);
    server = await sim.listen();
    const options = { region: REGION, endpoint: server.url, credentials, maxAttempts: 1 };
    return { sim, gateway: new ApiGatewayV2(options), ec2: new EC2(options) };
  };
  const caught = (promise: Promise<unknown>) =>
    promise.catch((error: unknown) => error as Error & { $metadata?: unknown });

  it.each([
    ['throttle', 'TooManyRequestsException', 429, 'RequestLimitExceeded', 503],
    ['error', 'InternalFailure', 500, 'InternalError', 500],
    ['deny', 'AccessDeniedException', 403, 'UnauthorizedOperation', 403],
    ['expired', 'ExpiredTokenException', 403, 'RequestExpired', 400],
  ] as const)('%s: %s %i, and for EC2 %s %i', async (kind, name, status, ec2Name, ec2Status) => {
    const { sim, gateway, ec2 } = await faulty({ kind });
    const inProcess = sim.clients(REGION);
    for (const client of [gateway, inProcess.apiGatewayV2]) {
      expect(await caught(client.getApis({}))).toMatchObject({ name, $metadata: { httpStatusCode: status } });
    }
    for (const client of [ec2, inProcess.ec2]) {
      expect(await caught(client.describeVpcs({}))).toMatchObject({
        name: ec2Name,
        $metadata: { httpStatusCode: ec2Status },
      });
    }
    expect(sim.journal().map((call) => call.status)).toEqual([status, status, ec2Status, ec2Status]);
  });

  it('a reset breaks the connection before the call takes effect', async () => {
    const { sim, gateway } = await faulty({ kind: 'reset', operation: 'CreateApi' });
    expect(await caught(gateway.createApi({ Name: 'a', ProtocolType: 'HTTP' }))).toMatchObject({ code: 'ECONNRESET' });
    expect(await caught(createApi(sim))).toMatchObject({ code: 'ECONNRESET' });
    expect((await gateway.getApis({})).Items).toEqual([]);
  });

  it('a lost answer belongs to a call that took effect', async () => {
    const { sim, gateway } = await faulty({ kind: 'lost', operation: 'CreateApi' });
    expect(await caught(gateway.createApi({ Name: 'a', ProtocolType: 'HTTP' }))).toMatchObject({ code: 'ECONNRESET' });
    expect(await caught(createApi(sim))).toMatchObject({ code: 'ECONNRESET' });
    expect((await gateway.getApis({})).Items).toHaveLength(2);
  });

  it('a lost answer does not lock its API permanently', async () => {
    const { sim, gateway } = await faulty({ kind: 'lost', operation: 'CreateRoute' });
    const { ApiId } = await createApi(sim);
    const inProcess = sim.clients(REGION).apiGatewayV2;
    for (const [index, client] of [gateway, inProcess, gateway, inProcess].entries()) {
      const lost = client.createRoute({ ApiId, RouteKey: `GET /${index}` });
      expect(await caught(lost)).toMatchObject({ code: 'ECONNRESET' });
    }
    expect((await gateway.getRoutes({ ApiId })).Items).toHaveLength(4);
  });

  it.each(['html', 'truncate'] as const)('%s: the SDK cannot read it', async (kind) => {
    const { sim, gateway } = await faulty({ kind });
    expect(await caught(gateway.getApis({}))).toBeInstanceOf(SyntaxError);
    expect(await caught(sim.clients(REGION).apiGatewayV2.getApis({}))).toBeInstanceOf(SyntaxError);
  });

  it('slow delays the answer: in real time over HTTP, in simulated time in process', async () => {
    const { sim, gateway } = await faulty({ kind: 'slow', ms: 30 });
    const start = performance.now();
    await gateway.getApis({});
    expect(performance.now() - start).toBeGreaterThan(25);
    let answered = false;
    const call = sim
      .clients(REGION)
      .apiGatewayV2.getApis({})
      .then(() => (answered = true));
    await new Promise(setImmediate);
    expect(answered).toBe(false);
    await sim.advance(30);
    await call;
  });

  it('apply after a number of calls, a number of times, and at random from the seed', async () => {
    const sim = simulate({ throttle: false });
    sim.faults.add({ kind: 'error', service: 'apigatewayv2', after: 1, times: 2 });
    const { apiGatewayV2, sts } = sim.clients(REGION);
    const seen: string[] = [];
    for (let index = 0; index < 5; index += 1) seen.push(await settled(apiGatewayV2.getApis({})));
    expect(seen).toEqual(['done', 'InternalFailure', 'InternalFailure', 'done', 'done']);
    expect(await settled(sts.getCallerIdentity({}))).toBe('done');
    const chances = async (seed: number) => {
      const other = simulate({ seed, throttle: false });
      other.faults.add({ kind: 'error', probability: 0.5 });
      const results: string[] = [];
      for (let index = 0; index < 30; index += 1)
        results.push(await settled(other.clients(REGION).sts.getCallerIdentity({})));
      return results;
    };
    expect(await chances(1)).toEqual(await chances(1));
    expect(await chances(1)).not.toEqual(await chances(2));
    expect(new Set(await chances(1)).size).toBe(2);
  });

  it('may have their own status and code', async () => {
    const sim = simulate();
    sim.faults.add({ kind: 'error', status: 503, code: 'ServiceUnavailable' });
    expect(await caught(sim.clients(REGION).sts.getCallerIdentity({}))).toMatchObject({
      name: 'ServiceUnavailable',
      $metadata: { httpStatusCode: 503 },
    });
  });

  it.each([
    [
      'ConflictException',
      409,
      undefined,
      'Unable to complete operation due to concurrent modification. Please try again later.',
    ],
    ['TooManyRequestsException', 429, undefined, 'Too Many Requests'],
    ['Odd', 418, undefined, 'We encountered an internal error. Please try again.'],
    ['Odd', 418, 'none of your words', 'none of your words'],
  ])('with the code %s %i and the message %s say %s', async (code, status, given, message) => {
    const { gateway } = await faulty({ kind: 'error', status, code, message: given });
    expect(await caught(gateway.createApi({ Name: 'a', ProtocolType: 'HTTP' }))).toMatchObject({
      name: code,
      message,
      $metadata: { httpStatusCode: status },
    });
  });

  it('stale reads return a state of at most thirty simulated seconds ago', async () => {
    const sim = simulate({ throttle: false });
    sim.faults.add({ kind: 'stale' });
    const { apiGatewayV2 } = sim.clients(REGION);
    const count = async () => (await apiGatewayV2.getApis({})).Items?.length;
    await sim.advance(60_000);
    await createApi(sim, 'a');
    await sim.advance(10_000);
    const seen = new Set<number | undefined>();
    for (let index = 0; index < 50; index += 1) seen.add(await count());
    expect(seen).toEqual(new Set([0, 1])); // ten of thirty seconds: both are seen
    await sim.advance(30_000);
    expect(await count()).toBe(1);
  });

  it('stale reads with a fixed delay show a change only after that delay', async () => {
    const sim = simulate({ throttle: false });
    sim.faults.add({ kind: 'stale', ms: 20_000, leastMs: 20_000 });
    const { apiGatewayV2 } = sim.clients(REGION);
    const count = async () => (await apiGatewayV2.getApis({})).Items?.length;
    await sim.advance(60_000);
    await createApi(sim, 'a');
    await sim.advance(19_999);
    expect(await count()).toBe(0);
    await sim.advance(1);
    expect(await count()).toBe(1);
  });
});

it.each([
  ['ec2', 'AuthFailure', 401],
  ['sts', 'SignatureDoesNotMatch', 403],
] as const)('a region that does not exist: is refused by %s as %s %i', async (service, name, status) => {
  const clients = simulate().clients('xx-nowhere-9');
  const call = service === 'ec2' ? clients.ec2.describeVpcs({}) : clients.sts.getCallerIdentity({});
  await expect(call).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } });
});

it('dry runs: change nothing and report it', async () => {
  const sim = simulate();
  const { ec2 } = sim.clients(REGION);
  await expect(ec2.createVpc({ CidrBlock: '10.0.0.0/16', DryRun: true })).rejects.toMatchObject({
    name: 'DryRunOperation',
    $metadata: { httpStatusCode: 412 },
  });
});

it('a loaded world: is called by a user of its own account', () => {
  const sim = simulate();
  sim.load(simulate({ account: '999900001111' }).world());
  expect(sim.call({ service: 'sts', operation: 'GetCallerIdentity', region: REGION }, {})).toMatchObject({
    Account: '999900001111',
    Arn: 'arn:aws:iam::999900001111:user/postern',
  });
});
