import * as watch from '@postern/core/internal/watch';
import { describe, expect, it } from 'vitest';
import { PROVE, runs } from '../../../core/test/runs.js';
import { year } from './year.js';

describe('a year of edits by others', () => {
  it('each verdict that changed is reported once, with what drifted, and none that did not', async () => {
    const { told, wanted, causes, rounds, days, drifts } = await year(watch, runs(8, 500));
    // Those that change together may be in another order.
    expect(told.toSorted()).toEqual(wanted.toSorted());
    expect(told.length).toBeGreaterThan(4);
    expect(new Set(causes)).toEqual(new Set(['drifted named']));
    expect(drifts).toBeGreaterThan(told.length / 4);
    if (PROVE) {
      console.log(`${days.toFixed(0)} days, ${rounds} rounds, ${told.length} changes, ${drifts} drifts`);
      expect(days).toBeGreaterThan(350);
    }
  });
});
