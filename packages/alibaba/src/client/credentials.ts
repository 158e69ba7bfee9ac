import { PosternError } from '@postern/core/adapter';
import type { AlibabaCredential, AlibabaOptions, CredentialSource } from '../options.js';

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
 * The source of the credentials of one driver. `@alicloud/credentials` is loaded when it is needed.
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
  const loaded = await loadPackage('@alicloud/credentials', () => import('@alicloud/credentials'));
  return new (defaultExport(loaded))();
}

/** A CommonJS module that was imported: its `default` export is one level further down. Bundlers may have lifted it. */
export function defaultExport<T>(module: { readonly default: T }): T {
  const inner = (module.default as { readonly default?: T }).default;
  return inner ?? module.default;
}

/** @throws {PosternError} `DEPENDENCY_MISSING` */
export async function loadPackage<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw cause;
    throw new PosternError('DEPENDENCY_MISSING', `${name} is not installed`, {
      remedy: `Install it: npm install ${name}`,
      cause,
    });
  }
}

function full({ accessKeyId, accessKeySecret, securityToken = '' }: AlibabaCredential): FullCredential {
  if (!accessKeyId || !accessKeySecret) throw missing(undefined);
  return { accessKeyId, accessKeySecret, securityToken, type: securityToken === '' ? 'access_key' : 'sts' };
}

function missing(cause: unknown): PosternError {
  return new PosternError('CREDENTIALS_MISSING', 'no credentials for Alibaba Cloud were found', {
    remedy:
      'Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or write a profile with `aliyun configure`.',
    cause,
  });
}
