import { withRules, type Cloud } from '@postern/core/kinds';
import { APIG_GATEWAY } from '../cloud-native/cloud/index.js';
import { INTEGRATION_INSTANCE } from '../traditional/cloud/index.js';
import { API_GROUP_RULES, APIG_HTTP_API_RULES } from './gateway-rules.js';
import { ALIBABA_BACKEND, ALIBABA_FIRST_SPEC } from './first-spec.js';
import { linkFaults } from './declared.js';
import { ALIBABA_IDS, ALIBABA_KEYS, ALIBABA_TARGETS } from './keys.js';
import { ALIBABA_CREDENTIALS, ALIBABA_REGIONS, ALIBABA_ROLES } from './regions.js';
import { ALIBABA_TRAITS } from './traits.js';
import type { AlibabaTypes } from './types.js';

/** Alibaba Cloud as its driver brings it: its checks are loaded where something judges. */
export const cloud: Cloud<AlibabaTypes> = withRules(ALIBABA_TRAITS, {
  regions: ALIBABA_REGIONS,
  credentials: ALIBABA_CREDENTIALS,
  roles: ALIBABA_ROLES,
  targets: ALIBABA_TARGETS,
  ids: ALIBABA_IDS,
  reservedTagPrefixes: ['acs:'],
  linkFaults,
  keys: ALIBABA_KEYS,
  links: {
    'integration-instance': INTEGRATION_INSTANCE,
    // An instance that was bought as a conventional one behaves like an integration instance.
    'dedicated-instance': INTEGRATION_INSTANCE,
    'apig-gateway': APIG_GATEWAY,
  },
  gateways: { 'api-group': API_GROUP_RULES, 'apig-http-api': APIG_HTTP_API_RULES },
  // An instance of API Gateway, and regions of mainland China without a number.
  recognizes: /^(?:apigateway-|cn-[a-z]+$)/,
  backend: ALIBABA_BACKEND,
  firstSpec: ALIBABA_FIRST_SPEC,
  loadPermissions: async () => (await import('./permissions.js')).permissions,
  loadChecks: async () => (await import('./checks/index.js')).checks,
});
