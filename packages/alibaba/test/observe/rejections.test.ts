import { createContext } from '@postern/core/internal/library';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OWNER, simulated } from '../world/simulated.js';

describe('apply D7: a rejection at any call is handled', () => {
  const unhandled: unknown[] = [];
  const record = (reason: unknown): void => void unhandled.push(reason);
  beforeEach(() => {
    unhandled.length = 0;
    process.on('unhandledRejection', record);
  });
  afterEach(() => void process.off('unhandledRejection', record));

  it.each([
    ['everything', { all: true, project: OWNER.project }],
    ['everything, for checks', { all: true, checks: true, project: OWNER.project }],
    ['every gateway', { allGateways: true, project: OWNER.project }],
  ])('observing %s, aborted at its n-th call', async (_, scope) => {
    const { driver, ctx } = await simulated({ throttle: false });
    let ended = false;
    for (let last = 1; !ended && last < 300; last += 1) {
      const stop = new AbortController();
      let calls = 0;
      const context = createContext({
        clock: ctx.clock,
        signal: stop.signal,
        trace: () => {
          calls += 1;
          if (calls === last) stop.abort(new Error('the caller has gone'));
          return undefined;
        },
      });
      ended = await driver.observe(scope, context).then(
        () => calls < last,
        (error: unknown) => {
          expect(error).toMatchObject({ code: 'ABORTED' });
          return false;
        },
      );
      // Unhandled rejections are reported after the microtasks of a turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(ended).toBe(true);
    expect(unhandled).toEqual([]);
  });
});
