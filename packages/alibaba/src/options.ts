import type { OptionKind, Simulator } from '@postern/core/internal/driver';
import type { AlibabaApi } from './client/apis/alibaba-api.js';
import type { Endpoints } from './client/endpoint.js';
import type { GeneratedClient } from './client/generated-client.js';

/** A key pair, or a session of a role with its token. */
export interface AlibabaCredential {
  readonly accessKeyId?: string | undefined;
  readonly accessKeySecret?: string | undefined;
  readonly securityToken?: string | undefined;
}

/** A source that returns credentials and renews them, such as `Client` of `@alicloud/credentials`. */
export interface CredentialSource {
  getCredential(): Promise<AlibabaCredential>;
}

/** A RAM role that is assumed first; its session is renewed before it expires. */
export interface AssumedRole {
  /** `acs:ram::1111222233334444:role/postern` */
  readonly roleArn: string;
  /** Shows in ActionTrail; by default `postern`. */
  readonly sessionName?: string | undefined;
  /** What the trust policy of the role requires. */
  readonly externalId?: string | undefined;
  /** In seconds: 900 to the role's maximum session duration; by default 3,600. */
  readonly durationSeconds?: number | undefined;
}

/**
 * Options of `alibaba()`. Without options, region and credentials come from the same sources as in Alibaba
 * Cloud's CLI.
 */
export interface AlibabaOptions {
  /** By default `ALIBABA_CLOUD_REGION_ID`, `ALIBABACLOUD_REGION_ID`, `ALICLOUD_REGION`. */
  readonly region?: string | undefined;
  /** One endpoint for all products, or one for some: `{ CloudAPI: 'http://127.0.0.1:4010' }`. */
  readonly endpoint?: Endpoints | undefined;
  /** By default the chain of `@alicloud/credentials`: environment, OIDC role, CLI profile, shared file, instance role, URI. */
  readonly credentials?: CredentialSource | undefined;
  /** With `accessKeySecret`: a key pair instead of `credentials`. */
  readonly accessKeyId?: string | undefined;
  readonly accessKeySecret?: string | undefined;
  /** The ARN of a RAM role that `credentials` assume, or more about it. Not used together with `api` or `cloudapi`, which sign themselves. */
  readonly assumeRole?: string | AssumedRole | undefined;
  /** The account that the credentials must belong to; any other is refused before it is touched (`WRONG_ACCOUNT`). */
  readonly account?: string | undefined;
  /** A client of one's own for API Gateway, such as `Client` of `@alicloud/cloudapi20160714`; used for that product only. */
  readonly cloudapi?: GeneratedClient | undefined;
  /** A transport of one's own for all products. */
  readonly api?: AlibabaApi | undefined;
  /**
   * Simulated clouds, as `simulatorAt` of `@postern/core` returns them: called in place of Alibaba Cloud, without
   * credentials.
   */
  readonly simulator?: Simulator | undefined;
}

/** What each of {@link AlibabaOptions} is. */
export const ALIBABA_OPTIONS: { readonly [Key in keyof Required<AlibabaOptions>]: OptionKind } = {
  region: 'text',
  endpoint: 'text or object',
  credentials: 'source of credentials',
  accessKeyId: 'text',
  accessKeySecret: 'text',
  assumeRole: 'text or object',
  account: 'text',
  cloudapi: 'object',
  api: 'object or function',
  simulator: 'simulator',
};
