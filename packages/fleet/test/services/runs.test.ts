import { describe, expect, it } from 'vitest';
import { listedWith } from '../../src/services/runs.js';

describe('listedWith', () => {
  it('keeps 20 rounds of watch beside 180 other runs, and names what is not listed any more', () => {
    let listed = { runs: [] as readonly string[], rounds: [] as readonly string[] };
    const over: string[] = [];
    for (let at = 0; at < 1_000; at += 1) {
      const isRound = at % 5 !== 0;
      const next = listedWith(listed, `${isRound ? 'round' : 'run'}${at}`, isRound);
      listed = next;
      over.push(...next.over);
    }
    const rounds = listed.runs.filter((run) => run.startsWith('round'));
    expect(rounds).toEqual(listed.rounds);
    expect([listed.runs.length, rounds.length, listed.runs[0], rounds[19]]).toEqual([200, 20, 'round999', 'round976']);
    expect(new Set([...listed.runs, ...over]).size).toBe(1_000);
    expect(over).toHaveLength(800);
  });
});
