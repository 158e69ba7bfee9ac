import { expect, it } from 'vitest';
import { copyState } from '../../src/simulation/dispatch/past-states.js';

const state = () => ({
  account: '111122223333',
  regions: new Map([['eu-west-1', { rows: [{ id: 'a', at: new Date(5), tags: { ['__proto__']: { x: 1 } } }] }]]),
  bytes: new Uint8Array([1, 2]),
  none: undefined,
  nothing: null,
});

it('equals the state, as structuredClone does', () => {
  expect(copyState(state())).toStrictEqual(structuredClone(state()));
});

it('shares nothing with it', () => {
  const first = state();
  const copy = copyState(first);
  const row = first.regions.get('eu-west-1')?.rows[0];
  row?.at.setTime(9);
  if (row !== undefined) row.id = 'b';
  first.regions.clear();
  first.bytes[0] = 7;
  expect(copy).toStrictEqual(state());
});

it('refuses a Set, which no state has', () => {
  expect(() => copyState({ ids: new Set(['a']) })).toThrow(TypeError);
});
