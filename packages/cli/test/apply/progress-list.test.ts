import type { Plan, RunEvent } from '@postern/core/internal/library';
import { afterEach, expect, it, vi } from 'vitest';
import { progressList } from '../../src/apply/progress-list.js';

afterEach(() => void vi.restoreAllMocks());

const step = (id: string) => ({
  id,
  kind: 'create' as const,
  resource: { type: 'link' as const, name: id },
  reason: 'it is not there',
  input: null,
});
const plan: Plan = {
  version: 1,
  project: 'shop',
  goal: 'apply',
  takenAt: '2026-06-01T00:00:00Z',
  fingerprint: '',
  notes: [],
  unchanged: 0,
  units: [
    {
      id: 'link:eu',
      kind: 'link',
      name: 'eu',
      provider: 'aws',
      region: 'eu-west-1',
      account: '111122223333',
      dependsOn: [],
      steps: [step('create link eu')],
    },
    {
      id: 'integration:orders',
      kind: 'integration',
      name: 'orders',
      provider: 'aws',
      region: 'eu-west-1',
      account: '111122223333',
      dependsOn: ['link:eu'],
      steps: [step('create route A'), step('create route B')],
    },
  ],
};
const at = '2026-06-01T00:00:00Z';

it('the progress list: shows steps that are done, failed and skipped, and ends with the run', async () => {
  let shown = '';
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      shown += String(text);
      return true;
    });
  }
  vi.spyOn(console, 'log').mockImplementation((...texts) => void (shown += `${texts.join(' ')}\n`));
  const progress = await progressList(plan);
  const events: RunEvent[] = [
    {
      type: 'step.started',
      at,
      unit: 'link:eu',
      step: 'create link eu',
      kind: 'create',
      resource: { type: 'link', name: 'eu' },
    },
    {
      type: 'step.waiting',
      at,
      unit: 'link:eu',
      step: 'create link eu',
      message: 'link x is PENDING',
      elapsedMs: 5000,
    },
    { type: 'step.done', at, unit: 'link:eu', step: 'create link eu', durationMs: 6000 },
    {
      type: 'step.failed',
      at,
      unit: 'integration:orders',
      step: 'create route A',
      error: { code: 'CONFLICT', message: 'busy \u001b[31m' },
    },
  ];
  for (const event of events) {
    await new Promise((resolve) => setImmediate(resolve)); // the list starts its tasks meanwhile
    progress.event(event);
  }
  await progress.end(); // does not wait for the step that did not start
  vi.restoreAllMocks();
  for (const text of ['link:eu', 'create link eu', 'link x is PENDING, 5 s', 'CONFLICT: busy \\x1b[31m', 'not tried']) {
    expect(shown).toContain(text);
  }
  expect(shown).not.toContain('\u001b[31mbusy');
});
