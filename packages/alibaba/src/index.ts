export { alibaba, type AlibabaDriver } from './driver.js';
export type { AlibabaApi } from './client/apis/alibaba-api.js';
export type { AlibabaCredential, AlibabaOptions, AssumedRole, CredentialSource } from './options.js';
export { readPolicy } from './cloud/read-policy.js';
