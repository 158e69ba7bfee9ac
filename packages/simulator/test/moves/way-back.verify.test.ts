import { describe, expect, it } from 'vitest';
import { ended, MINUTE } from './scene.js';
import type { WayBackWorld } from './way-back-world.js';
import { WAY_BACK_WORLDS } from './way-back-worlds.js';

describe.each(Object.entries(WAY_BACK_WORLDS))('where the former path of %s serves no calls', (_, make) => {
  /** Breaks the former path after the switch, and fails the analysis then. */
  const failing = ({ former, run, settlesMs, advance }: WayBackWorld) => {
    let isBroken = false;
    const analysis = async ({ percent }: { readonly percent: number }) => {
      if (percent === 100 && !isBroken) {
        await advance(settlesMs);
        await former.breaks();
      }
      isBroken ||= percent === 100;
      return { ok: percent !== 100, because: 'latency' };
    };
    return { ...run, analysis, pauseMs: MINUTE, drainMs: MINUTE };
  };

  it('an automatic return waits, and leaves calls where they are served, until its operator says that it returns', async () => {
    const world = await make();
    const { moves, plan, calls, advance } = world;
    const end = calls();
    const { result, events } = await ended(moves.run(plan, failing(world)));
    expect(result).toMatchObject({
      state: 'failed',
      onNew: [expect.anything()],
      failures: [{ code: 'ANALYSIS_FAILED' }, { code: 'WAIT_TIMEOUT' }],
    });
    expect(result.failures[1]?.message).toContain('its calls stay as they are: after 10 min');
    const failed = events.findLast((event) => event.type === 'step.failed');
    for (const text of [`migrate rollback ${plan.move}`, `migrate abort ${plan.move}`, `migrate leave ${plan.move}`])
      expect(failed?.error.remedy).toContain(text);
    expect(failed?.error.remedy).toContain('--despite-errors');
    expect(await end()).toBe(0);
    const told = calls();
    const back = await ended(moves.rollback(plan.move, { force: true, drainMs: 0 }));
    expect(back.result).toMatchObject({ state: 'rolled-back', onNew: [] });
    await advance(5 * MINUTE);
    expect(await told()).toBeGreaterThan(0);
  });

  it('the command that continues the return goes on as soon as it does', async () => {
    const world = await make();
    const { moves, plan, former, settlesMs, calls } = world;
    const end = calls();
    const { result } = await ended(moves.run(plan, failing(world)));
    expect(result.state).toBe('failed');
    await former.mends();
    const back = await ended(moves.rollback(plan.move, { drainMs: settlesMs }));
    expect(back.result).toMatchObject({ state: 'rolled-back', failures: [], onNew: [] });
    expect(await end()).toBe(0);
  });

  it('rollback is refused before it changes anything', async () => {
    const { moves, plan, run, settlesMs, former, calls, advance } = await make();
    const { result } = await ended(moves.run(plan, { ...run, pauseMs: 0, drainMs: MINUTE }));
    expect(result.state).toBe('draining');
    await advance(5 * MINUTE + settlesMs);
    const end = calls();
    await former.breaks();
    await expect(ended(moves.rollback(plan.move, { drainMs: 0 }))).rejects.toMatchObject({
      code: 'FINDINGS_FAILED',
      remedy: expect.stringContaining('--despite-errors'),
    });
    expect(await end()).toBe(0);
  });
});
