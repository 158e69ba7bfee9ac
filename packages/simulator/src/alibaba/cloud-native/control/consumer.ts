import type { AlibabaCall } from '../../operation/operation.js';
import { currentRevision } from './api/publish.js';
import { gatewayOfEnvironment, getConsumer } from './request/find.js';
import { LIST_LAG_MS, refusals } from './request/parameters.js';
import type { AuthorizationRow, ApiKeyRow, ConsumerRow } from './state.js';
import {
  anything,
  flag,
  listOf,
  structure,
  text,
  texts,
  whole,
  type InputOf,
  type ValueOf,
} from '../../operation/family.js';
import { ownValue } from '../../../simulation/own-value.js';

/** A rule as requests write it. */
export const AUTHORIZATION = {
  consumerId: text,
  consumerGroupId: text,
  principalType: text,
  resourceType: text,
  expireMode: text,
  expireTimestamp: whole,
  resourceIdentifier: structure({
    resourceId: text,
    parentResourceId: text,
    environmentId: text,
    resources: texts,
  }),
};

/** The kinds of resources, by their names in requests. Those of operations and APIs are [I]. */
const KINDS: Readonly<Record<string, 'route' | 'operation' | 'api'>> = {
  HttpApiRoute: 'route',
  HttpApiOperation: 'operation',
  RestApiOperation: 'operation',
  RestApi: 'api',
  HttpApi: 'api',
};

/**
 * Lets a consumer call resources: routes, operations, or all of an API. What is not published cannot be authorized.
 * @throws {AlibabaError} `NotFound.ConsumerNotFound`; `InvalidParameter`; `Conflict.ResourceNotDeployed` [I];
 *   `Conflict.ConsumerAuthorizationForbidden` for a resource that the consumer may call already
 */
export function newAuthorizations(
  call: AlibabaCall,
  given: InputOf<typeof AUTHORIZATION>,
): readonly AuthorizationRow[] {
  const { consumerId = '', principalType = 'Consumer', resourceType = '', expireMode = 'LongTerm' } = given;
  if (principalType !== 'Consumer') throw refusals.invalid('principalType', 'Groups of consumers are not simulated.');

  const { id } = getConsumer(call.state, consumerId);
  const kind = ownValue(KINDS, resourceType);
  if (!kind) throw refusals.invalid('resourceType', `It is one of ${Object.keys(KINDS).join(', ')}.`);

  const { resourceId, resources = [], parentResourceId = '', environmentId = '' } = given.resourceIdentifier ?? {};
  const ids = resourceId === undefined ? resources : [resourceId];
  if (ids.length === 0) throw refusals.invalid('resourceIdentifier.resourceId', 'It is required.');

  const gateway = gatewayOfEnvironment(call.state, environmentId);
  return ids.map((one) => {
    if (!isPublished(call, kind, one, gateway.id)) throw refusals.notPublished(one);

    const same = [...call.state.apig.authorizations.values()].some(
      (row) => row.consumerId === id && row.resourceId === one && row.environmentId === gateway.environmentId,
    );
    if (same) throw refusals.authorized(one);

    return {
      id: call.id('car-', 20),
      consumerId: id,
      resourceType,
      resourceId: one,
      parentResourceId,
      environmentId: gateway.environmentId,
      expireMode,
      expiresAt: given.expireTimestamp,
      listedFrom: call.now + Math.floor(call.random() * LIST_LAG_MS),
      createdAt: call.now,
    };
  });
}

function isPublished(
  { state }: AlibabaCall,
  kind: 'route' | 'operation' | 'api',
  id: string,
  gatewayId: string,
): boolean {
  const { routes, apis } = state.apig;
  if (kind === 'route') return routes.get(id)?.published !== undefined && routes.get(id)?.gatewayId === gatewayId;

  const current = [...apis.values()].flatMap((api) => {
    const revision = currentRevision(api, gatewayId);
    return revision ? [{ apiId: api.id, revision }] : [];
  });
  if (kind === 'operation') return current.some(({ revision }) => revision.operations.some((row) => row.id === id));

  const hasRoute = [...routes.values()].some((row) => row.apiId === id && row.published && row.gatewayId === gatewayId);
  return hasRoute || current.some(({ apiId }) => apiId === id);
}

/** What a consumer is known by, as requests write it. */
export const IDENTITIES = {
  akSkIdentityConfigs: listOf({ type: text, generateMode: text, ak: text, sk: text }),
  apikeyIdentityConfig: structure({
    type: text,
    apikeySource: structure({ source: text, value: text }),
    credentials: listOf({ apikey: text, generateMode: text }),
  }),
  jwtIdentityConfig: structure({
    type: text,
    jwks: text,
    remoteJwks: text,
    secretType: text,
    jwtTokenConfig: structure({ position: text, key: text, prefix: text, pass: flag }),
    jwtPayloadConfig: structure({ payloadKeyName: text, payloadKeyValue: text }),
    claimsToHeadersConfigs: anything,
  }),
};

type Identities = Pick<ConsumerRow, 'akSks' | 'apiKey' | 'jwt'>;

/**
 * The identities of a consumer. `Custom` keeps key and secret as they are given, without rules for their length [U]; `System` makes them.
 * @throws {AlibabaError} `InvalidParameter` for `Custom` without key or secret; `Conflict.AccessKeyDuplicated` [I]
 */
export function readIdentities(call: AlibabaCall, given: InputOf<typeof IDENTITIES>, before?: ConsumerRow): Identities {
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
  { apikeySource = {}, credentials = [] }: ValueOf<(typeof IDENTITIES)['apikeyIdentityConfig']>,
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
