export { alibaba } from './driver.js';
export type { AlibabaAnswer, AlibabaApi, AlibabaCallParams, Product } from './alibaba-api.js';
export type { Endpoints } from './endpoint.js';
export type { GeneratedClient } from './generated-client.js';
export type { AlibabaCredential, AlibabaOptions, CredentialSource } from './options.js';
export { readPolicy } from './read-policy.js';
export { INSTANCE_CIDRS } from './instance-cidr.js';
