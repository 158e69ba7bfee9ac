import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../../src/check/checks/run.js';
import { explain } from '../../../src/check/checks/explain.js';
import { createContext, driversOf } from '../../../src/do/context.js';
import { isPosternError, type PosternError } from '../../../src/ground/errors.js';
import { observePlan, observeSpec } from '../../../src/do/observe/observe-spec.js';
import { apply } from '../../../src/do/apply/apply.js';
import { planDestroy } from '../../../src/do/plan/destroy.js';
import { diff } from '../../../src/do/plan/diff.js';
import { planForget } from '../../../src/do/plan/forget.js';
import { PrivateIntegrations } from '../../../src/do/private-integrations.js';
import { judgePlan, judge } from '../../../src/check/judge/judge-plan.js';
import { probeRoutes } from '../../../src/do/probe/probe-routes.js';
import { FakeCloud } from '../../fake-cloud.js';
import { smallSpec } from '../../fake-run.js';
import { runs } from '../../runs.js';
import { Moves } from '../../../src/moves/moves.js';
import { CLOUDS } from '../../clouds.js';

const cloud = new FakeCloud();
const driver = cloud.driver();
const gate = new PrivateIntegrations(driver, { judge, project: 'shop', clock: cloud.clock });
const moves = new Moves(gate);
const spec = smallSpec();
const snapshot = { version: 1, takenAt: '2026-06-01T00:00:00Z', regions: [] };
const plan = { version: 1, goal: 'apply', project: 'shop', units: [] };
const context = createContext({ clock: cloud.clock });
const drivers = driversOf(driver);
const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/a/50dc6c495c0c9188/f2f7dc8efc522ab2';
const target = { id: 't', name: 'orders', linkId: 'vl-1', ref: { listener: arn } };
const link = { name: 'orders', subnets: ['subnet-1'] };
const listener = { name: 'orders', listenerArn: arn };
const route = { gateway: 'api1', key: 'GET /a' };
const blocks = { link: 'vl-1', cidrBlocks: ['10.0.0.0/8'] };
const move = { group: 'g1', to: 'apigateway-1' };
const plannedMove = { version: 1, move: 'm', request: move, units: [] };

type Call = (...given: never[]) => unknown;

/** Options with the clouds of a call. What are no options stays as it is. */
const onClouds = (given: unknown): never =>
  (given === undefined || (typeof given === 'object' && given !== null && !Array.isArray(given))
    ? { clouds: CLOUDS, ...given }
    : given) as never;

