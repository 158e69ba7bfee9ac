import { RETRY_POLICY } from '@postern/core/internal/adapter';
import { describeOwnCalls, type OwnCalls } from '../../../testing/test/adapters/own-calls.js';
import { FAULT_CALLS, REST_ROUTE_CALLS } from '../world/conformance-world.js';
import { setUp, setUpRestApi } from '../world/conformance-setup.js';

/** What `createOnce` sends: each may have had an effect, so it looks in between. */
const CREATE = { code: 'THROTTLED', calls: 6, ms: 600_000 } as const;
const REPEATED = { code: 'THROTTLED', calls: RETRY_POLICY.attempts, ms: RETRY_POLICY.totalMs } as const;
const GROUP_AND_LINK: OwnCalls['throttled'] = {
  // EC2 throttles with 503, after which the group may exist: each of six tries looks, and creates it once more.
  'prepare allowlist': { ...CREATE, calls: 12, code: 'OUTCOME_UNKNOWN' },
  'create link': CREATE,
};

/** What creates a link, its group and its allowlist, and deploys. */
const LINK = {
  CreateSecurityGroup: 1,
  AuthorizeSecurityGroupEgress: 1,
  RevokeSecurityGroupEgress: 1,
  CreateVpcLink: 1,
  CreateDeployment: 1,
};
const REST_LINK = { ...LINK, CreateResource: 1, CreateStage: 1 };

describeOwnCalls('aws', {
  setUp: () => setUp('apply'),
  writes: {
    'forgets a spec: no resource changes, no mark is left, and nothing is deleted afterwards': {
      ...LINK,
      CreateIntegration: 2,
      CreateRoute: 2,
      UpdateIntegration: 2,
      UpdateRoute: 2,
      UpdateDeployment: 1,
      DeleteTags: 1,
      UntagResource: 1,
    },
    'keeps a link whose key changes: only its marks change': {
      ...LINK,
      CreateIntegration: 1,
      CreateRoute: 2,
      CreateTags: 1,
      TagResource: 1,
    },
    'keeps an integration whose key changes: only marks are written, and the next plan is empty': {
      ...LINK,
      CreateIntegration: 1,
      CreateRoute: 2,
      UpdateIntegration: 1,
    },
  },
  throttled: { ...GROUP_AND_LINK, 'create integration': CREATE, 'create route': REPEATED, deploy: CREATE },
  calls: FAULT_CALLS,
});

describeOwnCalls('aws, REST APIs', {
  setUp: () => setUpRestApi('apply'),
  writes: {
    'forgets a spec: no resource changes, no mark is left, and nothing is deleted afterwards': {
      ...REST_LINK,
      PutMethod: 2,
      PutIntegration: 2,
      UpdateMethod: 2,
      DeleteTags: 1,
      UntagResource: 2,
    },
    'keeps a link whose key changes: only its marks change': {
      ...REST_LINK,
      PutMethod: 2,
      PutIntegration: 2,
      CreateTags: 1,
      TagResource: 1,
    },
    'keeps an integration whose key changes: only marks are written, and the next plan is empty': {
      ...REST_LINK,
      PutMethod: 2,
      PutIntegration: 2,
      UpdateMethod: 2,
    },
  },
  throttled: { ...GROUP_AND_LINK, 'create route': REPEATED, 'create integration': REPEATED, deploy: CREATE },
  calls: { ...FAULT_CALLS, ...REST_ROUTE_CALLS },
});
