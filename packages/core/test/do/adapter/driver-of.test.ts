import { ABILITIES, abilityOf, type AbilityName } from '../../../src/do/abilities.js';
import type { CloudTypes } from '../../../src/do/kinds/cloud/cloud-types.js';
import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { createContext } from '../../../src/do/context.js';
import type { Driver } from '../../../src/do/driver.js';
import type { MoveTraits, MoveUnit } from '../../../src/do/move-driver.js';
import { driverOf } from '../../../src/do/adapter/driver-of.js';
import type {
  LinkKindMethods,
  MoveMethods,
  RouteCall,
  RouteMethods,
} from '../../../src/do/adapter/methods-of-kinds.js';
import { UnsupportedError } from '../../../src/ground/errors.js';
import type { LinkKind } from '../../../src/do/model/link.js';
import type { Route, RouteRequest } from '../../../src/do/model/route.js';
import { FakeCloud } from '../../fake-cloud.js';
import { httpApi, vpcLink } from '../../refs.js';

const ctx = createContext();
const owner = { project: 'shop', spec: 'shop', integration: 'orders' };
const ref = { listener: 'arn' };
const target = { kind: 'listener', id: 'arn', raw: null } as const;

/** An adapter that records its calls. It has only the operations that a test uses. */
function adapter() {
  const calls: string[] = [];
  const cloud = new FakeCloud();
  const methods = (kind: string): LinkKindMethods => {
    const note =
      (method: string) =>
      (...args: readonly unknown[]): Promise<any> => {
        calls.push(`${kind} ${method} ${JSON.stringify(args[0])}`);
        return Promise.resolve(method === 'statuses' ? [{ id: 'l', state: 'ready', nativeState: 'UP' }] : { id: 'l' });
      };
    const named = (...names: readonly string[]): any => Object.fromEntries(names.map((name) => [name, note(name)]));
    return {
      links: named('create', 'find', 'statuses', 'rename', 'tag', 'delete'),
      targets: named('resolve', 'create', 'find', 'update', 'delete'),
      allowlist: named('prepare', 'read', 'allow', 'revoke', 'release'),
      egress: note('egress'),
    };
  };
  const routes = {
    create: (call: RouteCall) => {
      calls.push(`route ${call.gatewayId} ${call.linkKind} ${call.linkId}`);
      return Promise.resolve({} as Route);
    },
  } as unknown as RouteMethods;
  const { provider, region, identity, observe } = cloud.driver();
  const gateways = ['http-api', 'rest-api'] as const;
  /** How often the methods were loaded. */
  const opened = { times: 0 };
  const of = <const A extends AbilityName = (typeof ALL)[number]>(
    kinds: readonly LinkKind[] = BOTH,
    abilities: readonly A[] = ALL as readonly string[] as readonly A[],
  ) =>
    driverOf<CloudTypes, A>({
      provider,
      region,
      cloud: CLOUDS.named('aws')!,
      links: Object.fromEntries(kinds.map((kind, index) => [kind, { ...cloud.traits, pollMs: 2 - index }])),
      gateways,
      moves: {},
      abilities,
      open: () => {
        opened.times += 1;
        const links = Object.fromEntries(kinds.map((kind) => [kind, methods(kind.slice(-2))]));
        const routesOf = Object.fromEntries(gateways.map((kind) => [kind, routes]));
        return Promise.resolve({ identity, observe, links, gateways: routesOf, moves: {} });
      },
    });
  return { calls, opened, of };
}

/** Those of the adapter of this test. */
const ALL = ['linkChanges', 'adoption', 'allowlist', 'allowlistGroups', 'egress', 'groupRules'] as const;

const BOTH: readonly LinkKind[] = ['vpc-link-v2', 'vpc-link-v1'];