/** Each public function with arguments that have their form, by name; those that may be left out are marked `?`. */
const FUNCTIONS: readonly (readonly [string, Call, Readonly<Record<string, unknown>>])[] = [
  ['PrivateIntegrations', (a, b) => new PrivateIntegrations(a, b), { driver, options: { project: 'shop' } }],
  ['ensureLink', (a, b) => gate.ensureLink(a, b), { request: link, 'options?': { allowPurchase: false } }],
  ['ensureTarget', (a, b, c) => gate.ensureTarget(a, b, c), { link: 'vl-1', request: listener, 'options?': {} }],
  ['ensureRoute', (a, b, c, d) => gate.ensureRoute(a, b, c, d), { ...route, target, 'options?': {} }],
  ['allow', (a, b, c) => gate.allow(a, b, c), { ...blocks, 'options?': { ports: [443] } }],
  ['revoke', (a, b, c) => gate.revoke(a, b, c), { ...blocks, 'options?': {} }],
  ['getLink', (a, b) => gate.getLink(a, b), { link: { name: 'orders' }, 'options?': {} }],
  ['deleteLink', (a, b) => gate.deleteLink(a, b), { link: 'vl-1', 'options?': { deleteInstance: false } }],
  ['deleteRoute', (a, b, c) => gate.deleteRoute(a, b, c), { ...route, 'options?': {} }],
  ['forget', (a, b) => gate.forget(a, b), { link: 'vl-1', 'options?': {} }],
  ['egress', (a, b) => gate.egress(a, b), { link: { kind: 'vpc-link-v2', id: 'vl-1' }, 'options?': {} }],
  ['usesOf', (a, b) => gate.usesOf(a, b), { link: 'vl-1', 'options?': {} }],
  ['observe', (a) => gate.observe(a), { 'options?': { checks: true } }],
  ['links', (a) => gate.links(a).next(), { 'options?': {} }],
  ['check', (a, b) => gate.check(a, b), { spec, 'options?': { passes: true } }],
  ['probe', (a, b) => gate.probe(a, b), { spec, 'options?': { only: ['orders'] } }],
  ['plan', (a, b) => gate.plan(a, b), { spec, 'options?': { prune: false } }],
  ['apply', (a, b) => next(gate.apply(a, b)), { plan, 'options?': { spec } }],
  ['destroy', (a, b) => gate.destroy(a, b).next(), { spec, 'options?': {} }],
  ['forgetSpec', (a, b) => gate.forgetSpec(a, b).next(), { spec, 'options?': {} }],
  ['moves.plan', (a, b) => moves.plan(a, b), { request: move, 'options?': { manage: [] } }],
  ['moves.open', (a, b) => moves.open(a, b), { request: move, 'options?': {} }],
  ['moves.run', (a, b) => moves.run(a, b).next(), { plan: plannedMove, 'options?': { batch: 1 } }],
  ['moves.status', (a, b) => moves.status(a, b), { 'move?': 'm', 'options?': {} }],
  ['moves.finish', (a, b) => moves.finish(a, b).next(), { move: 'm', 'options?': {} }],
  ['moves.rollback', (a, b) => moves.rollback(a, b).next(), { move: 'm', 'options?': {} }],
  ['moves.abort', (a, b) => moves.abort(a, b).next(), { move: 'm', 'options?': {} }],
  ['check of a snapshot', (a, b, c) => check(a, b, onClouds(c)), { snapshot, spec, 'options?': { passes: false } }],
  ['explain', (a, b, c) => explain(a, b, onClouds(c)), { snapshot, spec, 'options?': { integration: 'orders' } }],
  ['diff', (a, b, c) => diff(a, b, onClouds(c)), { snapshot, spec, 'options?': { prune: false } }],
  ['planDestroy', (a, b, c) => planDestroy(a, b, onClouds(c)), { snapshot, spec, 'options?': { prune: false } }],
  ['planForget', (a, b, c) => planForget(a, b, onClouds(c)), { snapshot, spec, 'options?': { names: [] } }],
  ['judgePlan', (a, b, c) => judgePlan(a, b, c, { clouds: CLOUDS }), { plan, snapshot, spec }],
  ['probeRoutes', (a, b) => probeRoutes(a, b, { clouds: CLOUDS }), { snapshot, spec }],
  [
    'observeSpec',
    (a, b, c, d) => observeSpec(a, b, c, d),
    { spec, drivers, ctx: context, 'options?': { checks: true } },
  ],
  [
    'observePlan',
    (a, b, c, d) => observePlan(a, b, c, d),
    { spec, drivers, ctx: context, 'options?': { checks: true } },
  ],
  ['apply of a plan', (a, b) => next(apply(a, b)), { plan, options: { spec, drivers, context } }],
  ['createContext', (a) => createContext(a), { 'options?': { clock: cloud.clock } }],
  ['driversOf', (a) => driversOf(a), { drivers: driver }],
];

function next(events: AsyncIterable<unknown>): Promise<unknown> {
  return events[Symbol.asyncIterator]().next();
}

/** What a function threw, and how many calls it had made. */
async function outcome(call: Call, given: readonly unknown[]): Promise<{ error: unknown; calls: number }> {
  cloud.calls = [];
  try {
    await call(...(given as never[]));
    return { error: undefined, calls: cloud.calls.length };
  } catch (error) {
    return { error, calls: cloud.calls.length };
  }
}

async function expectRefused(call: Call, given: readonly unknown[], key: RegExp | string): Promise<PosternError> {
  const { error, calls } = await outcome(call, given);
  if (!isPosternError(error)) throw new Error(`not refused: ${String(error)}`, { cause: error });
  expect(calls).toBe(0);
  expect(error.place?.path).toMatch(key);
  expect(error.details).toMatchObject({ key: error.place?.path });
  expect(error.remedy).not.toBe('');
  return error;
}

