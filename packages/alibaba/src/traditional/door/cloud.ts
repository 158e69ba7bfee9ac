import { INSTANCE_DECLARED } from '../cloud/declared.js';
import { API_GROUP_RULES } from '../cloud/gateway-rules.js';
import { INTEGRATION_INSTANCE } from '../cloud/index.js';
import { API_GROUP_TRAITS, INSTANCE_TRAITS } from '../cloud/traits.js';

/** What the value of the cloud has of API Gateway (Traditional). */
export const traditional = {
  links: INSTANCE_TRAITS,
  gateways: API_GROUP_TRAITS,
  linkRules: {
    'integration-instance': INTEGRATION_INSTANCE,
    // An instance that was bought as a conventional one behaves like an integration instance.
    'dedicated-instance': INTEGRATION_INSTANCE,
  },
  declared: { 'integration-instance': INSTANCE_DECLARED, 'dedicated-instance': INSTANCE_DECLARED },
  gatewayRules: { 'api-group': API_GROUP_RULES },
} as const;
