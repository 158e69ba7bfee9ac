import { REST_API_RULES } from '../cloud/rules.js';
import { REST_API_TRAITS } from '../cloud/traits.js';

/** What the value of the cloud has of REST APIs. */
export const restApis = {
  traits: REST_API_TRAITS,
  rules: { 'rest-api': REST_API_RULES },
  /** How a spec names one. */
  examples: [{ restApi: 'a1b2c3d4e5', stage: 'prod' }],
} as const;
