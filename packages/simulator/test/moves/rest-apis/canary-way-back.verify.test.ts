import type { Moves } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import { ended, MINUTE } from '../scene.js';
import { stageWayBack } from './stage-way-back.js';

describe('where the former path of a canary of a stage of a REST API serves no calls', () => {
  const canary = { percent: 20 };

  it('an automatic return waits, and its share stays on the new one', async () => {
    const { moves, plan, former } = await stageWayBack();
    let isBroken = false;
    const analysis = async () => {
      if (!isBroken) await former.breaks();
      isBroken = true;
      return { ok: false, because: 'latency' };
    };
    const { result } = await ended(moves.run(plan, { analysis, canary, pauseMs: MINUTE, drainMs: MINUTE }));
    expect(result).toMatchObject({
      state: 'failed',
      failures: [{ code: 'ANALYSIS_FAILED' }, { code: 'WAIT_TIMEOUT' }],
    });
    expect(await shares(moves)).toEqual(['canary 20']);
    const told = await ended(moves.rollback(plan.move, { force: true, drainMs: 0 }));
    expect(told.result.state).toBe('rolled-back');
    expect(await shares(moves)).toEqual([]);
  });

  it.each(['serves none', 'serves calls'])('rollback is judged before it changes anything: it %s', async (serves) => {
    const { moves, plan, former } = await stageWayBack();
    const analysis = () => Promise.resolve({ ok: false, because: 'latency' });
    const how = { analysis, canary, pauseMs: MINUTE, drainMs: MINUTE, autoRollback: false };
    expect((await ended(moves.run(plan, how))).result.state).toBe('failed');
    if (serves === 'serves none') {
      await former.breaks();
      await expect(ended(moves.rollback(plan.move, { drainMs: 0 }))).rejects.toMatchObject({
        code: 'FINDINGS_FAILED',
        remedy: expect.stringContaining('--despite-errors'),
      });
      expect(await shares(moves)).toEqual(['canary 20']);
      await former.mends();
    }
    const { result } = await ended(moves.rollback(plan.move, { drainMs: 0 }));
    expect(result).toMatchObject({ state: 'rolled-back', failures: [] });
  });
});

/** Where the units of open moves are. */
async function shares(moves: Moves): Promise<readonly string[]> {
  const open = (await moves.status()).filter(({ next }) => next !== 'nothing');
  return open.flatMap(({ units }) => units.map(({ at, percent }) => `${at} ${percent ?? ''}`));
}