describe.each(FUNCTIONS)('arguments of %s', (_name, call, named) => {
  const args = Object.entries(named);
  const with_ = (at: number, value: unknown): unknown[] => args.map(([, good], index) => (index === at ? value : good));

  it.each(args.map(([key], at) => [key, at] as const))(
    '%s of another type is refused with its key',
    async (key, at) => {
      const mayMiss = key.endsWith('?');
      const name = key.replace('?', '');
      for (const wrong of [undefined, null, 0, 42, true, Symbol('x'), [], [undefined], () => 1]) {
        if (wrong === undefined && mayMiss) continue;
        if (typeof wrong === 'function' && name === 'drivers') continue; // looks as it should
        if (Array.isArray(wrong) && wrong.length === 0 && name === 'cidrBlocks') continue;
        const error = await expectRefused(call, with_(at, wrong), '');
        expect(error.place?.path).toContain(name.replace(/s$/, ''));
      }
    },
  );

  it.each(args.flatMap(([key], at) => (/options|request|spec/.test(key) ? [[key, at] as const] : [])))(
    'a member of %s that is not known is refused',
    async (_key, at) => {
      const good = args[at]?.[1] as object;
      const mistyped = `${Object.keys(good)[0] ?? 'signal'}l`;
      const error = await expectRefused(call, with_(at, { ...good, [mistyped]: 1 }), mistyped);
      expect(error.remedy).toBe(`Did you mean ${mistyped.slice(0, -1)}?`);
    },
  );
});

