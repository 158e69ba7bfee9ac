import { describe, expect, it } from 'vitest';
import type { Gateway } from '../../../src/do/model/gateway.js';
import type { Link } from '../../../src/do/model/link.js';
import type { SecurityGroupRule } from '../../../src/do/model/network.js';
import type { Route, RouteSettings } from '../../../src/do/model/route.js';
import { routeKeyOf } from '../../../src/do/plan/route-changes.js';
import {
  comparable,
  draftedPlan,
  fingerprint,
  finishPlan,
  specOf,
  withMembers,
} from '../../../src/do/plan/finish-plan.js';
import { refuseHalfMove } from '../../../src/do/plan/only/half-move.js';
import { openCall } from '../../../src/do/plan/open-call.js';
import type { IntegrationPlan } from '../../../src/do/plan/plan-integration.js';
import type { Plan, Unit } from '../../../src/do/plan/plan.js';
import { referencesTo } from '../../../src/do/plan/references.js';
import { refuseClashes } from '../../../src/do/plan/guard/refuse-clashes.js';
import { settingText } from '../../../src/do/world/routes/setting-text.js';
import type { UnitPart } from '../../../src/do/plan/plan-part.js';
import { unitsOf } from '../../../src/do/plan/unit-list.js';
import { unitRef, type UnitRef } from '../../../src/do/plan/unit-ref.js';
import type { Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { collectProblems } from '../../../src/do/world/resolve/problems.js';
import { smallSpec } from '../../fake-run.js';
import {
  draftOf,
  FOREIGN,
  gatewayOf,
  groupOf,
  linkOf,
  linkPlan,
  NO_SPEC,
  OWN,
  regionOf,
  routeOf,
} from './removal/owned.js';

const SPEC = smallSpec({ spec: 'orders-1' });
const refusal = (work: (problems: ReturnType<typeof collectProblems>) => void) => {
  const problems = collectProblems(SPEC);
  work(problems);
  try {
    problems.check();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('a part of the spec that would move a whole gateway', () => {
  const group = (routes: readonly Route[], fields: Partial<Gateway> = {}) =>
    gatewayOf({ kind: 'api-group', id: 'g-1', linkId: 'l-1', routes, ...fields });
  const planned = (gateway: Gateway, keys: readonly string[], fields: Partial<IntegrationPlan> = {}, name = 'orders') =>
    ({
      resolved: {
        name,
        gateway: { ...gateway }, // a copy: nothing is found by object identity
        region: regionOf(),
        link: { name: 'eu' },
        spec: { routes: Object.fromEntries(keys.map((key) => [key, 't'])) },
      },
      created: 0,
      moved: new Map([['r-1', undefined]]),
      ...fields,
    }) as unknown as IntegrationPlan;
  const refused = (plans: readonly IntegrationPlan[], current: Link | undefined = linkOf(OWN, { id: 'l-2' })) => {
    const links = new Map([['eu', linkPlan(regionOf(), { current })]]);
    return refusal((problems) => refuseHalfMove(SPEC, plans, links, problems));
  };
  const two = [routeOf(OWN), routeOf(NO_SPEC, { id: 'r-2', key: 'GET /b' })];

  it('is refused where it leaves out routes of the project there', () => {
    expect(refused([planned(group(two), ['GET /a'])])).toMatchObject({
      code: 'UNSUPPORTED',
      message: 'gateway g-1 moves from l-1 to link eu as a whole, and --only leaves out GET /b',
      remedy: expect.stringContaining('--only'),
      place: { path: 'integrations.orders.gateway' },
    });
    expect(refused([planned(group(two), [])])).toMatchObject({ message: expect.stringMatching(/GET \/a.*GET \/b$/) });
    expect(refused([planned(group(two), ['GET /a'], { moved: new Map(), created: 1 })])).toMatchObject({
      code: 'UNSUPPORTED',
    });
  });

  it('is not where all of them are planned, by whichever integration, or are of others', () => {
    const gateway = group(two);
    expect(refused([planned(gateway, ['GET /a', 'GET /b'])])).toBeUndefined();
    expect(refused([planned(gateway, ['GET /a']), planned(gateway, ['GET /b'], {}, 'bills')])).toBeUndefined();
    expect(
      refused([planned(gateway, ['GET /a']), planned(group([], { id: 'g-2' }), ['GET /b'], {}, 'bills')]),
    ).toMatchObject({
      code: 'UNSUPPORTED',
    });
    expect(refused([planned(group([routeOf(FOREIGN), routeOf(undefined, { key: 'GET /b' })]), [])])).toBeUndefined();
  });

  it('is not where nothing moves', () => {
    expect(refused([planned(group(two), [], { moved: new Map() })])).toBeUndefined();
    expect(refused([planned(group(two), [])], linkOf(OWN))).toBeUndefined();
    expect(refused([planned(group(two, { linkId: undefined }), [])])).toBeUndefined();
    expect(refused([planned(group(two, { kind: 'http-api' }), [])])).toBeUndefined();
  });
});

describe('how a route can be called without authorization', () => {
  const stages = [{ name: 'prod', autoDeploy: true }];
  const call = (
    fields: Partial<Gateway> = {},
    route: Pick<Route, 'open'> = { open: true },
    settings: RouteSettings = {},
  ) => openCall(gatewayOf({ stages, ...fields }), 'eu-west-1', route, settings);

  it('is the address of a stage that deploys by itself, the default one first', () => {
    expect(call()).toEqual({ base: expect.stringMatching(/api-1\.execute-api\.eu-west-1\.amazonaws\.com\/prod$/) });
    const both = [...stages, { name: '$default', autoDeploy: true }];
    expect(call({ stages: both })).toEqual({ base: expect.stringMatching(/amazonaws\.com$/) });
    expect(call({ stages: [{ name: '$default', autoDeploy: false }, ...stages] })).toEqual(call());
  });

  it('is not known without such a stage, or where callers must be authorized, now or then', () => {
    const guarded = { because: 'its callers must be authorized' };
    expect(call({ stages: [] })).toEqual({ because: 'no stage of api-1 deploys by itself' });
    expect(call({ stages: [{ name: 'prod', autoDeploy: false }] })).toEqual({
      because: 'no stage of api-1 deploys by itself',
    });
    expect(call({}, { open: false })).toEqual(guarded);
    expect(call({}, { open: undefined })).toEqual(guarded);
    expect(call({}, { open: true }, { authorizer: 'iam' })).toEqual(guarded);
    expect(call({}, { open: true }, { apiKey: true })).toEqual(guarded);
    expect(call({}, { open: true }, { authorizer: 'none', apiKey: false })).toEqual(call());
  });
});

describe('settings as text', () => {
  it.each<[string, unknown, string | undefined]>([
    ['timeoutMs', 2_000, '2s'],
    ['timeoutMs', 2_500, '2500ms'],
    ['scopes', ['a', 'b'], 'a, b'],
    ['scopes', '["a","b"]', 'a, b'],
    ['scopes', 'a', 'a'],
    ['scopes', [], 'none'],
    [
      'parameters',
      { header: { 'x-tenant': 'header.tenant' }, query: { region: "'eu'" } },
      "header x-tenant from header.tenant, query region = 'eu'",
    ],
    ['parameters', '{"path":{"id":"path.id"}}', 'path id from path.id'],
    ['parameters', {}, 'none'],
    ['parameters', { header: {} }, 'none'],
    ['parameters', 'x', 'x'],
    ['parameters', 7, '7'],
    ['loadBalancer', ['nlb-1', 'nlb-2'], 'nlb-1, nlb-2'],
    ['loadBalancer', 'nlb-1', 'nlb-1'],
    ['timeoutMs', null, undefined],
    ['timeoutMs', undefined, undefined],
    ['host', 'x', undefined],
  ])('%s of %j', (field, value, expected) => {
    expect(settingText(field, value as never)).toBe(expected);
  });

  it('do not show constants with the name of a secret', () => {
    const text = settingText('parameters', { header: { authorization: "'Bearer abc'", plain: "'abc'" } });
    expect(text).not.toContain('Bearer');
    expect(text).toContain("header plain = 'abc'");
  });
});

describe('rules of other groups that name a group', () => {
  const rule = (fields: Partial<SecurityGroupRule>): SecurityGroupRule =>
    ({
      direction: 'in',
      protocol: 'tcp',
      fromPort: 80,
      toPort: 80,
      securityGroupId: 'sg-own',
      raw: null,
      ...fields,
    }) as SecurityGroupRule;

  it('are named with their ports', () => {
    const rules = [
      rule({ id: 'sgr-1' }),
      rule({ direction: 'out', fromPort: 80, toPort: 90 }),
      rule({ protocol: '-1' }),
      rule({ protocol: 'all' }),
      rule({ securityGroupId: 'sg-9' }),
    ];
    const own = groupOf(undefined, { rules: [rule({ id: 'self' })] });
    expect(referencesTo('sg-own', [own, groupOf(undefined, { id: 'sg-2', rules })])).toEqual([
      'inbound rule sgr-1 of sg-2 (tcp 80)',
      'outbound rule of sg-2 (tcp 80-90)',
      'inbound rule of sg-2 (all traffic)',
      'inbound rule of sg-2 (all traffic)',
    ]);
  });
});

describe('path variables beside others', () => {
  const clash = (
    stay: readonly Route[],
    key: string,
    { owner, kind = 'rest-api', leaves = false }: { owner?: 'external'; kind?: Gateway['kind']; leaves?: boolean } = {},
  ) => {
    const gateway = gatewayOf({ kind, routes: stay });
    const draft = draftOf();
    if (leaves) draft.leaving.set(routeKeyOf(gateway, 'r-1'), 'integration:orders');
    const integration = { name: 'orders', spec: { ...SPEC.integrations['orders']!, routes: { [key]: 't' }, owner } };
    return refusal((problems) => refuseClashes(draft, gateway, [integration], problems));
  };
  const there = [routeOf(OWN, { key: 'GET /a/{id}' })];

  it('are refused where the other route stays', () => {
    expect(clash(there, 'GET /a/{name}')).toMatchObject({
      code: 'ALREADY_EXISTS',
      message: expect.stringContaining('of route GET /a/{name} is beside {id} of route GET /a/{id} on api-1'),
      place: { path: 'integrations.orders.routes.GET /a/{name}' },
      remedy: expect.stringContaining('Write {id}'),
    });
    expect(
      (
        clash([...there, routeOf(OWN, { id: 'r-2', key: 'POST /a/{id}' })], 'GET /a/{name}') as {
          details?: { also?: unknown };
        }
      ).details?.also,
    ).toBeUndefined();
  });

  it('are not where it leaves, is the same route, or is not this spec’s', () => {
    expect(clash(there, 'GET /a/{name}', { leaves: true })).toBeUndefined();
    expect(clash(there, 'GET /a/{id}')).toBeUndefined();
    expect(clash(there, 'GET /b/{name}')).toBeUndefined();
    expect(clash(there, 'GET /a/{name}', { owner: 'external' })).toBeUndefined();
  });
});

describe('the units of a plan', () => {
  const step = (id: string) => ({ id }) as never;
  const region = regionOf();
  const ids = (units: readonly Unit[]) =>
    units.map(({ id, dependsOn, steps }) => [id, dependsOn, steps.map((one) => one.id)]);

  it('follow what they await, which has steps; steps may come first', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => unitRef('link', name)) as [UnitRef, UnitRef, UnitRef];
    const list: UnitPart[] = [
      { unit: a, region, steps: [step('a1')], dependsOn: ['link:b', 'link:none', 'link:a'] },
      { unit: b, region, steps: [step('b1')] },
      { unit: b, region, steps: [step('b2')], dependsOn: ['link:c'] },
      { unit: b, region, steps: [step('b0')], first: true },
      { unit: c, region, steps: [] },
      { unit: c, region, steps: [], first: true },
    ];
    expect(ids(unitsOf(list))).toEqual([
      ['link:b', [], ['b0', 'b1', 'b2']],
      ['link:a', ['link:b'], ['a1']],
    ]);
    const more = unitsOf([...list, { unit: c, region: { ...region, product: 'p' }, steps: [step('c1')] }]);
    expect(ids(more).map(([id]) => id)).toEqual(['link:c', 'link:b', 'link:a']);
    expect(more[0]).toMatchObject({ product: 'p', provider: 'aws', region: 'eu-west-1', account: '111122223333' });
    expect(more[1]).not.toHaveProperty('product');
  });

  it('never await each other', () => {
    const list: UnitPart[] = [
      { unit: unitRef('link', 'a'), region, steps: [step('x')], dependsOn: ['link:b'] },
      { unit: unitRef('link', 'b'), region, steps: [step('y')], dependsOn: ['link:a'] },
    ];
    expect(() => unitsOf(list)).toThrow('units await each other: link:a → link:b → link:a');
  });
});

describe('a finished plan', () => {
  const snapshot = (fields: Partial<Snapshot> = {}): Snapshot => ({
    version: 1,
    takenAt: 'T',
    regions: [regionOf()],
    ...fields,
  });
  type Parts = Parameters<typeof finishPlan>[0];
  const parts = (fields: Partial<Parts> = {}): Parts => ({
    spec: SPEC,
    snapshot: snapshot(),
    part: draftOf(),
    goal: 'apply',
    options: {},
    unchanged: 3,
    unread: [],
    ...fields,
  });
  const finished = (fields: Partial<Parts> = {}): Plan => finishPlan(parts(fields));

  it('has the options that differ from the default, and nothing that is empty', () => {
    expect(finished()).toEqual({
      version: finished().version,
      project: 'shop',
      goal: 'apply',
      takenAt: 'T',
      fingerprint: expect.any(String),
      units: [],
      notes: [],
      unchanged: 3,
    });
    const options = { only: ['a'], prune: false, replaceFailed: true, deleteInstances: true, names: ['b'] };
    expect(finished({ options, snapshot: snapshot({ scope: 'all' }) }).options).toEqual({ ...options, all: true });
    expect(finished({ options: { replaceFailed: false, deleteInstances: false } })).not.toHaveProperty('options');
    expect(finished({ incomplete: [] })).not.toHaveProperty('incomplete');
    expect(finished({ incomplete: ['x'] }).incomplete).toEqual(['x']);
  });

  it('notes what could not be read, each once', () => {
    const gap = { what: 'links', operation: 'X', code: 'DENIED' } as never;
    const draft = draftOf();
    draft.notes.push('same', 'same');
    const regions = [regionOf({ gaps: [gap] }), regionOf({ gaps: [gap], unread: {} as never, region: 'eu-west-2' })];
    const part = {
      provider: 'aws',
      region: 'eu-west-2',
      account: '1',
      links: ['us'],
      integrations: ['bills'],
      code: 'X',
      message: 'm',
    } as never;
    const plan = finished({ part: draft, snapshot: snapshot({ regions }), unread: [part] });
    expect(plan.notes).toEqual([
      'aws eu-west-2 of account 1 could not be read (X): link us, integration bills left out of this plan',
      'same',
      'links in eu-west-1 could not be read: DENIED',
    ]);
    expect(plan.unread).toEqual([part]);
  });

  it('is known to this process, also with more members', () => {
    const draft = draftOf();
    draft.unread.push('eu-west-1');
    draft.narrowing.push('eu-west-2');
    const links = new Map([['eu', { kind: 'vpc-link-v2', id: 'l-1' } as const]]);
    const drafted = draftedPlan(parts({ part: draft, links }));
    expect([drafted.links, [...drafted.unread], [...drafted.narrowing]]).toEqual([links, ['eu-west-1'], ['eu-west-2']]);
    expect(draftedPlan(parts()).links.size).toBe(0);
    const plan = withMembers(drafted.plan, { otherFindings: 2 });
    expect([specOf(plan), plan.otherFindings]).toEqual([SPEC, 2]);
    const copy = { ...plan };
    expect([specOf(copy), specOf(withMembers(copy, {}))]).toEqual([undefined, undefined]);
  });

  const unit = (fields: object = {}, input: unknown = {}): Unit =>
    ({
      id: 'link:eu',
      kind: 'link',
      name: 'eu',
      provider: 'aws',
      region: 'eu',
      account: '1',
      dependsOn: [],
      steps: [{ id: 's', input, drainMs: 7 }],
      ...fields,
    }) as never;

  it('is compared without waits and tests', () => {
    const { steps: _steps, ...rest } = unit();
    const inputs = [{ leaves: 1, tests: 2, unusedMs: 3, a: 1 }, null, 'x', ['y']];
    expect(inputs.map((input) => comparable([unit({}, input)]))).toEqual(
      [{ a: 1 }, null, 'x', ['y']].map((input) => [{ ...rest, steps: [{ id: 's', input }] }]),
    );
  });

  it('has a fingerprint of project, goal, places and units', () => {
    const of = (regions: readonly object[], project = 'shop', goal = 'apply', units: readonly Unit[] = []) =>
      fingerprint(project, goal, snapshot({ regions: regions.map((one) => regionOf(one)) }), units);
    const two = [{}, { region: 'eu-west-2' }];
    expect(of(two)).toBe(of(two.toReversed()));
    const all = [
      of([{}]),
      of(two),
      of([{ account: '2' }]),
      of([{ provider: 'x' }]),
      of([{ product: 'p' }]),
      of([{}], 'crm'),
      of([{}], 'shop', 'destroy'),
      of([{}], 'shop', 'apply', [unit()]),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});
