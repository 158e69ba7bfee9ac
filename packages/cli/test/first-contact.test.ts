import { expect, it } from 'vitest';
import { questionOf } from '../src/apply/confirmation.js';
import { cloud, folder, network, run, specOf } from './run-command.js';

it('the environment of a command: Low: a port in use has its own code', async () => {
  const server = await cloud();
  const { status, err } = await run(['simulate', '--port', new URL(server.url).port]);
  expect([status, err]).toEqual([1, expect.stringContaining('error PORT_IN_USE: ')]);
});

it('the question before a change: names counts, project, place and the simulator', async () => {
  const server = await cloud();
  const cwd = folder({ 'postern.yaml': specOf(await network(server)) });
  const { out } = await run(['plan', '--json'], { cwd, env: { POSTERN_SIMULATOR: server.url } });
  const plan = JSON.parse(out) as Parameters<typeof questionOf>[1];
  const steps = plan.units.flatMap((unit) => unit.steps).length;
  expect(questionOf('Apply', plan, 'shop', undefined)).toBe(
    `Apply ${steps} changes to project shop in aws eu-west-1, account 111122223333?`,
  );
  expect(questionOf('Apply', plan, 'shop', 'http://127.0.0.1:4010')).toContain('(SIMULATOR at http://127.0.0.1:4010)?');
  const [unit] = plan.units;
  const [step] = unit?.steps ?? [];
  if (unit === undefined || step === undefined) throw new Error('the plan has no step');
  const gone = { ...plan, units: [{ ...unit, steps: [{ ...step, kind: 'delete' as const }] }] };
  expect(questionOf('Destroy', gone, 'shop', undefined)).toMatch(/^Delete 1 resource of project shop in aws/);
});
