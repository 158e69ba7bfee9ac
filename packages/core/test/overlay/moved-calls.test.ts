import { describe, expect, it } from 'vitest';
import type { CallShare, SharedCalls } from '../../src/check/path/balancers/call-shares.js';
import type { Registrar } from '../../src/do/model/registrar.js';
import { movedCalls, movedCallsText, weightsPutBack, type Destinations } from '../../src/overlay/judge/moved-calls.js';

const OWNER = { id: 'svc-1', name: 'orders', strategy: 'LINEAR' } as Registrar;

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
  const UNREAD = { because: 'the rules of the listener could not be read' };
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
    ['weights that a service writes', [calls('shop 100', { writer: OWNER })], [calls('green 100', { writer: OWNER })], ['100 % of the calls: shop → green; the deployments of service orders (LINEAR) write these shares']], // prettier-ignore
  ];
  it.each(rows)('%s', (_, before, after, texts) => {
    const keyOf = (id: string): string => (id === 'old' || id === 'new' ? 'aws_lb_target_group.shop' : id);
    const moved = movedCalls(before, after, { keyOf, renamed: (text) => text });
    expect(moved.map(movedCallsText)).toEqual(texts);
  });
});

describe('weights that a plan puts back', () => {
  const found = (writer: Registrar | undefined, after: Destinations | undefined = [calls('shop 100', { writer })]) => {
    const moved = movedCalls([calls('shop 90 green 10', { writer })], after, { keyOf: String, renamed: String });
    return weightsPutBack({ address: 'aws_route.a', route: 'ANY /', calls: moved });
  };

  it('are a warning, and an error while their service deploys', () => {
    expect(found(OWNER)).toMatchObject([
      { check: 'plan/weights', verdict: 'fail', severity: 'warning', addresses: ['aws_route.a'] },
    ]);
    expect(found({ ...OWNER, deploying: true })).toMatchObject([
      { severity: 'error', message: expect.stringMatching(/^calls: shop 90 %, green 10 % → .* it is deploying now$/) },
    ]);
  });

  it('that no service writes are none, and none where it is not known where calls go', () => {
    expect(found(undefined)).toEqual([]);
    expect(found(OWNER, { because: 'not read' })).toEqual([]);
    expect(found(OWNER, [calls('green 10 shop 90', { writer: OWNER })])).toEqual([]);
  });
});
