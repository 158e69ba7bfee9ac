import { failing, planStep, unitScene } from './scene.js';
import { describe, it, expect } from 'vitest';
import { runSteps, lookFirst } from '../../../../src/do/apply/units/unit-tools.js';

const STEP = planStep('x', 'delete', 'link', {});

describe('the steps of a unit', () => {
  it('end with the first that fails, where none is independent', async () => {
    const { tools, told } = unitScene();
    const steps = ['a', 'b', 'c'].map((id) => planStep(id, 'create', 'link', {}));
    const perform = async ({ id }: { id: string }) => (id === 'b' ? Promise.reject(failing('CONFLICT', 'x')) : id);
    const counts = await runSteps(steps, tools, perform);
    expect(counts).toEqual({ done: 1, failed: 1, skipped: 1 });
    expect(told).toEqual(['started a', 'done a: a', 'started b', 'failed b: CONFLICT']);
  });

  it('look longer for what costs money', () => {
    const { tools, told } = unitScene({ traits: { stalenessMs: 9 } });
    expect(lookFirst(STEP, tools, 'vpc-link-v2')).toMatchObject({ stalenessMs: 9, lookMs: 0 });
    const first = lookFirst(STEP, tools, 'vpc-link-v2', true);
    expect(first).toMatchObject({ stalenessMs: 9, lookMs: 9 });
    first.onLook?.('looking');
    first.onRetry?.({ attempt: 2, message: 'again', error: { code: 'CONFLICT', message: 'x' } });
    expect(told).toEqual([
      'waiting x: {"message":"looking","elapsedMs":0}',
      'retried x: {"message":"again","attempt":2}',
    ]);
  });
});
