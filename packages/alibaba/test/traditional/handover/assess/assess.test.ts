import { expect, it } from 'vitest';
import {
  assess,
  HANDOVER_RULES,
  parseWaiver,
  type HandoverItem,
  type HandoverSource,
} from '../../../../src/traditional/handover/internal.js';
import { access, api, group, source } from '../sample-source.js';
import { BLOCKED, CHANGED, EXACT, type Row } from './rows.js';

const ROWS: readonly Row[] = [...EXACT, ...CHANGED, ...BLOCKED];

const codesOf = (rule: string): Readonly<Record<string, string>> =>
  HANDOVER_RULES.find(({ id }) => id === rule)?.codes ?? {};

const found = ([rule, code, has, options]: Row): readonly HandoverItem[] =>
  assess(has, options).items.filter((item) => item.rule === rule && item.code === code);

/** What a placeholder leaves that is given nothing, or no text. */
const UNFILLED = / {2}| [.,;:]|\(\)|undefined|\[object/;

it.each(ROWS.map((row) => [row[0], row[1], row] as const))('%s: %s', (rule, code, row) => {
  const items = found(row);
  expect(items.length).toBeGreaterThan(0);
  for (const item of items) {
    expect(item.verdict).toBe(codesOf(rule)[code]);
    expect(item.message).toMatch(/^\S.*\.$/);
    for (const text of [item.message, item.remedy, item.target]) expect(text ?? '').not.toMatch(UNFILLED);
    if (item.verdict !== 'exact') expect(item.who === 'none' && item.remedy !== undefined).toBe(false);
    if (item.verdict === 'blocked' || item.verdict === 'unknown') expect(item.remedy).toBeDefined();
  }
});

const open = ROWS.filter((row) => found(row).some(({ verdict }) => verdict === 'blocked' || verdict === 'unknown'));
it.each(open.map((row) => [row[0], row[1], row] as const))(
  '%s: %s is waived where its remedy names a waiver, and no remedy names one in vain',
  (rule, code, row) => {
    const [item] = found(row);
    const namesWaiver = /waive/i.test(item?.remedy ?? '');
    if (item?.waivable === false) return expect(namesWaiver).toBe(false);
    const [, , has, options] = row;
    const { items } = assess(has, { ...options, waivers: [parseWaiver(`${rule}=what the remedy says is done`)] });
    const left = items.filter((one) => one.rule === rule && one.code === code);
    expect(left.map(({ verdict }) => verdict)).toEqual(left.map(() => 'waived'));
  },
);

it('has a group for each code of each rule', () => {
  const covered = new Set(ROWS.map(([rule, code]) => `${rule} ${code}`));
  const all = HANDOVER_RULES.flatMap(({ id, codes }) => Object.keys(codes).map((code) => `${id} ${code}`));
  expect(all.filter((name) => !covered.has(name))).toEqual([]);
  expect(new Set(HANDOVER_RULES.map(({ id }) => id)).size).toBe(HANDOVER_RULES.length);
});

it('gives the codes that a rule declares, and no others', () => {
  const wrong = ROWS.flatMap(([, , has, options]) =>
    assess(has, options).items.filter(({ rule, code, verdict }) => codesOf(rule)[code] !== verdict),
  );
  expect(wrong).toEqual([]);
});

it('calls an API exact of which everything is kept', () => {
  const assessment = assess(source());
  expect(assessment.apis).toEqual([
    { id: 'api-orders', name: 'orders', stage: 'RELEASE', key: 'GET /orders', verdict: 'exact' },
  ]);
  expect(assessment).toMatchObject({
    ready: true,
    verdict: 'changed',
    stages: [{ stage: 'RELEASE', apiType: 'Rest', apis: 1 }],
  });
});

it('names both APIs that become one route, and refuses a waiver of it', () => {
  const [row] = BLOCKED.filter(([, code]) => code === 'ONE_ROUTE');
  const [item] = found(row as Row);
  expect(item?.message).toBe('orders (GET /orders/[id]) and other (GET /orders/[number]) would become one route.');
  expect(() => assess((row as Row)[2], { waivers: [parseWaiver('path/one-route=who cares')] })).toThrow(
    /cannot be waived/,
  );
});

it('leaves in an API whose item was waived, with the reason', () => {
  const has = source({ apis: [api({ on: { forceNonce: true } })] });
  expect(assess(has)).toMatchObject({ ready: false, verdict: 'blocked', apis: [{ verdict: 'blocked' }] });
  const assessment = assess(has, { waivers: [{ item: 'api/nonce:orders', reason: 'idempotent' }] });
  expect(assessment).toMatchObject({ ready: true, apis: [{ verdict: 'waived' }], counts: { waived: 1, blocked: 0 } });
  expect(assessment.items.find(({ rule }) => rule === 'api/nonce')?.waiver).toEqual({
    verdict: 'blocked',
    reason: 'idempotent',
  });
});

it('refuses a waiver that fits nothing, and names the one that was meant', () => {
  const has = source({ apis: [api({ on: { forceNonce: true } })] });
  const error = (() => {
    try {
      assess(has, { waivers: [{ item: 'api/nonse:orders', reason: 'x' }] });
    } catch (thrown) {
      return thrown as { readonly code: string; readonly remedy: string };
    }
    return undefined;
  })();
  expect(error).toMatchObject({ code: 'INVALID_INPUT', remedy: 'Did you mean api/nonce:orders?' });
  for (const text of ['api/nonce', '=x', 'api/nonce=']) expect(() => parseWaiver(text)).toThrow(/expected ITEM=REASON/);
});

it('uses the type Http where a method is ANY or a path is greedy', () => {
  const typeOf = (has: HandoverSource) => assess(has).stages[0]?.apiType;
  expect(typeOf(source({ apis: [api({ on: { method: 'ANY' } })] }))).toBe('Http');
  expect(typeOf(source({ apis: [api({ on: { path: '/*' } })] }))).toBe('Http');
  expect(typeOf(source({ apis: [api({ on: { path: '/[id]' } })] }))).toBe('Rest');
});

it('says which backends the plan has no rule of a security group for', () => {
  const remedyOf = (groupIds: readonly string[]) => {
    const resolved = { is: 'found', address: '10.10.0.7', at: '2026-11-25T08:00:00Z', groupIds } as const;
    const { items } = assess(source({ accesses: [access({ resolved })] }));
    return items.find(({ code }) => code === 'SOURCE_ADDRESSES')?.remedy;
  };
  expect(remedyOf(['sg-1'])).not.toContain('none for');
  expect(remedyOf([])).toContain('but none for orders-vpc: admit the blocks');
});

it('counts the days to instants in UTC+8', () => {
  const daysAt = (now: string) => assess(source(), { now }).calendar.map(({ days }) => days);
  expect(daysAt('2027-09-20T15:59:59Z')[2]).toBe(0);
  expect(daysAt('2027-09-20T16:00:00Z')[2]).toBe(0);
  expect(daysAt('2027-09-20T16:00:01Z')[2]).toBe(-1);
  expect(assess(source(), { now: '2027-09-20T15:59:59Z' }).ready).toBe(true);
  expect(assess(source(), { now: '2027-09-20T16:00:00Z' }).ready).toBe(false);
});

it('gives the same assessment in whichever order the lists are, and another digest after an edit', () => {
  const apis = ['/a', '/b/[x]', '/c/*', '/c/[y]'].map((path, at) =>
    api({ id: `api-${at}`, name: `n${at}`, on: { path } }),
  );
  const has = source({
    apis,
    authorizations: apis.map(({ id }) => ({ appId: '1001', apiId: id, stage: 'RELEASE' })),
    accesses: [access(), access({ name: 'z' })],
  });
  const other = {
    ...has,
    apis: apis.toReversed(),
    authorizations: has.authorizations.toReversed(),
    accesses: has.accesses.toReversed(),
  };
  expect(assess(other)).toEqual(assess(has));
  expect(assess({ ...has, takenAt: '2026-11-26T08:00:00Z' }).digest).toBe(assess(has).digest);
  expect(assess({ ...has, group: group({ trafficLimit: 5 }) }).digest).not.toBe(assess(has).digest);
});
