import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairings, type PlannedSet } from '../../src/overlay/terraform/references/pairings.js';
import { Unknown, type Evaluated } from '../../src/overlay/terraform/sources/unknown.js';
import { runs } from '../runs.js';

/** What names `known` has a value before the apply. */
const isKnown = ({ texts }: Unknown): boolean => texts[0] === 'known';

const REFERENCE = new Unknown(['open']);
const set = (values: PlannedSet['values'], unknown: PlannedSet['unknown'] = values.map(() => ({ arn: true }))) => ({
  values,
  unknown,
  sensitive: false,
  read: ['arn', 'weight'],
});
const weighed = (...weights: readonly Evaluated[]) => weights.map((weight) => ({ arn: REFERENCE, weight }));

describe('blocks of a set and of the configuration', () => {
  it.each<[string, PlannedSet, readonly Evaluated[], readonly (readonly number[])[]]>([
    ['constants', set([{ weight: 0 }, { weight: 100 }]), weighed(100, 0), [[1, 0]]],
    ['a number written as text', set([{ weight: 0 }, { weight: 100 }]), weighed('100', '0'), [[1, 0]]],
    ['one constant', set([{ weight: 0 }, { weight: 100 }]), weighed(new Unknown(['known']), 0), [[1, 0]]],
    [
      'what is left out, beside a constant',
      set([{ weight: 1 }, { weight: 9 }]),
      [{ arn: REFERENCE, weight: 9 }, { arn: REFERENCE }],
      [[1, 0]],
    ],
    [
      'references alone',
      set([{ weight: 0 }, { weight: 100 }]),
      weighed(REFERENCE, REFERENCE),
      [
        [0, 1],
        [1, 0],
      ],
    ],
    ['values that are the same', set([{ weight: 5 }, { weight: 5 }]), weighed(5, 5), [[0, 1]]],
    [
      'a reference to what is known, and a value that is not',
      set([{ weight: 5 }, { arn: 'a', weight: 5 }], [{ arn: true }, {}]),
      [{ arn: new Unknown(['known']) }, { arn: REFERENCE }],
      [[1, 0]],
    ],
    [
      'constants that the provider changed',
      set([{ weight: 1 }, { weight: 2 }]),
      weighed(3, 4),
      [
        [0, 1],
        [1, 0],
      ],
    ],
    ['a dynamic block', set([{ weight: 0 }, { weight: 100 }]), weighed(0), []],
    ['equal blocks', set([{ weight: 0 }]), weighed(0, 0), []],
    [
      'a nested block',
      set([
        { arn: 'a', weight: [{ of: 1 }] },
        { arn: 'b', weight: [{ of: 2 }] },
      ]),
      [{ weight: [{ of: 2 }] }, { weight: [{ of: 1 }] }],
      [[1, 0]],
    ],
    [
      'a list, whose order is that of a set',
      set([{ weight: ['b', 'a'] }, { weight: [] }]),
      weighed([], ['a', 'b']),
      [[1, 0]],
    ],
  ])('%s', (_, values, written, ways) => {
    expect(pairings(values, written, isKnown)).toEqual(ways);
  });

  it('has bounds', () => {
    const many = Array.from({ length: 30 }, (_, at) => ({ weight: at }));
    expect(
      pairings(
        set(many),
        many.map(() => ({ arn: REFERENCE })),
        isKnown,
      ),
    ).toHaveLength(65);
    // A block that no value can be, found last.
    const none = [...many.slice(1).map(() => ({ arn: REFERENCE })), { weight: -1 }];
    expect(pairings(set(many), none, isKnown)).toEqual([]);
  });

  it('never leaves out what the configuration writes', () => {
    const attribute = fc.record({
      value: fc.constantFrom(undefined, 1, 2, 3),
      as: fc.constantFrom('constant', 'known', 'open', 'none'),
    });
    const block = fc.record({ arn: attribute, weight: attribute });
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 5 }), fc.infiniteStream(fc.nat()), (blocks, numbers) => {
        const order = blocks.map((_, at) => at);
        const sorted = order.map((at) => [numbers.next().value as number, at] as const);
        const truth = sorted.toSorted(([a], [b]) => a - b).map(([, at]) => at);
        const written = blocks.map((one) => membersOf(one, writtenOf));
        const planned = truth.map((at) => blocks[at]!);
        const values = planned.map((one) =>
          membersOf(one, ({ value, as }) => (isOpen({ value, as }) ? undefined : (value ?? null))),
        );
        const unknown = planned.map((one) => membersOf(one, isOpen));
        const one = { ...set(values as PlannedSet['values'], unknown as PlannedSet['unknown']) };
        const read = (ways: readonly number[]): string =>
          JSON.stringify(
            ways
              .map((at, value) => [values[value], unknown[value], at].map((part) => JSON.stringify(part)).join(' '))
              .toSorted(),
          );
        const ways = pairings(one, written, isKnown);
        // So many are not judged one by one: which of them are named does not matter.
        if (ways.length < 65) expect(ways.map(read)).toContain(read(truth));
      }),
      { numRuns: runs(150, 20_000) },
    );
  });
});

interface Written {
  readonly value: number | undefined;
  readonly as: string;
}

/** Only what an open reference writes can be unknown. */
const isOpen = ({ value, as }: Written): boolean => as === 'open' && value === undefined;

function writtenOf({ value, as }: Written): Evaluated | undefined {
  if (as === 'none') return undefined;

  return as === 'constant' ? (value ?? null) : new Unknown([as]);
}

function membersOf<T>(
  one: Readonly<Record<string, Written>>,
  of: (one: Written) => T | undefined,
): Readonly<Record<string, T>> {
  const members = Object.entries(one).map(([name, written]) => [name, of(written)] as [string, T | undefined]);
  return Object.fromEntries(members.filter((one): one is [string, T] => one[1] !== undefined));
}
