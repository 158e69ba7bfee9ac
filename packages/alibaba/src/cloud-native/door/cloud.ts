import { GATEWAY_DECLARED } from '../cloud/declared.js';
import { APIG_HTTP_API_RULES } from '../cloud/gateway-rules.js';
import { APIG_GATEWAY } from '../cloud/index.js';
import { APIG_HTTP_API_TRAITS, GATEWAY_TRAITS } from '../cloud/traits.js';

/** What the value of the cloud has of Cloud-native API Gateway. */
export const cloudNative = {
  links: GATEWAY_TRAITS,
  gateways: APIG_HTTP_API_TRAITS,
  linkRules: { 'apig-gateway': APIG_GATEWAY },
  declared: { 'apig-gateway': GATEWAY_DECLARED },
  gatewayRules: { 'apig-http-api': APIG_HTTP_API_RULES },
} as const;
