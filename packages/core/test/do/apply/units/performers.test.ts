import { describe, it, expect } from 'vitest';
import type { Unit } from '../../../../src/do/plan/plan.js';
import { planStep, unitScene } from './scene.js';
import type { UnitResult } from '../../../../src/do/apply/run.js';
import { performUnit } from '../../../../src/do/apply/execute-unit.js';

const LINK = { kind: 'vpc-link-v2', id: 'l-1' } as const;

describe('a unit after those that it awaits', () => {
  const unit: Unit = {
    id: 'link:eu',
    kind: 'link',
    name: 'eu',
    provider: 'aws',
    region: 'eu-west-1',
    account: '1',
    dependsOn: ['a', 'b'],
    steps: [planStep('rename', 'rename', 'link', { linkRef: LINK, name: 'eu' })],
  };
  const result = (fields: Partial<UnitResult> = {}): UnitResult => ({
    done: 1,
    failed: 0,
    skipped: 0,
    links: [],
    ...fields,
  });
  const after = async (...results: readonly UnitResult[]) => {
    const { tools, log } = unitScene({ links: { rename: async () => undefined } });
    const run = { ...tools.run, result: async (id: string) => results[unit.dependsOn.indexOf(id)]! };
    return { outcome: await performUnit(unit, { ...tools, run }), log };
  };
  const us = ['us', { ...LINK, id: 'l-9' }] as const;

  it('runs, and forwards the links that they created', async () => {
    const { outcome, log } = await after(result({ links: [us] }), result());
    expect(outcome).toEqual({ done: 1, failed: 0, skipped: 0, links: [us] });
    expect(log).toEqual(['links.rename']);
  });

  it('is skipped where one of them failed or was skipped, and forwards their links', async () => {
    for (const bad of [result({ failed: 1, links: [us] }), result({ skipped: 1, links: [us] })])
      for (const order of [
        [bad, result()],
        [result(), bad],
      ]) {
        const { outcome, log } = await after(...order);
        expect(outcome).toEqual({ done: 0, failed: 0, skipped: 1, links: [us] });
        expect(log).toEqual([]);
      }
  });
});
