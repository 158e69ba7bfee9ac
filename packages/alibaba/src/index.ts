export { alibaba, type AlibabaDriver } from './driver.js';
export type { AlibabaAnswer, AlibabaApi, AlibabaCallParams, Product } from './client/apis/alibaba-api.js';
export type { Endpoints } from './client/endpoint.js';
export type { GeneratedClient } from './client/generated-client.js';
export type { AlibabaCredential, AlibabaOptions, AssumedRole, CredentialSource } from './options.js';
export { readPolicy } from './cloud/read-policy.js';
export { INSTANCE_CIDRS } from './traditional/door/cloud.js';
