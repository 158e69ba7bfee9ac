import { describe, expect, it } from 'vitest';
import { Decisions } from '../../src/simulation/traffic/outcomes.js';
import { Published } from '../../src/simulation/traffic/published.js';

function world(delays: readonly number[]) {
  let now = 0;
  let next = 0;
  const gateways = new Map<string, string>();
  const ground = { now: () => now, dataPathDelayMs: () => delays[next++] ?? 0, decisions: new Decisions() };
  const published = new Published<string>(ground, (key) => gateways.get(key));
  const change = (view: string | undefined): void =>
    published.around('a', () => {
      if (view === undefined) gateways.delete('a');
      else gateways.set('a', view);
    });
  return { published, change, at: (ms: number) => ((now = ms), published.get('a')) };
}

describe('what the data path sees of a gateway', () => {
  it('is what it was until the delay is over', () => {
    const { change, at } = world([0, 2000]);
    change('one');
    expect(at(0)).toBe('one');
    change('two');
    expect(at(1999)).toBe('one');
    expect(at(2000)).toBe('two');
  });

  it('never goes back to an older change that was slower', () => {
    const { change, at } = world([0, 5000, 1000]);
    change('one');
    at(0);
    change('two');
    change('three');
    expect(at(4999)).toBe('one');
    expect(at(5000)).toBe('three');
  });

  it('is gone with a delay, too', () => {
    const { change, at } = world([0, 1000]);
    change('one');
    at(0);
    change(undefined);
    expect(at(999)).toBe('one');
    expect(at(1000)).toBeUndefined();
  });

  it('is not there at once where the gateway is new', () => {
    const { change, at } = world([1000]);
    change('one');
    expect(at(999)).toBeUndefined();
    expect(at(1000)).toBe('one');
  });
});
