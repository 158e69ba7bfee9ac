import { RETRY_POLICY } from '@postern/core/adapter';
import { describeOwnCalls } from '../../../testing/test/adapters/own-calls.js';
import { FAULT_CALLS } from '../world/conformance-world.js';
import { setUp } from '../world/conformance-setup.js';

const REPEATED = { code: 'THROTTLED', calls: RETRY_POLICY.attempts, ms: RETRY_POLICY.totalMs } as const;

describeOwnCalls('alibaba', {
  setUp: () => setUp({ family: 'apply' }),
  writes: {
    'forgets a spec: no resource changes, no mark is left, and nothing is deleted afterwards': {},
    'completes the marks of a spec that gets an identity in place': {},
    'keeps a link whose key changes: only its marks change': {},
    'keeps an integration whose key changes: only marks are written, and the next plan is empty': {},
  },
  throttled: { 'create target': REPEATED, 'create route': REPEATED, deploy: REPEATED },
  calls: FAULT_CALLS,
});
