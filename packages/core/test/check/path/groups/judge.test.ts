import { expect, it } from 'vitest';
import { judgeGroups, type References } from '../../../../src/check/path/groups/judge.js';
import {
  createGroupSet,
  unknownGroups,
  type Filter,
  type GroupSet,
  type RankedRule,
} from '../../../../src/check/path/model/group-set.js';
import { readSpan, type Span } from '../../../../src/check/path/model/span.js';

const ASKED = readSpan('10.0.0.0/28') as Span;
const ELSEWHERE = [readSpan('10.9.0.0/16') as Span];
const MISSING = { what: 'a list', remedy: 'Read it.' };

const groups = (...ids: readonly string[]): GroupSet => createGroupSet(ids, () => ({ is: 'absent' }));
const UNREAD = unknownGroups(MISSING);

/** A rule for sg-1; its action and rank are what decides. */
const ranked = (action: 'allow' | 'drop', rank: number): RankedRule => ({
  rule: { direction: 'in', protocol: 'tcp', fromPort: 80, toPort: 80, action, cidrBlock: '10.0.0.0/8' },
  groupId: 'sg-1',
  rank,
  allow: action === 'allow',
});
const allow = (rank: number) => ranked('allow', rank);
const drop = (rank: number) => ranked('drop', rank);

function filter({ block, ...more }: Partial<Filter> & { readonly block?: RankedRule }): Filter {
  const none = { starts: [], values: [] };
  const blocks4 = block === undefined ? none : { starts: [ASKED.start, ASKED.end], values: [block, undefined] };
  const empty = { references: new Map(), open: [], few: [], drops: [], inner: [], implicit: false, hasRules: true };
  return { direction: 'in', set: groups('sg-1'), blocks4, blocks6: none, ...empty, ...more };
}

const open = (isAllow: boolean | undefined, rank: number, more: object = {}) => ({
  open: [{ rank, allow: isAllow, missing: MISSING, ...more }],
});
const few = (rank: number, ports: number, more: object = {}) => ({ rule: drop(rank), rank, ports, ...more });
const by = (...rules: readonly (readonly [string, RankedRule])[]) => ({ references: new Map(rules) });

it.each<[string, string, Parameters<typeof filter>[0], GroupSet | undefined, References]>([
  // Rules that name groups: of several the first decides, and of a rule with a block the one of the lower rank.
  ['pass', 'the first of two references', by(['sg-a', drop(2)], ['sg-b', allow(1)]), groups('sg-a', 'sg-b'), 'kept'],
  ['fail', 'the first of two references', by(['sg-a', drop(1)], ['sg-b', allow(2)]), groups('sg-a', 'sg-b'), 'kept'],
  ['fail', 'a block before a reference', { ...by(['sg-a', allow(2)]), block: drop(1) }, groups('sg-a'), 'kept'],
  ['fail', 'a reference that the path does not keep', by(['sg-a', allow(1)]), groups('sg-a'), 'lost'],
  ['unknown', 'a reference that the path may keep', by(['sg-a', allow(1)]), groups('sg-a'), MISSING],
  ['fail', 'a reference to another group', by(['sg-a', allow(1)]), groups('sg-b'), MISSING],
  ['unknown', 'groups that were not read', by(['sg-a', allow(1)]), UNREAD, 'kept'],
  ['pass', 'the same, behind a block', { ...by(['sg-a', drop(2)]), block: allow(1) }, UNREAD, 'kept'],
  ['fail', 'the same, where both deny', by(['sg-a', drop(1)]), UNREAD, 'kept'],
  // Members of a group that reach each other.
  ['pass', 'members of one group', { inner: ['sg-a'], block: drop(1) }, groups('sg-a'), 'kept'],
  ['fail', 'the same, where the path may not keep it', { inner: ['sg-a'], block: drop(1) }, groups('sg-a'), MISSING],
  ['unknown', 'members that were not read', { inner: ['sg-a'], block: drop(1) }, UNREAD, 'kept'],
  ['pass', 'the same, where a block allows', { inner: ['sg-a'], block: allow(1) }, UNREAD, 'kept'],
  // Rules with an unknown fact: only one that precedes, and decides otherwise, matters.
  ['unknown', 'an open rule before', { block: allow(2), ...open(false, 1) }, undefined, 'kept'],
  ['pass', 'an open rule of the same rank', { block: allow(1), ...open(false, 1) }, undefined, 'kept'],
  ['pass', 'an open rule that allows, too', { block: allow(2), ...open(true, 1) }, undefined, 'kept'],
  ['pass', 'an open rule elsewhere', { block: allow(2), ...open(false, 1, { spans: ELSEWHERE }) }, undefined, 'kept'],
  ['unknown', 'one of a group', { block: allow(2), ...open(false, 1, { groupId: 'sg-a' }) }, groups('sg-a'), 'kept'],
  ['unknown', 'one, groups unread', { block: allow(2), ...open(false, 1, { groupId: 'sg-a' }) }, UNREAD, 'kept'],
  ['pass', 'one of another', { block: allow(2), ...open(false, 1, { groupId: 'sg-a' }) }, groups('sg-b'), 'kept'],
  // Drops of a few source ports: together they may be more than a few.
  ['pass few', 'a few ports', { block: allow(2), few: [few(1, 100)] }, undefined, 'kept'],
  ['unknown', 'many ports together', { block: allow(2), few: [few(1, 400), few(1, 400)] }, undefined, 'kept'],
  ['pass', 'a few ports behind the rule', { block: allow(1), few: [few(2, 100)] }, undefined, 'kept'],
  ['pass', 'a few elsewhere', { block: allow(2), few: [few(1, 100, { spans: ELSEWHERE })] }, undefined, 'kept'],
  ['fail', 'a few of what is dropped', { block: drop(2), few: [few(1, 100)] }, undefined, 'kept'],
])('%s: %s', (expected, _, rules, other, references) => {
  const [judgement, ...more] = judgeGroups(filter(rules), ASKED, other, references);
  expect(more).toEqual([]);
  expect([judgement?.verdict, ...(judgement?.few === undefined ? [] : ['few'])].join(' ')).toBe(expected);
});
