import { expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import { faultsOf, raised } from '../history.mjs';

it.each([
  ['core/cidr: merge adjacent prefixes', []],
  ['x'.repeat(72), []],
  [`core: ${'x'.repeat(67)}`, [/more than 72 characters/]],
  ['Read again: one owner for what adapters had written twice', [/about the making/]],
  ['What a second reading found: names', [/about the making/]],
  ['cli: a page that is read again by a reader', []],
] as const)('a title of a commit: %s', (title, faults) => {
  expect(faultsOf(title)).toEqual(faults.map((fault) => expect.stringMatching(fault)));
});

it('sums of lines only fall', () => {
  expect(raised({ sources: 10, tests: 10 }, { sources: 11, tests: 9 })).toEqual([
    expect.stringContaining('sources 11, at'),
  ]);
});
