import { outcomeOf, planStep, unitScene } from './scene.js';
import { it, expect } from 'vitest';
import { drained } from '../../../../src/do/apply/units/link-unit.js';

const STEP = planStep('x', 'delete', 'link', {});

it('the wait for calls in flight: is recorded, reported and waited for, where there is one', async () => {
  const none = unitScene();
  expect(await outcomeOf(drained(STEP, none.tools))).toEqual({ ok: true, value: undefined });
  expect([none.log, none.told, none.steps]).toEqual([[], [], []]);
  const { tools, log, told, steps } = unitScene({ tools: { drainMs: () => 35_000 } });
  expect(await outcomeOf(drained(STEP, tools))).toEqual({ ok: true, value: undefined });
  expect(log).toEqual(['x: calls in flight: 35000']);
  expect(told).toEqual([expect.stringContaining('for calls in flight')]);
  expect(steps).toMatchObject([{ id: 'x: drain' }]);
  const answers: unknown[] = [];
  const step = async (_id: string, effect: (...of: never[]) => Promise<unknown>) => answers.push(await effect());
  await outcomeOf(drained(STEP, { ...tools, run: { ...tools.run, step: step as never } }));
  expect(answers).toEqual([{ waitMs: 35_000 }]);
});
