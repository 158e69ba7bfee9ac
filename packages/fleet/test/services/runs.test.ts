import { describe, expect, it } from 'vitest';
import { CANCELED_WITHIN_MS, isEndedBy } from '../../src/services/fleet.js';
import { listedWith, lookUntil, unseenBy, UNSEEN_AFTER_LOSS_MS, UNSEEN_MS } from '../../src/services/runs.js';

it('listedWith: keeps 20 rounds of watch beside 180 other runs, and names what is not listed any more', () => {
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

describe('what was created before a run and may not be seen yet', () => {
  const place = (project: string) => JSON.stringify([project, 'aws', '111122223333', 'eu-west-1']);
  const left = [
    { run: 'a', places: [place('shop')], atMs: 5_000, forMs: 60_000 },
    { run: 'b', places: [place('other')], atMs: 9_000, forMs: 60_000 },
  ];

  it('is that of runs of the same project, account and region, and of lost data', () => {
    const lostMs = 1_000;
    expect(unseenBy([place('shop')], left, lostMs)).toEqual([
      { atMs: lostMs, forMs: 60_000 },
      { atMs: 5_000, forMs: 60_000 },
    ]);
    expect(unseenBy([], left, lostMs)).toEqual([]); // it changes nothing
  });

  it('lasts longer where the last step is not known', () => {
    expect([UNSEEN_MS, UNSEEN_AFTER_LOSS_MS]).toEqual([60_000, 180_000]);
  });

  it('is looked for until lists must show it, on the clock of the clouds', () => {
    const unseen = [
      { atMs: 1_000, forMs: 60_000 },
      { atMs: 5_000, forMs: 60_000 },
    ];
    expect(lookUntil(unseen, { engine: 10_000, clouds: 500_000 }, 1)).toBe(555_000);
    expect(lookUntil(unseen, { engine: 10_000, clouds: 500_000 }, 20)).toBe(460_000); // before now: lists show it
    expect(lookUntil([], { engine: 10_000, clouds: 500_000 }, 1)).toBe(0);
  });
});

it('a run ends with another cancellation once no step of it can go on', () => {
  const at = '2026-11-26T12:00:00.000Z';
  const cancel = { action: 'cancel', at, by: 'ada' } as const;
  expect(isEndedBy([cancel], Date.parse(at) + CANCELED_WITHIN_MS - 1)).toBe(false);
  expect(isEndedBy([cancel], Date.parse(at) + CANCELED_WITHIN_MS)).toBe(true);
  expect(isEndedBy([{ ...cancel, action: 'pause' }], Date.parse(at) + CANCELED_WITHIN_MS)).toBe(false);
});
