import type OpenApi from '@alicloud/openapi-client';
import type Cloudapi from '@alicloud/cloudapi20160714';
import type CredentialClient from '@alicloud/credentials';
import { simulate } from '@postern/simulator';
import type { GeneratedClient } from '../../src/client/generated-client.js';
import type { AlibabaOptions, CredentialSource } from '../../src/index.js';

declare const official: { generic: OpenApi; cloudapi: Cloudapi; credentials: CredentialClient };

/** The official clients, generic and generated, satisfy the interfaces of the adapter; so do their credentials. */
export const clients: readonly GeneratedClient[] = [official.generic, official.cloudapi];
export const source: CredentialSource = official.credentials;
/** And so does the simulator's own client. */
export const options: AlibabaOptions = { api: simulate().alibaba('cn-hangzhou') };

// @ts-expect-error credentials are not a client
export const wrong: GeneratedClient = official.credentials;
