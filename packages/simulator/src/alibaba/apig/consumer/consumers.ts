import type { AlibabaCall } from '../../operation/call.js';
import { refusals } from '../request/refusals.js';
import type { ApiKeyRow, ConsumerRow } from '../state.js';

/** What a consumer is known by, as requests write it. */
export interface GivenIdentities {
  readonly akSkIdentityConfigs?: readonly {
    readonly type?: string;
    readonly generateMode?: string;
    readonly ak?: string;
    readonly sk?: string;
  }[];
  readonly apikeyIdentityConfig?: {
    readonly apikeySource?: { readonly source?: string; readonly value?: string };
    readonly credentials?: readonly { readonly apikey?: string; readonly generateMode?: string }[];
  };
  readonly jwtIdentityConfig?: Readonly<Record<string, unknown>>;
}

type Identities = Pick<ConsumerRow, 'akSks' | 'apiKey' | 'jwt'>;

/**
 * The identities of a consumer. `Custom` keeps key and secret as they are given, without rules for their length [U]; `System` makes them.
 * @throws {AlibabaError} `InvalidParameter` for `Custom` without key or secret; `Conflict.AccessKeyDuplicated` [I]
 */
export function readIdentities(call: AlibabaCall, given: GivenIdentities, before?: ConsumerRow): Identities {
  const { akSkIdentityConfigs, apikeyIdentityConfig, jwtIdentityConfig } = given;
  const akSks = akSkIdentityConfigs?.map(({ generateMode = 'System', ak = '', sk = '' }) => {
    if (generateMode === 'System') return { generateMode, ak: call.id('AK', 22), sk: call.id('', 32, 'hex') };
    if (ak === '' || sk === '') throw refusals.invalid('akSkIdentityConfigs', 'Custom needs ak and sk.');
    return { generateMode, ak, sk };
  });
  for (const { ak } of akSks ?? []) {
    const others = [...call.state.apig.consumers.values()].filter(({ id }) => id !== before?.id);
    if (others.some((row) => row.akSks.some((one) => one.ak === ak))) throw refusals.duplicated('AccessKey', ak);
  }
  return {
    akSks: akSks ?? before?.akSks ?? [],
    apiKey: apikeyIdentityConfig ? readApiKey(call, apikeyIdentityConfig) : before?.apiKey,
    jwt: jwtIdentityConfig ?? before?.jwt,
  };
}

function readApiKey(
  call: AlibabaCall,
  { apikeySource = {}, credentials = [] }: NonNullable<GivenIdentities['apikeyIdentityConfig']>,
): ApiKeyRow {
  const { source = 'Default', value = '' } = apikeySource;
  if (!['Default', 'Header', 'QueryString'].includes(source)) throw refusals.invalid('apikeySource.source');
  if (source !== 'Default' && value === '') throw refusals.invalid('apikeySource.value', `${source} needs a name.`);
  const keys = credentials.map(({ generateMode = 'System', apikey = '' }) => {
    if (generateMode === 'System') return { generateMode, apikey: call.id('', 32, 'hex') };
    if (apikey === '') throw refusals.invalid('credentials.apikey', 'Custom needs a key.');
    return { generateMode, apikey };
  });
  return { source, name: source === 'Default' ? 'Authorization' : value, keys };
}

/** A consumer with its secrets in clear, as GetConsumer answers it [I]. The two spellings of API keys are the service's. */
export const consumerView = (row: ConsumerRow) => ({
  ...consumerInfo(row),
  akSkIdentityConfigs: row.akSks.map(({ ak, sk, generateMode }) => ({ type: 'AkSk', generateMode, ak, sk })),
  ...(row.apiKey && {
    apiKeyIdentityConfig: {
      type: 'Apikey',
      apikeySource: { source: row.apiKey.source, value: row.apiKey.name },
      credentials: row.apiKey.keys,
    },
  }),
  ...(row.jwt && { jwtIdentityConfig: row.jwt }),
});

/** A consumer without what it is known by, as lists have it. */
export const consumerInfo = ({ id, name, enable, description, createdAt, modifiedAt }: ConsumerRow) => ({
  consumerId: id,
  name,
  enable,
  description,
  deployStatus: 'Deployed',
  createTimestamp: createdAt,
  updateTimestamp: modifiedAt,
});
