import { expect, it } from 'vitest';
import { list, oneOf, optional, pair, record, strict, Walk, type AnyForm } from '../../../src/do/forms/form.js';
import { pathText } from '../../../src/decode/decode.js';
import { membersOf } from '../../../src/do/forms/lists.js';
import { snapshotForm } from '../../../src/do/snapshot/snapshot-form.js';
import { FULL_SNAPSHOT } from '../../decode/samples.js';
import { block, flag, integer, optionalText, port, raw, text } from '../../../src/do/forms/resource-values.js';

interface Sample {
  readonly id: string;
  readonly kind: 'a' | 'b';
  readonly name?: string | undefined;
  readonly raw: unknown;
}

const sample = strict<Sample>()({ id: text, kind: oneOf('a', 'b'), name: optionalText, raw });

const issues = (form: AnyForm, value: unknown): string[] => {
  const walk = new Walk();
  form.check(value, walk);
  return walk.issues.map(({ path, message }) => `${pathText(path)}: ${message}`);
};

it('must have every member of their type, with its exact type', () => {
  // @ts-expect-error a member is missing
  strict<Sample>()({ id: text, kind: oneOf('a', 'b'), raw });
  // @ts-expect-error a text may be missing
  strict<Sample>()({ id: text, kind: oneOf('a', 'b'), name: text, raw });
  // @ts-expect-error one of the values is missing
  strict<Sample>()({ id: text, kind: oneOf('a'), name: optionalText, raw });
  // @ts-expect-error one value too many
  strict<Sample>()({ id: text, kind: oneOf('a', 'b', 'c'), name: optionalText, raw });
  // @ts-expect-error of another type
  strict<Sample>()({ id: flag, kind: oneOf('a', 'b'), name: optionalText, raw });
  expect(issues(sample, { id: 'x', kind: 'a', raw: 1 })).toEqual([]);
});

// The decoder of snapshots compares this count with that of the text, so that lost members are detected.
it('count all members of any value that they check', () => {
  const given = JSON.parse(JSON.stringify(FULL_SNAPSHOT)) as unknown;
  const written = membersOf(given);
  const walk = new Walk();
  snapshotForm.check(given, walk);
  expect(walk).toMatchObject({ members: written, issues: [] });
  expect(written).toBeGreaterThan(400);
});

it('return a negative count of members where one is named __proto__', () => {
  for (const [form, json] of [
    [record(text), '{"__proto__":"x","a":"y"}'],
    [raw, '{"a":[{"__proto__":1}]}'],
  ] as const) {
    const walk = new Walk();
    form.check(JSON.parse(json), walk);
    expect(walk.members).toBe(Number.NEGATIVE_INFINITY);
  }
});

it('accept an object without raw, and leave it as it is', () => {
  const value = { id: 'x', kind: 'b' };
  expect(issues(sample, value)).toEqual([]);
  expect(value).toEqual({ id: 'x', kind: 'b' });
});

it.each<[string, AnyForm, unknown, string]>([
  ['a text', sample, 'x', '(whole): expected an object, found "x"'],
  ['null', sample, null, '(whole): expected an object, found null'],
  ['a list', sample, [], '(whole): expected an object, found a list'],
  ['another value', sample, { id: 'x', kind: 'c' }, 'kind: expected one of a, b, found "c"'],
  ['a number', sample, { id: 7, kind: 'a' }, 'id: expected a text, found 7'],
  ['null for a missing one', sample, { id: 'x', kind: 'a', name: null }, 'name: expected a text, found null'],
  ['an inherited name', sample, { id: 'x', kind: 'a', toString: 1 }, '(whole): unknown member "toString"'],
  ['an object', list(text), [['a'], {}], '[0]: expected a text, found a list'],
  ['three', pair(text), ['a', 'b', 'c'], '(whole): expected two members, found 3'],
  ['a port too high', record(port), { a: 65_536 }, 'a: expected a whole number from -1 to 65535, found 65536'],
  ['half', optional(integer), 0.5, 'found 0.5'],
])('refuse %s', (_, form, value, message) => {
  expect(issues(form, value)[0]).toContain(message);
});

it.each<[string]>([
  ['10.0.0.0/16'],
  ['10.0.0.1/8'],
  ['010.0.0.0/08'],
  ['0.0.0.0/0'],
  ['10.0.0.7'],
  ['::/0'],
  ['2001:DB8::/32'],
  ['2001:db8:0:0:0:0:0:1/128'],
  ['::ffff:10.0.0.0/104'],
  [''],
])('accept %s as a block, as a cloud may write it', (text) => {
  expect(issues(block, text)).toEqual([]);
});

it.each<[unknown]>([
  [' '],
  ['rubbish'],
  ['10.0.0.0/33'],
  ['10.0.0/8'],
  ['256.0.0.0/8'],
  ['10.0.0.0/'],
  ['10.0.0.0/-1'],
  ['::/129'],
  ['10.0.0.0/8 '],
  ['10.0.0.0/8\n'],
  ['sg-1'],
  ['abc/8'],
  [8],
])('refuse %j as a block', (given) => {
  expect(issues(block, given)).toHaveLength(1);
});

it('stop after a few mistakes', () => {
  expect(
    issues(
      list(text),
      Array.from({ length: 1_000 }, () => 7),
    ),
  ).toHaveLength(6);
  expect(issues(record(text), Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [at, 7])))).toHaveLength(6);
});
