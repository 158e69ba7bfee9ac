import {
  checkCredentialFiles,
  checkCredentials,
  defined,
  PosternError,
  CloudError,
  roleError,
} from '@postern/core/internal/adapter';
import type { AlibabaCredential, AlibabaOptions, CredentialSource, AssumedRole } from '../options.js';
import type { AlibabaApi } from './apis/alibaba-api.js';
import { callParams } from './plain.js';
import { mapAlibabaError } from './errors.js';

/** Fills in what the official clients read of a credential. */
export interface FullCredential {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string;
  readonly type: 'access_key' | 'sts';
}

/** Credentials in the form of the official clients. */
export interface Credentials {
  readonly getCredential: () => Promise<FullCredential>;
}

/**
 * The source of the credentials of one driver. `@alicloud/credentials`, which is bundled, is loaded when it is needed.
 *
 * Its default chain keeps the provider that it asked last even when that failed, and asks only that one from
 * then on (2.4.7, `providers/default.ts`). A chain that failed is therefore replaced by a new one.
 */
export function createCredentials(options: AlibabaOptions): Credentials {
  const { credentials, accessKeyId, accessKeySecret } = options;
  if (credentials !== undefined) return { getCredential: async () => full(await credentials.getCredential()) };
  if (accessKeyId !== undefined || accessKeySecret !== undefined) {
    return { getCredential: () => Promise.resolve(full({ accessKeyId, accessKeySecret })) };
  }

  let chain: Promise<CredentialSource> | undefined;
  return {
    getCredential: async () => {
      chain ??= defaultChain();
      const used = chain;
      try {
        return full(await (await used).getCredential());
      } catch (cause) {
        if (chain === used) chain = undefined;
        if (cause instanceof PosternError) throw cause;

        throw missing(cause);
      }
    },
  };
}

async function defaultChain(): Promise<CredentialSource> {
  const { ALIBABA_CLOUD_CREDENTIALS_FILE, ALIBABA_CLOUD_OIDC_TOKEN_FILE } = process.env;
  const files = { ALIBABA_CLOUD_CREDENTIALS_FILE, ALIBABA_CLOUD_OIDC_TOKEN_FILE };
  checkCredentialFiles(files, process.getBuiltinModule('node:fs').statSync);
  return new (defaultExport(await import('@alicloud/credentials')))();
}

/** A CommonJS module that was imported: its `default` export is one level further down. Bundlers may have lifted it. */
export function defaultExport<T>(module: { readonly default: T }): T {
  const inner = (module.default as { readonly default?: T }).default;
  return inner ?? module.default;
}

function full({ accessKeyId, accessKeySecret, securityToken = '' }: AlibabaCredential): FullCredential {
  if (!accessKeyId || !accessKeySecret) throw missing(undefined);

  checkCredentials([accessKeyId, accessKeySecret, securityToken]);

  return { accessKeyId, accessKeySecret, securityToken, type: securityToken === '' ? 'access_key' : 'sts' };
}

function missing(cause: unknown): PosternError {
  return new PosternError('CREDENTIALS_MISSING', 'no credentials for Alibaba Cloud were found', {
    remedy:
      'Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or write a profile with `aliyun configure`.',
    cause,
  });
}

/** Where `DurationSeconds` is not given. @see https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerole */
const SESSION_SECONDS = 3_600;

/** So long before its end a session is renewed, in milliseconds, or half of its length: a call that is signed with it takes a while. */
const BEFORE_MS = 300_000;

/** A session, and the moments of its beginning on both times of the machine. */
interface Session {
  readonly credential: FullCredential;
  readonly nowMs: number;
  readonly monotonicMs: number;
}

/**
 * The credentials of a RAM role. One session serves all calls of a driver until shortly before its end. `sts` signs with the credentials
 * that assume the role. Its refusal is thrown as `CloudError` of `AssumeRole`, with the cloud's own error as `cause`.
 */
export function assumedRole(sts: AlibabaApi, role: string | AssumedRole, region: string): Credentials {
  const how: AssumedRole = typeof role === 'string' ? { roleArn: role } : role;
  const lengthMs = (how.durationSeconds ?? SESSION_SECONDS) * 1_000;
  const leastMs = Math.min(BEFORE_MS, lengthMs / 2);
  let session: Promise<Session> | undefined;

  const isFresh = ({ nowMs, monotonicMs }: Session): boolean => {
    // A clock may be set, and a machine that sleeps may stop the time that only goes forward.
    const passedMs = Math.max(Date.now() - nowMs, performance.now() - monotonicMs);
    return lengthMs - passedMs > leastMs;
  };
  const begin = (): Promise<Session> => {
    const begun = { nowMs: Date.now(), monotonicMs: performance.now() };
    const asked = assume(sts, how, region).then((credential) => ({ ...begun, credential }));
    session = asked;
    asked.catch(() => {
      if (session === asked) session = undefined; // the role may be allowed before the next call
    });
    return asked;
  };
  return {
    getCredential: async () => {
      for (;;) {
        const asked = session ?? begin();
        const known = await asked;
        if (isFresh(known)) return known.credential;

        if (session === asked) begin().catch(() => undefined); // it is awaited by all callers
      }
    },
  };
}

async function assume(
  sts: AlibabaApi,
  { roleArn, sessionName = 'postern', externalId, durationSeconds }: AssumedRole,
  region: string,
): Promise<FullCredential> {
  const query = {
    RoleArn: roleArn,
    RoleSessionName: sessionName,
    ...defined({ ExternalId: externalId, DurationSeconds: durationSeconds }),
  };
  let body: Readonly<Record<string, unknown>>;
  try {
    ({ body } = await sts.call(callParams('Sts', 'AssumeRole', region), query, {}));
  } catch (error) {
    const mapped = mapAlibabaError(error, { operation: 'AssumeRole', product: 'Sts', kind: 'read' });
    // The service answers the same to a caller that may assume no role, and to one that the role does not trust.
    const allowed = `Allow sts:AssumeRole for the caller (AliyunSTSAssumeRoleAccess), and name the caller in the trust policy of ${roleArn}.`;
    throw roleError(mapped, roleArn, allowed);
  }
  const { AccessKeyId, AccessKeySecret, SecurityToken } = (body['Credentials'] ?? {}) as Readonly<
    Record<string, unknown>
  >;
  if (typeof AccessKeyId !== 'string' || typeof AccessKeySecret !== 'string' || typeof SecurityToken !== 'string') {
    throw new CloudError('BAD_RESPONSE', `no credentials of ${roleArn} are in the response`, {
      operation: 'AssumeRole',
    });
  }

  return { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret, securityToken: SecurityToken, type: 'sts' };
}
