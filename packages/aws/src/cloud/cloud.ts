import { withRules, type Cloud } from '@postern/core/kinds';
import { restApis } from '../rest-apis/door/cloud.js';
import { VPC_LINK_V1 } from './vpc-link-v1/index.js';
import { VPC_LINK_V2 } from './vpc-link-v2/index.js';
import { HTTP_API_RULES, WEBSOCKET_API_RULES, balancerAnswer } from './gateway-rules.js';
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
  links: {
    'vpc-link-v2': VPC_LINK_V2,
    'vpc-link-v1': VPC_LINK_V1,
  },
  gateways: {
    'http-api': HTTP_API_RULES,
    ...restApis.rules,
    'websocket-api': WEBSOCKET_API_RULES,
  },
  balancerAnswer,
  backend: AWS_BACKEND,
  firstSpec: AWS_FIRST_SPEC,
  loadPermissions: async () => (await import('./permissions.js')).permissions,
  loadChecks: async () => (await import('./checks/index.js')).checks,
});
