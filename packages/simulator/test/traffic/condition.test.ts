import { describe, expect, it } from 'vitest';
import { failingCondition, WELL, type ConditionHistory } from '../../src/simulation/traffic/backends/backend.js';

const check = { passes: ({ answers }: { answers: boolean }) => answers, unhealthyMs: 60, healthyMs: 150 };
const down: ConditionHistory = { ...WELL, answers: false, since: 1000, before: WELL };

describe('health by condition', () => {
  it('fails when enough checks have failed, not before', () => {
    expect(failingCondition(down, check, 1059)).toBeUndefined();
    expect(failingCondition(down, check, 1060)).toMatchObject({ answers: false });
  });

  it('is back when enough checks have passed, not before', () => {
    const up: ConditionHistory = { ...WELL, since: 2000, before: down };
    expect(failingCondition(up, check, 2149)).toMatchObject({ answers: false });
    expect(failingCondition(up, check, 2150)).toBeUndefined();
  });

  it('does not notice a short failure', () => {
    const up: ConditionHistory = { ...WELL, since: 1030, before: down };
    expect(failingCondition(up, check, 1031)).toBeUndefined();
  });
});
