import { RETRY_POLICY } from '@postern/core/internal/adapter';
import { describeOwnCalls } from '../../../testing/test/adapters/own-calls.js';
import { FAULT_CALLS } from '../world/conformance-world.js';
import { setUp } from '../world/conformance-setup.js';

const REPEATED = { code: 'THROTTLED', calls: RETRY_POLICY.attempts, ms: RETRY_POLICY.totalMs } as const;

/** What creates an instance with its allowlist and the group on it. */
const LINK = { CreateInstance: 1, ModifyInstanceAttribute: 1, ModifyApiGroupInstance: 1 };

describeOwnCalls('alibaba', {
  setUp: () => setUp({ family: 'apply' }),
  writes: {
    'forgets a spec: no resource changes, no mark is left, and nothing is deleted afterwards': {
      ...LINK,
      SetVpcAccess: 2,
      CreateApi: 2,
      DeployApi: 2,
      ModifyApi: 2,
      UntagResources: 1,
    },
    'keeps a link whose key changes: only its marks change': {
      ...LINK,
      SetVpcAccess: 1,
      CreateApi: 2,
      DeployApi: 2,
      TagResources: 1,
    },
    'keeps an integration whose key changes: only marks are written, and the next plan is empty': {
      ...LINK,
      SetVpcAccess: 1,
      CreateApi: 2,
      DeployApi: 4,
      ModifyApi: 2,
    },
  },
  throttled: { 'create target': REPEATED, 'create route': REPEATED, deploy: REPEATED },
  calls: FAULT_CALLS,
});
