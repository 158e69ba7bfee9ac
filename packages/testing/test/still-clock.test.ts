import { aws } from '@postern/aws';
import { PrivateIntegrations, simulatorAt } from '@postern/core/internal/library';
import { simulate } from '@postern/simulator';
import { expect, it, vi } from 'vitest';
import { watchStillClock } from '../src/still-clock.js';
import { withClouds } from '../src/vitest.js';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it.each([
  ['and the clouds were called', true, false, 1],
  ['and nothing was called', false, false, 0],
  ['and then moves', true, true, 0],
])('docs-and-api M3: a clock that stands still: %s: %d, %d', async (_, calls, advances, warnings) => {
  const simulation = simulate();
  const warn = vi.fn();
  if (calls) await simulation.clients('eu-west-1').ec2.describeSubnets();
  const stop = watchStillClock(simulation, { afterMs: 100, warn });
  if (advances) await simulation.advance(1_000);
  await pause(300);
  stop();
  expect(warn).toHaveBeenCalledTimes(warnings);
  for (const [text] of warn.mock.calls) expect(text).toContain("withClouds({ clock: 'auto' })");
});

withClouds({ clock: 'auto' })('a program of Postern waits on the clock of the clouds', async ({ clouds }) => {
  const { Subnets = [] } = await clouds.clients('eu-west-1').ec2.describeSubnets();
  const simulator = await simulatorAt(clouds.url);
  const gate = new PrivateIntegrations(aws({ region: 'eu-west-1', simulator }), { project: 'shop' });
  const link = await gate.ensureLink({ name: 'orders', subnets: [Subnets[0]?.SubnetId ?? ''] });
  expect(link.state).toBe('ready');
});
