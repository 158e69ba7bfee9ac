import { beforeEach, describe, expect, it, vi } from 'vitest';
import { alibabaGate } from '../../src/alibaba/gate.js';
import type { AnyAlibabaOperation } from '../../src/alibaba/operation/operation.js';
import { ensureConnectRole, CONNECT_ROLE } from '../../src/alibaba/ram/operations.js';
import { alibabaRegistry } from '../../src/alibaba/services.js';
import { simulate, type FaultRule } from '../../src/internal/simulation.js';
import { Holds } from '../../src/simulation/dispatch/gate.js';
import { genericClient, rpc } from './official-clients.js';
import { hosted } from '../hosted.js';

const simulation = simulate({ seed: 7 });
const server = hosted(simulation);
beforeEach(() => simulation.reset());

const identity = { product: 'Sts', version: '2015-04-01', action: 'GetCallerIdentity', region: 'cn-hangzhou' } as const;
const inProcess = simulation.alibaba('cn-hangzhou');

describe('faults with this cloud’s error codes', () => {
  it.each<[FaultRule, object]>([
    [{ kind: 'throttle' }, { code: 'Throttling.User', statusCode: 400 }],
    [{ kind: 'error' }, { code: 'ServiceUnavailable', statusCode: 503 }],
    [
      { kind: 'error', status: 500, code: 'InternalError' },
      { code: 'InternalError', statusCode: 500 },
    ],
    [
      { kind: 'deny' },
      {
        code: 'NoPermission',
        statusCode: 403,
        accessDeniedDetail: expect.objectContaining({ AuthAction: 'sts:GetCallerIdentity' }) as object,
      },
    ],
    [{ kind: 'expired' }, { code: 'InvalidSecurityToken.Expired', statusCode: 400 }],
    [{ kind: 'reset' }, { code: 'ECONNRESET' }],
    [{ kind: 'lost' }, { code: 'ECONNRESET' }],
    [{ kind: 'html' }, { name: 'SyntaxError' }],
    [{ kind: 'truncate' }, { name: 'SyntaxError' }],
  ])('%j is %j, over HTTP and in process', async (rule, error) => {
    simulation.faults.add({ service: 'sts', operation: 'GetCallerIdentity', times: 2, ...rule });
    const client = genericClient(server().url);
    await expect(client.callApi(rpc('GetCallerIdentity', '2015-04-01'), {}, {})).rejects.toMatchObject(error);
    await expect(inProcess.call(identity, {})).rejects.toMatchObject(error);
    await expect(inProcess.call(identity, {})).resolves.toMatchObject({ statusCode: 200 });
    expect(simulation.journal()).toHaveLength(3);
  });

  it('a slow answer takes simulated time in process', async () => {
    const auto = simulate({ clock: 'auto' });
    auto.faults.add({ kind: 'slow', ms: 5000 });
    const start = auto.clock.now();
    await auto.alibaba('cn-hangzhou').call(identity, {});
    expect(auto.clock.now() - start).toBe(5000);
  });
});

it('stale reads: return an older state of the world, at most half a minute old', async () => {
  const sim = simulate({ seed: 3 });
  sim.faults.add({ kind: 'stale', service: 'vpc', operation: 'DescribeVpcs', ms: 30_000 });
  const client = sim.alibaba('cn-hangzhou');
  const vpc = { product: 'Vpc', version: '2016-04-28', region: 'cn-hangzhou' };
  const count = async () => (await client.call({ ...vpc, action: 'DescribeVpcs' }, {})).body['TotalCount'];
  await client.call({ ...vpc, action: 'CreateVpc' }, { CidrBlock: '172.16.0.0/12' });
  await sim.advance(10_000);
  const seen = new Set<unknown>();
  for (let read = 0; read < 20; read += 1) seen.add(await count());
  expect([...seen].sort()).toEqual([0, 1]);
  await sim.advance(30_000);
  for (let read = 0; read < 20; read += 1) expect(await count()).toBe(1);
});

describe('throttling', () => {
  const burst = async (sim: ReturnType<typeof simulate>, calls: number) => {
    const client = sim.alibaba('cn-hangzhou');
    const answers = await Promise.allSettled(Array.from({ length: calls }, () => client.call(identity, {})));
    return answers.filter(({ status }) => status === 'rejected').length;
  };

  it('allows the calls of one second, and allows more a second later', async () => {
    const sim = simulate();
    expect(await burst(sim, 120)).toBe(20);
    await sim.advance(100);
    expect(await burst(sim, 12)).toBe(2);
  });

  it('is lifted by throttle: false', async () => {
    expect(await burst(simulate({ throttle: false }), 300)).toBe(0);
  });
});

describe('a world', () => {
  it('is saved and loaded with this cloud in it', () => {
    const saved = JSON.parse(JSON.stringify(simulation.world())) as { clouds: Record<string, unknown> };
    expect(Object.keys(saved.clouds)).toEqual(['aws', 'alibaba']);
    const other = simulate({ alibabaAccount: '9999000011112222' });
    other.load(saved);
    expect(other.callAlibaba({ ...identity, product: 'Sts' }, {})).toMatchObject({ AccountId: '1111222233334444' });
    expect(() => other.load({ ...saved, clouds: { alibaba: { account: 5 } } })).toThrow(TypeError);
  });

  it('gives the same request IDs for the same seed', async () => {
    const first = await inProcess.call(identity, {});
    simulation.reset();
    expect((await inProcess.call(identity, {})).body['RequestId']).toBe(first.body['RequestId']);
  });
});

