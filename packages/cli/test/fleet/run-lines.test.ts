import type { RunState, SpecState } from '@postern/fleet/internal/fleet';
import { expect, it } from 'vitest';
import { runLines } from '../../src/fleet/run-lines.js';

const spec = (name: string, fields: Partial<SpecState>): SpecState => ({
  name,
  wave: 'all',
  state: 'failed',
  units: {},
  ...fields,
});
const failures = (specs: readonly SpecState[], fields: Partial<RunState> = {}): readonly string[] => {
  const lines = runLines({
    run: 'r1',
    goal: 'apply',
    state: 'failed',
    startedAt: '2026-11-25T12:00:00.000Z',
    waves: [{ name: 'all', state: 'failed' }],
    specs,
    counts: { specs: { failed: specs.length }, units: {} },
    approvals: [],
    actions: [],
    ...fields,
  });
  const at = lines.indexOf('Failures:');
  return at < 0 ? [] : lines.slice(at + 1);
};

it('a run names each unit that failed, with its spec and the reason of the cloud', () => {
  const denied = {
    code: 'PERMISSION_DENIED' as const,
    message: 'create link orders2: CreateVpcLink: no',
    remedy: 'Allow it.',
  };
  const late = { code: 'WAIT_TIMEOUT' as const, message: 'link v2x is still PENDING after 600 s' };
  expect(
    failures([
      spec('b.yaml@b/eu-west-1', { units: { failed: 2 }, failed: [{ unit: 'link:orders2', error: denied }] }),
      spec('c.yaml@c/eu-west-1', { error: late }),
      spec('d.yaml@d/eu-west-1', { units: { failed: 1 }, failed: [{ unit: 'link:orders1', error: late }] }),
    ]),
  ).toEqual([
    '  b.yaml@b/eu-west-1 link:orders2: PERMISSION_DENIED: create link orders2: CreateVpcLink: no',
    '    Allow it.',
    '  c.yaml@c/eu-west-1: WAIT_TIMEOUT: link v2x is still PENDING after 600 s',
    '  d.yaml@d/eu-west-1 link:orders1: WAIT_TIMEOUT: link v2x is still PENDING after 600 s',
    '  and 1 more; see `postern fleet report`',
  ]);
  expect(failures([spec('a', { state: 'done' })])).toEqual([]);
  const many = Array.from({ length: 30 }, (_, at) => spec(`s${at}`, { error: late }));
  expect(failures(many).slice(-2)).toEqual([
    '  s19: WAIT_TIMEOUT: link v2x is still PENDING after 600 s',
    '  and 10 more; see `postern fleet report`',
  ]);
});
