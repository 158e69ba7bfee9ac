import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../src/simulation/time/seeded-random.js';
import { RememberedWays } from '../../src/simulation/traffic/one-way.js';

/** Ways with forks in them: the second fork is met on the first branch only. */
function world() {
  let evaluations = 0;
  const evaluate = (fork: (weights: readonly number[]) => number): string => {
    evaluations += 1;
    if (fork([3, 1]) === 1) return 'b';
    return ['a1', 'a2'][fork([1, 1])] ?? '';
  };
  return { evaluate, evaluations: () => evaluations };
}

describe('remembered ways', () => {
  it('are each evaluated once, however many calls take them', () => {
    const { evaluate, evaluations } = world();
    const ways = new RememberedWays<string>();
    const random = new SeededRandom(1);
    for (let call = 0; call < 10_000; call += 1) ways.take(() => random.next(), evaluate);
    expect(evaluations()).toBe(3);
  });

  it('are taken in proportion to their weights', () => {
    const { evaluate } = world();
    const ways = new RememberedWays<string>();
    const random = new SeededRandom(7);
    const taken: Record<string, number> = {};
    for (let call = 0; call < 10_000; call += 1) {
      const end = ways.take(() => random.next(), evaluate);
      taken[end] = (taken[end] ?? 0) + 1;
    }
    expect(taken['b']).toBeGreaterThan(2300);
    expect(taken['b']).toBeLessThan(2700);
    expect(Math.abs((taken['a1'] ?? 0) - (taken['a2'] ?? 0))).toBeLessThan(400);
  });

  it('without a fork are one', () => {
    const ways = new RememberedWays<string>();
    expect(ways.take(Math.random, () => 'only')).toBe('only');
    expect(ways.take(Math.random, () => 'another')).toBe('only');
  });
});
