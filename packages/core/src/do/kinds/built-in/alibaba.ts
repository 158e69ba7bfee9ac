import { withRules } from '../cloud/cloud.js';
import { APIG_GATEWAY } from '../link/apig-gateway/index.js';
import { INTEGRATION_INSTANCE } from '../link/integration-instance/index.js';
import { API_GROUP_RULES, APIG_HTTP_API_RULES } from './alibaba-gateways.js';
import { linkFaults } from './alibaba-declared.js';
import { ALIBABA_IDS, ALIBABA_KEYS, ALIBABA_TARGETS } from './alibaba-keys.js';
import { ALIBABA_CREDENTIALS, ALIBABA_REGIONS } from './alibaba-regions.js';
import { ALIBABA_TRAITS } from './alibaba-traits.js';

/** Alibaba Cloud. */
export const ALIBABA = withRules(ALIBABA_TRAITS, {
  regions: ALIBABA_REGIONS,
  credentials: ALIBABA_CREDENTIALS,
  targets: ALIBABA_TARGETS,
  ids: ALIBABA_IDS,
  linkFaults,
  keys: ALIBABA_KEYS,
  links: {
    'integration-instance': INTEGRATION_INSTANCE,
    // An instance that was bought as a conventional one behaves like an integration instance.
    'dedicated-instance': INTEGRATION_INSTANCE,
    'apig-gateway': APIG_GATEWAY,
  },
  gateways: { 'api-group': API_GROUP_RULES, 'apig-http-api': APIG_HTTP_API_RULES },
});
