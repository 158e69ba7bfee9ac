import { describe, it, expect } from 'vitest';
import { gate, lanes } from '../../../src/do/apply/run.js';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Work that ends when the test ends it; what begins and ends is logged. */
function works(log: string[]) {
  const ends = new Map<string, () => void>();
  return {
    work: (name: string) => async (): Promise<string> => {
      log.push(`${name} begins`);
      await new Promise<void>((resolve) => ends.set(name, resolve));
      log.push(`${name} ends`);
      return name;
    },
    end: async (name: string): Promise<void> => {
      ends.get(name)!();
      await settled();
    },
  };
}

describe('a gate', () => {
  it('lets as many run as it is wide, the others in the order of their arrival', async () => {
    const log: string[] = [];
    const { work, end } = works(log);
    const { run } = gate(2);
    const all = ['a', 'b', 'c', 'd'].map((name) => run(work(name)));
    await settled();
    expect(log).toEqual(['a begins', 'b begins']);
    await end('b');
    expect(log.slice(2)).toEqual(['b ends', 'c begins']);
    const late = run(work('e'));
    await end('a');
    await end('c');
    expect(log.slice(4)).toEqual(['a ends', 'd begins', 'c ends', 'e begins']);
    await end('d');
    await end('e');
    expect(await Promise.all([...all, late])).toEqual(['a', 'b', 'c', 'd', 'e']);
    const again = [run(work('f')), run(work('g')), run(work('h'))];
    await settled();
    expect(log.slice(-2)).toEqual(['f begins', 'g begins']);
    for (const name of ['f', 'g', 'h']) await end(name);
    await Promise.all(again);
  });

  it('goes on after work that fails', async () => {
    const { run } = gate(1);
    await expect(run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await run(async () => 1)).toBe(1);
  });
});

it('lanes: keep work with the same key apart, and no other', async () => {
  const log: string[] = [];
  const { work, end } = works(log);
  const { run } = lanes();
  const all = [
    run('x', work('a')),
    run('x', work('b')),
    run('y', work('c')),
    run(undefined, work('d')),
    run(undefined, work('e')),
  ];
  await settled();
  expect(log).toEqual(['a begins', 'c begins', 'd begins', 'e begins']);
  for (const name of ['a', 'b', 'c', 'd', 'e']) await end(name);
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd', 'e']);
});
