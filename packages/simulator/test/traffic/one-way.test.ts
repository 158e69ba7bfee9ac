import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../src/simulation/time/seeded-random.js';
import { drawOf, type Fork } from '../../src/simulation/traffic/outcomes.js';
import { RememberedWays } from '../../src/simulation/traffic/one-way.js';

/** Ways with forks in them: the second fork is met on the first branch only. */
function world(seed: number) {
  let evaluations = 0;
  const random = new SeededRandom(seed);
  const by = (weights: readonly number[]) => drawOf(weights, () => random.next());
  const evaluate = (fork: Fork): string => {
    evaluations += 1;
    if (fork(by([3, 1])) === 1) return 'b';
    return ['a1', 'a2'][fork(by([1, 1]))] ?? '';
  };
  return { evaluate, evaluations: () => evaluations };
}

describe('remembered ways', () => {
  it('are each evaluated once, however many calls take them', () => {
    const { evaluate, evaluations } = world(1);
    const ways = new RememberedWays<string>();
    for (let call = 0; call < 10_000; call += 1) ways.take(evaluate);
    expect(evaluations()).toBe(3);
  });

  it('are taken in proportion to their weights', () => {
    const { evaluate } = world(7);
    const ways = new RememberedWays<string>();
    const taken: Record<string, number> = {};
    for (let call = 0; call < 10_000; call += 1) {
      const end = ways.take(evaluate);
      taken[end] = (taken[end] ?? 0) + 1;
    }
    expect(taken['b']).toBeGreaterThan(2300);
    expect(taken['b']).toBeLessThan(2700);
    expect(Math.abs((taken['a1'] ?? 0) - (taken['a2'] ?? 0))).toBeLessThan(400);
  });

  it('without a fork are one', () => {
    const ways = new RememberedWays<string>();
    expect(ways.take(() => 'only')).toBe('only');
    expect(ways.take(() => 'another')).toBe('only');
  });
});
