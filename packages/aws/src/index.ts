export { aws, type AwsDriver } from './driver.js';
export type { AssumedRole, AwsClients, AwsOptions } from './options.js';
export type { AwsCredentials } from './apis.js';
export { readPolicy } from './cloud/read-policy.js';
