import { withRules, type Cloud } from '@postern/core/internal/kinds';
import { cloudNative } from '../cloud-native/door/cloud.js';
import { traditional } from '../traditional/door/cloud.js';
import { ALIBABA_BACKEND, ALIBABA_FIRST_SPEC } from './first-spec.js';
import { linkFaultsBy } from './declared.js';
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
  linkFaults: linkFaultsBy({
    ...traditional.declared,
    ...cloudNative.declared,
  }),
  keys: ALIBABA_KEYS,
  links: {
    ...traditional.linkRules,
    ...cloudNative.linkRules,
  },
  gateways: {
    ...traditional.gatewayRules,
    ...cloudNative.gatewayRules,
  },
  // An instance of API Gateway, and regions of mainland China without a number.
  recognizes: /^(?:apigateway-|cn-[a-z]+$)/,
  backend: ALIBABA_BACKEND,
  firstSpec: ALIBABA_FIRST_SPEC,
  loadPermissions: async () => (await import('./permissions.js')).permissions,
  loadChecks: async () => (await import('./checks/index.js')).checks,
});