describe('arguments of programs without types', () => {
  const NAMES = [undefined, null, 7, '', '../x', 'a b', '__proto__', 'constructor', 'а'];

  it.each(NAMES)('a name or project %j is refused before any call', async (name) => {
    const { error } = await outcome(() => new PrivateIntegrations(driver, { judge, project: name as string }), []);
    expect(error).toMatchObject({ code: 'INVALID_INPUT', place: { path: 'project' } });
    await expectRefused(() => gate.ensureLink({ ...link, name } as never), [], 'name');
    await expectRefused(() => gate.ensureTarget('vl-1', { ...listener, name } as never), [], 'name');
  });

  it('no value of the environment that is not set creates a link', async () => {
    const env: Record<string, string | undefined> = {};
    const error = await expectRefused(() => gate.ensureLink({ subnets: ['subnet-1'] } as never), [], 'name');
    expect(error.message).toBe('ensureLink: `name` is required');
    expect(error.remedy).toBe('Pass a name.');
    await expectRefused(() => gate.ensureLink({ ...link, subnets: env['SUBNET_IDS'] } as never), [], '');
    await expectRefused(() => gate.ensureRoute(env['API_ID'] as never, 'GET /a', target as never), [], 'gateway');
    await expectRefused(() => gate.allow(env['LINK_ID'] as never, ['10.0.0.0/8']), [], 'link');
    expect(cloud.links.size).toBe(0);
  });

  it.each([
    [{ ...link, subnets: 'subnet-1' }, 'subnets', 'INVALID_INPUT', 'expected a list, found a text'],
    [{ ...link, subnets: ['subnet-1', 7] }, 'subnets[1]', 'INVALID_INPUT', 'expected an ID, found 7'],
    [{ ...link, subnets: ['sg-1'] }, 'subnets[0]', 'WRONG_KIND', 'expected the ID of a subnet, got the ID of a sec'],
    [{ ...link, securityGroups: ['vpc-1'] }, 'securityGroups[0]', 'WRONG_KIND', 'got the ID of a network (VPC)'],
    [{ ...link, securityGroupIDs: ['sg-1'] }, 'securityGroupIDs', 'INVALID_INPUT', 'unknown key `securityGroupIDs`'],
    [{ ...link, allowlist: ['10.0.0.1/8'] }, 'allowlist[0]', 'INVALID_PREFIX', 'host bits'],
    [{ ...link, tags: { 'postern:project': 'x' } }, 'tags', 'INVALID_INPUT', 'reserved'],
    [{ ...link, native: { instanceCidr: 1 } }, 'native.instanceCidr', 'INVALID_INPUT', 'expected a text'],
  ])('ensureLink(%j) names %s', async (request, key, code, message) => {
    const error = await expectRefused(() => gate.ensureLink(request as never), [], '');
    expect(error).toMatchObject({ code, place: { path: key } });
    expect(error.message).toContain(message);
  });

  it('a key that is written in another case is named', async () => {
    const error = await expectRefused(() => gate.ensureLink({ ...link, Subnets: [] } as never), [], 'Subnets');
    expect(error.remedy).toBe('Did you mean subnets?');
  });

  it.each([
    ['GET /x', 'get /x'],
    ['DELETE /x/{id}', 'Delete /x/{id}'],
  ])('the remedy for a method that is not in capitals is the key %s', async (meant, key) => {
    const error = await expectRefused(() => gate.ensureRoute('api1', key, target as never), [], 'key');
    expect(error.remedy).toBe(`Methods are written in capitals: '${meant}'.`);
  });

  it.each(['subnet-1', 'sg-1', 'vpc-1'])('%s is not the ID of a link or a gateway', async (id) => {
    for (const call of [
      () => gate.egress(id),
      () => gate.usesOf(id),
      () => gate.forget(id),
      () => gate.revoke(id, ['10.0.0.0/8']),
    ]) {
      expect((await expectRefused(call, [], 'link')).code).toBe('WRONG_KIND');
    }
    expect((await expectRefused(() => gate.ensureRoute(id, 'GET /a', target as never), [], 'gateway')).code).toBe(
      'WRONG_KIND',
    );
  });

  it('an ARN of another kind is refused as in a spec', async () => {
    const group = arn.replace('listener/app/a/50dc6c495c0c9188/f2f7dc8efc522ab2', 'targetgroup/a/50dc6c495c0c9188');
    const error = await expectRefused(() => gate.ensureTarget('vl-1', { name: 'a', listenerArn: group }), [], 'listen');
    expect(error.code).toBe('WRONG_KIND');
    expect(error.message).toContain('expected the ARN of a listener, got the ARN of a target group');
  });

  it('a spec as it is written is refused, with what reads it', async () => {
    const written = { version: 1, project: 'shop', links: { eu: { provider: 'aws', subnets: ['subnet-1'] } } };
    const error = await expectRefused(() => gate.check(written as never), [], 'spec');
    expect(error.remedy).toContain('defineSpec');
  });

  it('no value is quoted that may be a secret', async () => {
    const error = await expectRefused(() => gate.probe(spec, { headers: 'Bearer s3cret' } as never), [], 'headers');
    expect(JSON.stringify([error, error.message])).not.toContain('s3cret');
  });

  it('whatever a request holds, the error is a PosternError with a key, and no call is made', async () => {
    const value = fc.oneof(fc.anything({ maxDepth: 2 }), fc.constantFrom('a', 'subnet-1', 'sg-1', 443));
    const key = fc.constantFrom(
      'name',
      'subnets',
      'listenerArn',
      'loadBalancer',
      'allowlist',
      'tags',
      'port',
      'tls',
      'x',
    );
    const request = fc.dictionary(key, value, { maxKeys: 4 });
    await fc.assert(
      fc.asyncProperty(request, request, async (one, two) => {
        const calls = [
          [one, () => gate.ensureLink(one as never)],
          [two, () => gate.ensureTarget('vl-1', two as never)],
        ] as const;
        for (const [request, call] of calls) {
          const given = Object.values(request);
          if (given.every((member) => typeof member === 'string' && member !== '')) continue; // may be right
          const { error, calls: made } = await outcome(call, []);
          if (isPosternError(error) && error.code === 'INVALID_INPUT' && error.message.includes('exactly one way'))
            continue;
          expect(error).toMatchObject({ details: { key: expect.any(String) } });
          expect(made).toBe(0);
        }
      }),
      { numRuns: runs(40, 20_000), seed: 7 },
    );
  });
});
