import type { Send } from './send.js';

/** Credentials in the SDK's form. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** The part of STS that is used here. The SDK's `STS` satisfies it. */
export interface StsApi {
  readonly getCallerIdentity: Send<
    Record<string, never>,
    { readonly Account?: string | undefined; readonly Arn?: string | undefined; readonly UserId?: string | undefined }
  >;
  readonly assumeRole: Send<
    { RoleArn: string; RoleSessionName: string; ExternalId?: string; DurationSeconds?: number },
    {
      readonly Credentials?:
        | {
            readonly AccessKeyId: string | undefined;
            readonly SecretAccessKey: string | undefined;
            readonly SessionToken: string | undefined;
            readonly Expiration: Date | undefined;
          }
        | undefined;
    }
  >;
}

/** The client's own way to its credentials; the SDK's clients have it, a client of one's own need not. */
export interface WithCredentials {
  readonly config?: {
    readonly credentials?: (() => Promise<Pick<AwsCredentials, 'accessKeyId'> & Partial<AwsCredentials>>) | undefined;
  };
}
