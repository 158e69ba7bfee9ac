import { withRules, type Cloud } from '@postern/core/internal/kinds';
import { httpApis } from '../http-apis/door/cloud.js';
import { restApis } from '../rest-apis/door/cloud.js';
import { vpcLinks } from '../vpc-links/door/cloud.js';
import { balancerAnswer } from './gateway-rules.js';
import { AWS_BACKEND, AWS_FIRST_SPEC } from './first-spec.js';
import { linkFaults } from './declared.js';
import { AWS_IDS, AWS_KEYS, AWS_TARGETS } from './keys.js';
import { AWS_CREDENTIALS, AWS_REGIONS, AWS_ROLES } from './regions.js';
import { AWS_TRAITS } from './traits.js';
import type { AwsTypes } from './types.js';

/** AWS as its driver brings it: its checks are loaded where something judges. */
export const cloud: Cloud<AwsTypes> = withRules(AWS_TRAITS, {
  regions: AWS_REGIONS,
  credentials: AWS_CREDENTIALS,
  roles: AWS_ROLES,
  targets: AWS_TARGETS,
  ids: AWS_IDS,
  // https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
  reservedTagPrefixes: ['aws:'],
  linkFaults,
  keys: AWS_KEYS,
  links: vpcLinks.rules,
  gateways: {
    ...httpApis.rules,
    ...restApis.rules,
  },
  balancerAnswer,
  backend: AWS_BACKEND,
  firstSpec: AWS_FIRST_SPEC,
  loadPermissions: async () => (await import('./permissions.js')).permissions,
  loadChecks: async () => (await import('./checks/index.js')).checks,
});