describe('a driver of the implementations of an adapter, by kind', () => {
  it('calls the operations of the kind, with IDs', async () => {
    const { calls, of } = adapter();
    const driver = of();
    expect(driver.serves).toEqual({ links: ['vpc-link-v2', 'vpc-link-v1'], gateways: ['http-api', 'rest-api'] });
    await driver.linkChanges.rename({ kind: 'vpc-link-v1', id: 'a' }, 'x', ctx);
    await driver.links.find({ kind: 'vpc-link-v2', owner }, ctx);
    await driver.egress(vpcLink('b'), ctx);
    await driver.targets.resolve(ref, { link: { kind: 'vpc-link-v1', id: 'a' } }, ctx);
    await driver.targets.resolve(ref, {}, ctx);
    await driver.allowlistGroups.release('vpc-link-v1', owner, ctx);
    expect(calls.map((call) => call.split(' ').slice(0, 2).join(' '))).toEqual([
      'v1 rename',
      'v2 find',
      'v2 egress',
      'v1 resolve',
      'v2 resolve',
      'v1 release',
    ]);
    expect(calls[0]).toBe('v1 rename "a"');
    expect(await driver.links.create('vpc-link-v1', {} as never, ctx)).toEqual({ kind: 'vpc-link-v1', id: 'l' });
  });

  it('reads the states of each kind once, and returns the kind of each', async () => {
    const { calls, of } = adapter();
    const driver = of();
    const states = await driver.links.statuses([vpcLink('l'), { kind: 'vpc-link-v1', id: 'l' }, vpcLink('m')], ctx);
    expect(states.map(({ kind, id }) => `${kind} ${id}`)).toEqual(['vpc-link-v2 l', 'vpc-link-v1 l']);
    expect(calls).toEqual(['v2 statuses ["l","m"]', 'v1 statuses ["l"]']);
  });

  it('loads the methods with the first call, once', async () => {
    const { opened, of } = adapter();
    const driver = of();
    expect([driver.traits('vpc-link-v1').pollMs, opened.times]).toEqual([1, 0]);
    await Promise.all([driver.egress(vpcLink('a'), ctx), driver.identity(ctx)]);
    await driver.egress(vpcLink('a'), ctx);
    expect(opened.times).toBe(1);
  });

  it('has the abilities that it names, and refuses functions of them that a kind does not have', async () => {
    const { of } = adapter();
    const none = of();
    expect(Object.keys(none)).toEqual(expect.arrayContaining([...ALL]));
    const both = of(BOTH, ['listing', 'blockUses']);
    expect(ABILITIES.filter((name) => name in both)).toEqual(['listing', 'blockUses']);
    expect(() => abilityOf(both as Driver, 'egress')).toThrow(
      expect.objectContaining({
        code: 'UNSUPPORTED',
        message: `${both.provider}: the adapter cannot read the source addresses of a link`,
        remedy: 'Use the tools of the cloud for that, or a driver that has the ability `egress`.',
      }),
    );
    expect(() => of(BOTH, ['cast' as 'egress'])).toThrow(new TypeError('aws: no ability of a driver is named cast'));
    const message = expect.stringContaining('the adapter has no forget') as string;
    await expect(none.adoption.forget(httpApi('a'), 'ANY /', owner, ctx)).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      message,
    });
    await expect(none.allowlistGroups.mark(vpcLink('a'), undefined, ctx)).resolves.toBeUndefined();
    await expect(none.groupRules.has({} as never, ctx)).rejects.toMatchObject({ code: 'UNSUPPORTED' });
  });

  it('returns the traits of each kind', () => {
    const driver = adapter().of();
    expect([driver.traits('vpc-link-v1').pollMs, driver.traits('vpc-link-v2').pollMs]).toEqual([1, 2]);
    expect(() => driver.traits('integration-instance')).toThrow(UnsupportedError);
  });

  const request = (fields: Partial<RouteRequest>): RouteRequest => ({
    gateway: httpApi('api'),
    link: vpcLink('l'),
    key: 'ANY /',
    owner,
    use: { target, path: 'keep' },
    ...fields,
  });

  it.each<[string, (driver: Driver) => Promise<unknown>, string]>([
    ['a link', (driver) => driver.links.delete({ kind: 'vpc-link-v1', id: 'l' }, ctx), 'links of kind vpc-link-v1'],
    ['a link that is created', (driver) => driver.links.create('integration-instance', {} as never, ctx), 'links of'],
    [
      'links whose states are read',
      (driver) => driver.links.statuses([{ kind: 'vpc-link-v1', id: 'l' }], ctx),
      'links of',
    ],
    ['a gateway', (driver) => driver.routes.find({ kind: 'api-group', id: 'g' }, 'ANY /', ctx), 'gateways of kind'],
    ['an `Object` member', (driver) => driver.links.delete({ kind: 'toString' as LinkKind, id: 'l' }, ctx), 'links of'],
    [
      'a route’s link',
      (driver) => driver.routes.create(request({ link: { kind: 'vpc-link-v1', id: 'l' } }), ctx),
      'links of',
    ],
  ])('refuses %s of a kind that it does not support', async (_, act, text) => {
    const { calls, of } = adapter();
    const error = await act(of(['vpc-link-v2'])).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(UnsupportedError);
    expect(error).toMatchObject({ code: 'UNSUPPORTED', message: expect.stringContaining(text) });
    expect(calls).toEqual([]);
  });

  it('refuses a route over a kind of link that its gateway does not support', async () => {
    const { calls, of } = adapter();
    const driver = of();
    const link = { kind: 'vpc-link-v1', id: 'l' } as const;
    await driver.routes.create(request({ gateway: { kind: 'rest-api', id: 'r' }, link }), ctx);
    expect(calls).toEqual(['route r vpc-link-v1 l']);
    await expect(driver.routes.create(request({ link }), ctx)).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      message: 'no route of http-api api can lead through vpc-link-v1 l',
    });
  });
});

it('moves of gateways: go to the methods of the kind of the gateway, and other kinds are refused', async () => {
  const calls: string[] = [];
  const note =
    (name: string) =>
    (unit: MoveUnit): Promise<never> => {
      calls.push(`${name} ${unit.gateway.id}`);
      return Promise.resolve([] as never);
    };
  const names = ['capture', 'prepare', 'shift', 'where', 'settle', 'verify', 'back', 'release'] as const;
  const methods = Object.fromEntries(names.map((name) => [name, note(name)])) as unknown as MoveMethods;
  const traits = { canary: true, pollMs: 5 } as MoveTraits;
  const { provider, region, identity, observe } = new FakeCloud().driver();
  const { moves } = driverOf({
    provider,
    region,
    cloud: CLOUDS.named('aws')!,
    links: {},
    gateways: [],
    moves: { 'rest-api': traits },
    abilities: ['moves'],
    open: () => Promise.resolve({ identity, observe, links: {}, gateways: {}, moves: { 'rest-api': methods } }),
  });
  const unit = { id: 'u', gateway: { kind: 'rest-api', id: 'a' }, from: vpcLink('f'), to: vpcLink('t') } as const;
  for (const name of names) await (moves[name] as (...args: readonly unknown[]) => unknown)(unit, {}, 100, ctx);
  expect(calls).toEqual(names.map((name) => `${name} a`));
  expect([moves.kinds, moves.traits('rest-api')]).toEqual([['rest-api'], traits]);
  const other = { ...unit, gateway: { kind: 'http-api', id: 'a' } } as const;
  await expect(moves.capture(other, ctx)).rejects.toMatchObject({ code: 'UNSUPPORTED' });
});
