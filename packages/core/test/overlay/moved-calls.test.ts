import { describe, expect, it } from 'vitest';
import type { CallShare, OwnedWeights, SharedCalls } from '../../src/check/path/balancers/call-shares.js';
import type { Registrar } from '../../src/do/model/registrar.js';
import type { LaidChange } from '../../src/overlay/lay/laid.js';
import { movedCalls, movedCallsText, weightsPutBack, type Destinations } from '../../src/overlay/judge/moved-calls.js';

const OWNER = { id: 'svc-1', name: 'orders', strategy: 'LINEAR' } as Registrar;
const OWNED: OwnedWeights = { action: 'listener-1', writer: OWNER, groups: [] };
const UNREAD = { because: 'the rules of the listener could not be read' };

/** `shop 90 green 10`: the groups of calls with their shares. `?` is a share that is not known. */
const calls = (text: string, more: Partial<SharedCalls> = {}): SharedCalls => {
  const words = text.split(' ').filter(Boolean);
  const shares = words.flatMap((name, at): readonly CallShare[] => {
    const percent = words[at + 1] === '?' ? undefined : Number(words[at + 1]);
    return at % 2 === 0 ? [{ id: name, name, percent }] : [];
  });
  return { shares, ...more };
};
const rule = (at: number, text: string) => calls(text, { match: `rule ${at}` });

describe('where calls go', () => {
  const rows: readonly (readonly [string, Destinations | undefined, Destinations | undefined, readonly string[]])[] = [
    ['the same', [calls('shop 100')], [calls('shop 100')], []],
    ['another order of the same', [calls('shop 90 green 10')], [calls('green 10 shop 90')], []],
    ['the group is replaced by one with the same address', [calls('old 100')], [calls('new 100')], []],
    ['all calls', [calls('shop 100')], [calls('green 100')], ['100 % of the calls: shop → green']],
    ['a share', [calls('shop 100')], [calls('shop 99.5 green 0.5')], ['calls: shop 100 % → shop 99.5 %, green 0.5 %']],
    ['shares change', [calls('shop 90 green 10')], [calls('shop 10 green 90')], ['calls: shop 90 %, green 10 % → shop 10 %, green 90 %']], // prettier-ignore
    ['weights that are not known', [calls('shop 100')], [calls('shop ? green ?')], ['calls: shop 100 % → shop an unknown share, green an unknown share']], // prettier-ignore
    ['a destination that is not known', [calls('shop 100')], UNREAD, ['calls: shop 100 % → not known (the rules of the listener could not be read)']], // prettier-ignore
    ['after it nothing serves the route', [calls('shop 100')], undefined, ['calls: shop 100 % → not known']],
    ['before it nothing is known', UNREAD, UNREAD, []],
    ['before it nothing serves the route', undefined, [calls('shop 100')], []],
    ['one rule of two', [rule(1, 'shop 100'), rule(2, 'bills 100')], [rule(1, 'green 100'), rule(2, 'bills 100')], ['100 % of the calls that match rule 1: shop → green']], // prettier-ignore
    ['a rule is added', [calls('shop 100')], [rule(1, 'green 100'), rule(2, 'shop 100')], ['100 % of the calls that match rule 1: shop → green']], // prettier-ignore
    ['a rule is deleted', [rule(1, 'green 100'), rule(2, 'shop 100')], [calls('shop 100')], ['100 % of the calls that match rule 1: green → shop']], // prettier-ignore
    ['weights that a service writes', [calls('shop 100', { owned: OWNED })], [calls('green 100', { owned: OWNED })], ['100 % of the calls: shop → green; the deployments of service orders (LINEAR) write these shares']], // prettier-ignore
  ];
  it.each(rows)('%s', (_, before, after, texts) => {
    const keyOf = (id: string): string => (id === 'old' || id === 'new' ? 'aws_lb_target_group.shop' : id);
    const moved = movedCalls(before, after, { keyOf, renamed: (text) => text });
    expect(moved.map(movedCallsText)).toEqual(texts);
  });
});

describe('weights that a plan puts back', () => {
  const listener = { change: 'update', address: 'aws_lb_listener.http', ids: ['listener-1'] } as unknown as LaidChange;
  const before = (owned: OwnedWeights | undefined) => [calls('shop 90 green 10', { owned })];
  const found = (old: Destinations, now: Destinations | undefined) => {
    const names = { keyOf: (id: string) => id.replace('new-', ''), renamed: (text: string) => text };
    return weightsPutBack([[old, now], [old, now]], names, [listener]); // prettier-ignore
  };

  it('are one warning for all routes, and an error while their service deploys', () => {
    const [warning, ...others] = found(before(OWNED), [calls('shop 100', { owned: OWNED })]);
    expect(others).toEqual([]);
    expect(warning).toMatchObject({ check: 'plan/weights', severity: 'warning', addresses: ['aws_lb_listener.http'] });
    const deploys = { ...OWNED, writer: { ...OWNER, deploying: true } };
    expect(found(before(deploys), [calls('shop 100', { owned: OWNED })])).toMatchObject([
      { severity: 'error', message: expect.stringMatching(/^calls: shop 90 %, green 10 % → .* it is deploying now$/) },
    ]);
  });

  it('are those of an action that is replaced', () => {
    expect(found(before(OWNED), [calls('shop 100', { owned: { ...OWNED, action: 'new-listener-1' } })])).toHaveLength(
      1,
    );
  });

  it.each<[string, Destinations, Destinations | undefined]>([
    ['no service writes them', before(undefined), [calls('shop 100')]],
    ['the plan gives them to the service', before(undefined), [calls('shop 100', { owned: OWNED })]],
    ['the plan takes them from the service', before(OWNED), [calls('shop 100')]],
    ['another service writes them after it', before(OWNED), [calls('shop 100', { owned: { ...OWNED, writer: { ...OWNER, id: 'svc-2' } } })]], // prettier-ignore
    ['another action gets the calls', before(OWNED), [calls('shop 100', { owned: { ...OWNED, action: 'rule-5' } })]],
    ['they are the same', before(OWNED), [calls('green 10 shop 90', { owned: OWNED })]],
    ['a share is not known', [calls('shop ? green ?', { owned: OWNED })], [calls('shop 100', { owned: OWNED })]],
    ['it is not known where calls go', before(OWNED), UNREAD],
    ['nothing serves the route', before(OWNED), undefined],
  ])('are none where %s', (_, old, now) => expect(found(old, now)).toEqual([]));
});
