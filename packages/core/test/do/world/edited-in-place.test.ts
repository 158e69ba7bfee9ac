import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/check/checks/explain.js';
import { check } from '../../../src/check/checks/run.js';
import { graphOf } from '../../../src/check/graph/of-spec.js';
import { diff } from '../../../src/do/plan/diff.js';
import { ALIBABA_FAULTS } from '../../check/checks/alibaba-faults.js';
import { AWS_FAULTS } from '../../check/checks/aws-faults.js';
import type { Fault } from '../../check/checks/faults.js';
import { REST_FAULTS } from '../../check/checks/rest-faults.js';
import { restV1World } from '../../check/checks/rest-world.js';
import { alibabaWorld, awsWorld, type World } from '../../check/checks/world.js';
import { runs } from '../../runs.js';
import { CLOUDS } from '../../clouds.js';

/** Where an edit is made, how, and with which value of the same list. */
interface Edit {
  readonly at: number;
  readonly is: 'emptied' | 'replaced' | 'item removed' | 'member changed' | 'member removed';
  readonly other: number;
}

const arbEdits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({
    at: fc.nat(),
    is: fc.constantFrom<Edit['is'][]>('emptied', 'replaced', 'item removed', 'member changed', 'member removed'),
    other: fc.nat(),
  }),
  { minLength: 1, maxLength: 3 },
);

type Holder = Record<string, unknown>;

/** Every object and list of a value, each with the member that it is in. */
function* partsOf(value: unknown, holder: Holder = {}, key = ''): Generator<readonly [unknown, Holder, string]> {
  if (typeof value !== 'object' || value === null) return;
  if (key !== '') yield [value, holder, key];
  for (const [name, member] of Object.entries(value)) yield* partsOf(member, value as Holder, name);
}

/** Edits a snapshot or a spec in place, as a program that keeps it may do. */
function edit(root: object, edits: readonly Edit[]): void {
  for (const { at, is, other } of edits) {
    const isOfList = is === 'emptied' || is === 'replaced' || is === 'item removed';
    const parts = [...partsOf(root)].filter(
      ([part]) => Array.isArray(part) === isOfList && Object.keys(part as object).length > 0,
    );
    if (parts.length === 0) continue;
    const [part, holder, key] = parts[at % parts.length]!;
    if (Array.isArray(part)) {
      if (is === 'emptied') part.length = 0;
      else if (is === 'replaced') holder[key] = part.filter((_, which) => which !== other % part.length);
      else part.splice(other % part.length, 1);
      continue;
    }
    const item = part as Holder;
    const name = Object.keys(item)[other % Object.keys(item).length]!;
    if (is === 'member removed') delete item[name];
    else item[name] = changed(item[name], Array.isArray(holder) ? holder[other % holder.length]?.[name] : undefined);
  }
}

/** Another value of the same type: that of another item of the list, where it has one. */
function changed(value: unknown, others: unknown): unknown {
  if (others !== undefined && others !== value) return others;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return typeof value === 'string' ? `${value}0` : value;
}

/** What the functions that judge a snapshot and a spec return, or throw. */
function judge(snapshot: World['snapshot'], spec: World['spec']): readonly unknown[] {
  const calls: readonly (() => unknown)[] = [
    () => check(snapshot, spec, { clouds: CLOUDS }),
    () => diff(snapshot, spec, { clouds: CLOUDS }),
    () => graphOf(snapshot, spec, { clouds: CLOUDS }),
    ...Object.keys(spec.integrations ?? {}).map(
      (integration) => () => explain(snapshot, spec, { clouds: CLOUDS, integration }),
    ),
  ];
  return calls.map((call) => {
    try {
      return call();
    } catch (error) {
      return { thrown: String(error) };
    }
  });
}

const worlds: readonly [string, () => World, readonly Fault[]][] = [
  ['AWS', awsWorld, AWS_FAULTS],
  ['a REST API', restV1World, REST_FAULTS],
  ['Alibaba Cloud', alibabaWorld, ALIBABA_FAULTS],
];

describe.each(worlds)('a snapshot and a spec that a program edits in place, of %s', (_, worldOf, faults) => {
  it('are judged as copies of them are', () => {
    const some = fc.uniqueArray(fc.constantFrom(...faults), { maxLength: 2 });
    fc.assert(
      fc.property(some, arbEdits, fc.boolean(), (wrong, edits, ofSpec) => {
        const world = worldOf();
        const { snapshot, spec } = world;
        for (const [, change] of wrong) change(world);
        judge(snapshot, spec);
        edit(ofSpec ? spec : snapshot, edits);
        expect(judge(snapshot, spec)).toEqual(judge(structuredClone(snapshot), structuredClone(spec)));
      }),
      { numRuns: runs(6, 1_000), seed: 20_261_123 },
    );
  });
});
