/** The one environment of a gateway of Cloud-native API Gateway, as a stage. */
export const APIG_STAGE = 'default';
