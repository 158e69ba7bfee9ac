import type { Finding } from '@postern/core/internal/library';
import type { FleetEvent, RunState, UnitState } from '../../src/model.js';
import type { RunRecord } from '../../src/report/fleet-report.js';

const SPEC = 'teams/orders.yaml@prod/eu-west-1';
const AT = '2026-11-25T12:00:0';
const error = { code: 'QUOTA_EXCEEDED', message: 'CreateVpcLink: <b>10 of 10</b>', remedy: 'Ask for more.' } as const;

const run: RunState = {
  run: 'payments-20261125-120000',
  goal: 'apply',
  state: 'failed',
  startedAt: `${AT}0.000Z`,
  endedAt: `${AT}9.000Z`,
  by: 'ana@example.com',
  reason: 'ticket <script>alert(1)</script>',
  waves: [
    { name: 'first', state: 'done' },
    { name: 'rest', state: 'failed' },
  ],
  specs: [
    {
      name: SPEC,
      wave: 'first',
      state: 'failed',
      units: { done: 1, failed: 1 },
      findings: { pass: 1, fail: 2 },
      startedAt: `${AT}1.000Z`,
    },
    { name: 'edge.yaml@prod/eu-west-1', wave: 'rest', state: 'skipped', units: {}, error },
  ],
  counts: { specs: { failed: 1, skipped: 1 }, units: { done: 1, failed: 1 } },
  approvals: [
    {
      id: 'wave rest',
      kind: 'wave',
      subject: 'rest',
      question: ['Begin wave rest?'],
      askedAt: `${AT}2.000Z`,
      answer: { approved: true, by: 'bo', at: `${AT}3.000Z`, reason: 'looks good' },
    },
    { id: 'deletion x', kind: 'deletion', subject: 'x', question: ['Delete 3 links?'], askedAt: `${AT}4.000Z` },
  ],
  actions: [{ action: 'pause', at: `${AT}5.000Z`, by: 'ana@example.com' }],
};

function unit(name: string, state: UnitState['state']): UnitState {
  const place = { spec: SPEC, unit: name, provider: 'aws', account: '222222222222', region: 'eu-west-1' };
  return { id: `${SPEC}/${name}`, ...place, state, steps: 1, done: 0, failed: 0, skipped: 0 };
}

function event(type: 'step.started' | 'step.done' | 'step.failed', second: number, name: string): FleetEvent {
  const place = { at: `${AT}${second}.000Z`, spec: SPEC, unit: name, step: 'create link' };
  if (type === 'step.done') return { type, ...place, durationMs: 1_500 };
  if (type === 'step.failed') return { type, ...place, error };
  return { type, ...place, kind: 'create', resource: { type: 'link', name } };
}

function finding(check: string, verdict: Finding['verdict'], severity: 'error' | 'note'): Finding {
  const facts = { check, code: 'C', integration: null, about: [], subject: 'link eu', params: {}, evidence: [] };
  const message = 'The link is <i>INACTIVE</i>.';
  return verdict === 'pass' ? { ...facts, message, verdict } : { ...facts, message, verdict, severity };
}

/** A run in which one link was created, one failed, and one approval is open. */
export const RECORD: RunRecord = {
  run,
  units: [unit('link:eu', 'done'), { ...unit('link:us', 'failed'), error }],
  events: [
    event('step.started', 6, 'link:us'),
    event('step.failed', 8, 'link:us'),
    event('step.started', 6, 'link:eu'),
    event('step.failed', 6, 'link:eu'),
    event('step.done', 7, 'link:eu'),
  ],
  findings: {
    [SPEC]: [finding('link/active', 'fail', 'note'), finding('quota/links', 'fail', 'error')],
    other: [finding('link/active', 'fail', 'note'), finding('link/active', 'pass', 'note')],
  },
};