describe('writes to one API group', () => {
  const write: AnyAlibabaOperation = {
    product: 'CloudAPI',
    name: 'DeployApi',
    kind: 'write',
    parameters: {},
    run: () => ({}),
  };
  const caller = { arn: 'acs:ram::1:user/a', userId: '1', accessKeyId: 'a' };
  const hold = (input: Record<string, unknown>, operation = write) =>
    alibabaGate.holds({ operation, region: 'cn-hangzhou', caller, input });

  it('run one at a time, and the same write is not accepted twice', () => {
    const holds = new Holds();
    const first = hold({ GroupId: 'g', ApiId: 'a' });
    const other = hold({ GroupId: 'g', ApiId: 'b' });
    const elsewhere = hold({ GroupId: 'h', ApiId: 'a' });
    const release = holds.hold(first);
    expect(holds.hindrance(first)).toMatchObject({ code: 'RepeatedCommit', status: 400 });
    expect(holds.hindrance(other)).toMatchObject({ code: 'ConcurrencyLockTimeout', status: 400 });
    expect(holds.hindrance(elsewhere)).toBeUndefined();
    release?.();
    expect(holds.hindrance(first)).toBeUndefined();
  });

  it('conflict when they arrive in the same turn, in process or over HTTP', async () => {
    const sim = simulate();
    const served = await sim.listen();
    const create = { product: 'CloudAPI', version: '2016-07-14', action: 'CreateApiGroup', region: 'cn-hangzhou' };
    const modify = { ...create, action: 'ModifyApiGroup' };
    const here = sim.alibaba('cn-hangzhou');
    const { body } = await here.call(create, { GroupName: 'orders' });
    const GroupId = String(body['GroupId']);
    const codes = async (calls: Promise<unknown>[]) =>
      (await Promise.allSettled(calls)).map((settled) =>
        settled.status === 'fulfilled' ? 'done' : (settled.reason as { readonly code: string }).code,
      );
    expect(
      await codes([
        here.call(modify, { GroupId, Description: 'a' }),
        here.call(modify, { GroupId, Description: 'a' }),
        here.call(modify, { GroupId, Description: 'b' }),
        here.call(create, { GroupName: 'carts' }),
      ]),
    ).toEqual(['done', 'RepeatedCommit', 'ConcurrencyLockTimeout', 'done']);
    const there = () => {
      const query = { GroupId, Description: 'c' };
      return genericClient(served.url).callApi(rpc('ModifyApiGroup', '2016-07-14'), { query }, {});
    };
    // On a busy machine two connections may be read in two turns.
    await vi.waitFor(async () => expect((await codes([there(), there()])).sort()).toEqual(['RepeatedCommit', 'done']));
    expect(await codes([there()])).toEqual(['done']);
    await served.close();
  });

  it('release the lock when the answer is lost', async () => {
    const sim = simulate();
    const create = { product: 'CloudAPI', version: '2016-07-14', action: 'CreateApiGroup', region: 'cn-hangzhou' };
    const here = sim.alibaba('cn-hangzhou');
    sim.faults.add({ kind: 'lost', operation: 'CreateApiGroup', times: 1 });
    await expect(here.call(create, { GroupName: 'orders' })).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect(here.call(create, { GroupName: 'orders' })).rejects.toMatchObject({ code: 'DuplicateGroupName' });
  });

  it('are the only calls that take the lock', () => {
    expect(hold({ GroupId: 'g' }, { ...write, kind: 'read' })).toEqual([]);
    expect(hold({ GroupId: 'g' }, { ...write, product: 'Ecs' })).toEqual([]);
  });
});

it('the service-linked role of VPC integration instances: exists from the first purchase on', () => {
  const sim = simulate();
  const read = () =>
    sim.callAlibaba({ product: 'Ram', action: 'GetRole', region: 'cn-hangzhou' }, { RoleName: CONNECT_ROLE });
  expect(read).toThrow(expect.objectContaining({ code: 'EntityNotExist.Role' }));
  const created: unknown[] = [];
  const roles = new Map();
  for (const now of [0, 1]) {
    ensureConnectRole({ alibaba: { roles }, account: '1', now, id: (prefix: string) => `${prefix}${now}` } as never);
    created.push(roles.get(CONNECT_ROLE));
  }
  expect(created[0]).toMatchObject({ id: '30', name: CONNECT_ROLE, createdAt: 0 });
  expect(created[1]).toBe(created[0]);
});

describe('actions', () => {
  it('have parameters of kinds that decoding supports: lists declare their items, structures their members', () => {
    const bad: string[] = [];
    const look = (path: string, parameter: { type: string; items?: unknown; members?: unknown }) => {
      if ((parameter.type === 'list') !== (parameter.items !== undefined)) bad.push(path);
      if ((parameter.type === 'structure') !== (parameter.members !== undefined)) bad.push(path);
    };
    for (const { product, name, parameters } of alibabaRegistry.operations) {
      for (const [key, parameter] of Object.entries(parameters)) look(`${product} ${name} ${key}`, parameter);
    }
    expect(bad).toEqual([]);
  });
});
