import type {
  CreateDomainNameRequest,
  DomainNameConfiguration,
  ApiMapping,
  DomainName,
  DomainNameStatus,
  RoutingMode,
} from '@aws-sdk/client-apigatewayv2';
import type { CreateDomainNameRequest as DomainInput, RoutingMode as V1RoutingMode } from '@aws-sdk/client-api-gateway';
import { badRequest, notFound, conflict, WORDS } from '../../api-gateway/words.js';
import { defined } from '../../../simulation/defined.js';
import { ofList, type AwsCall, notSimulated } from '../../operation/operation.js';
import { getDomain, NO_BASE_PATH, apiKind } from '../../rest-apis/control/domain/mapping-rules.js';
import type { DomainNameRow, MappingRow } from '../../rest-apis/control/state.js';

/** What a configuration sets, in the words of V1. */
type Configured = Pick<
  DomainInput,
  | 'regionalCertificateArn'
  | 'regionalCertificateName'
  | 'ownershipVerificationCertificateArn'
  | 'endpointConfiguration'
  | 'securityPolicy'
>;

type Input = Pick<CreateDomainNameRequest, 'DomainNameConfigurations' | 'MutualTlsAuthentication' | 'RoutingMode'>;

/**
 * The one configuration of a request.
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/18312
 * @throws {ServiceError} BadRequestException
 */
export function onlyConfiguration({ DomainNameConfigurations: all = [] }: Input): DomainNameConfiguration {
  const [first, ...more] = all;
  if (!first || more.length > 0) throw badRequest('Invalid input. Expected one domain name configuration');

  return first;
}

/**
 * What a configuration says in the words of V1. A domain name of V2 is regional, whatever other type is given.
 * @see https://github.com/floci-io/floci/pull/2390 (recorded in eu-west-1: EDGE is refused, PRIVATE becomes REGIONAL)
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/37869 (the security policy)
 * @throws {ServiceError} BadRequestException
 */
export function configured(given: DomainNameConfiguration): Configured {
  if (given.EndpointType === 'EDGE')
    throw badRequest('EDGE endpoint type is not supported for APIGatewayV2 domainName');

  const { SecurityPolicy: policy = 'TLS_1_2' } = given;
  if (policy !== 'TLS_1_2') throw ofList(badRequest(`${policy} is not supported for APIGatewayV2 domainName.`));

  return defined({
    regionalCertificateArn: given.CertificateArn,
    regionalCertificateName: given.CertificateName,
    ownershipVerificationCertificateArn: given.OwnershipVerificationCertificateArn,
    endpointConfiguration: defined({ types: ['REGIONAL' as const], ipAddressType: given.IpAddressType }),
    securityPolicy: policy,
  });
}

/** Routing rules are not simulated. @throws {ServiceError} NotImplemented */
export function checkRoutingMode({ RoutingMode: mode = 'API_MAPPING_ONLY' }: Input): void {
  if (mode !== 'API_MAPPING_ONLY') throw notSimulated(`Routing mode ${mode}`);
}

/** Recorded in eu-west-1: https://github.com/floci-io/floci/pull/2390 */
const EDGE =
  'Only REGIONAL domain names can be managed through the API Gateway V2 API. For EDGE domain names, please use the API Gateway V1 API. Also note that only REST APIs can be attached to EDGE domain names.';

/** @see https://github.com/amplify-education/serverless-domain-manager/issues/381 */
const OLD_TLS =
  'Only REGIONAL domain names with a security policy of TLS 1.2 can be managed through the API Gateway V2 API. For TLS 1.0 ' +
  'domain names, please use the API Gateway V1 API to upgrade your security policy to TLS 1.2. Currently, only REST APIs can ' +
  'be attached to a domain name with a security policy of TLS 1.0.';

/**
 * A domain name that V2 manages. V1 may have created it.
 * @throws {ServiceError} NotFoundException; BadRequestException for one that V1 alone manages
 */
export function managedDomain(call: AwsCall, domainName: string): DomainNameRow {
  const row = getDomain(call, { domainName });
  if (row.fields.endpointConfiguration?.types?.[0] === 'EDGE') throw badRequest(EDGE);
  if (row.fields.securityPolicy === 'TLS_1_0') throw badRequest(OLD_TLS);

  return row;
}

/** @throws {ServiceError} NotFoundException, in words that are [U] */
export function getApiMapping({ mappings }: DomainNameRow, id: string): MappingRow {
  const row = [...mappings.values()].find((mapping) => mapping.id === id);
  if (!row) throw notFound('Invalid API mapping identifier specified');

  return row;
}

/** An API mapping as a request gives it. */
export interface GivenMapping {
  readonly apiId: string;
  readonly stage: string;
  readonly key: string;
}

/**
 * Refuses an API mapping that the service would refuse, as it is after a create or an update.
 * @param self the mapping as it is stored, if it is
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html
 * @see https://github.com/floci-io/floci/pull/2390 (recorded: an unknown API and an unknown stage are 400)
 * @see https://github.com/aws/aws-cdk/issues/22660 (a key that exists)
 * @throws {ServiceError} BadRequestException, ConflictException
 */
export function checkedApiMapping(
  call: AwsCall,
  { mappings }: DomainNameRow,
  { apiId, stage, key }: GivenMapping,
  self?: MappingRow,
): MappingRow {
  const { restApi, apiGateway } = call.state;
  const api = restApi.apis.get(apiId) ?? apiGateway.apis.get(apiId);
  if (!api) throw badRequest(WORDS.apiNotFound(call.account, apiId).message);
  if (!api.stages.has(stage)) throw badRequest('Invalid stage identifier specified');

  checkKey(key);
  const others = [...mappings.values()].filter(({ id }) => id !== self?.id);
  checkMixing(call, apiId, others);
  checkLevels(call, { apiId, key }, others);
  const basePath = key === '' ? NO_BASE_PATH : key;
  if (others.some((other) => other.basePath === basePath)) {
    throw conflict('ApiMapping key already exists for this domain name');
  }

  return { id: self?.id ?? call.id('', 6, 'base36'), basePath, apiId, stage };
}

/** Recorded in eu-west-1, with their order: https://github.com/floci-io/floci/pull/2390 */
const KEY_RULES: readonly (readonly [RegExp, string])[] = [
  [/\/$/, "API mapping key should not end with a '/'."],
  [/^\/|\/\/|^\s+$/, "API mapping key should not start with a '/' or have consecutive '/'s."],
  [
    /[^A-Za-z0-9$\-_.+!*'(),/]/,
    "An API mapping key may contain only letters, numbers and one of $-_.+!*'(), characters.",
  ],
  [/^.{301}/, 'ApiMapping key length must be under 300 characters.'],
];

function checkKey(key: string): void {
  const broken = KEY_RULES.find(([pattern]) => pattern.test(key));
  if (broken) throw badRequest(broken[1]);
}

/**
 * HTTP and REST APIs can share a domain name, WebSocket APIs are among themselves.
 * @see https://github.com/serverless/serverless/issues/7459 (V1's sentence; of V2, none is public [I])
 */
function checkMixing(call: AwsCall, apiId: string, others: readonly MappingRow[]): void {
  const isSocket = (id: string) => apiKind(call, id) === 'WEBSOCKET';
  if (others.every((other) => isSocket(other.apiId) === isSocket(apiId))) return;

  throw badRequest('Currently, WebSocket APIs can only be attached to a domain name with other WebSocket APIs.');
}

/**
 * Keys of several levels.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html, sentences [U]
 */
function checkLevels(
  call: AwsCall,
  { apiId, key }: Pick<GivenMapping, 'apiId' | 'key'>,
  others: readonly MappingRow[],
): void {
  if (!key.includes('/')) return;
  if (apiKind(call, apiId) === 'WEBSOCKET') {
    throw badRequest('API mapping keys with multiple levels are not supported for WebSocket APIs.');
  }

  const most = call.quota('multi-level-mappings-per-domain-name');
  if (others.filter(({ basePath }) => basePath.includes('/')).length >= most) {
    throw badRequest(`There are too many multi-level API mappings defined for this domain name. Limit is ${most}.`);
  }
}

/** The words of V1 in those of V2. */
const ROUTING: Readonly<Record<V1RoutingMode, RoutingMode>> = {
  BASE_PATH_MAPPING_ONLY: 'API_MAPPING_ONLY',
  ROUTING_RULE_ONLY: 'ROUTING_RULE_ONLY',
  ROUTING_RULE_THEN_BASE_PATH_MAPPING: 'ROUTING_RULE_THEN_API_MAPPING',
};

/**
 * A domain name as V2 shows it.
 * @see https://github.com/aws/aws-cli/blob/develop/awscli/examples/apigatewayv2/get-domain-name.rst
 * @see https://github.com/floci-io/floci/pull/2390 (recorded: `RoutingMode`, `IpAddressType`)
 */
export function showDomain({ fields }: DomainNameRow): DomainName {
  const { mutualTlsAuthentication: mutual, endpointConfiguration: endpoint } = fields;
  const configuration = {
    ApiGatewayDomainName: fields.regionalDomainName ?? fields.distributionDomainName,
    CertificateArn: fields.regionalCertificateArn ?? fields.certificateArn,
    CertificateName: fields.regionalCertificateName ?? fields.certificateName,
    // V2 does not show those that are PENDING or FAILED, which are private [I].
    DomainNameStatus: fields.domainNameStatus as DomainNameStatus,
    // V2 has no word for private ones, and does not show them.
    EndpointType: endpoint?.types?.[0] === 'EDGE' ? ('EDGE' as const) : ('REGIONAL' as const),
    HostedZoneId: fields.regionalHostedZoneId ?? fields.distributionHostedZoneId,
    IpAddressType: endpoint?.ipAddressType,
    OwnershipVerificationCertificateArn: fields.ownershipVerificationCertificateArn,
    SecurityPolicy: fields.securityPolicy === 'TLS_1_0' ? ('TLS_1_0' as const) : ('TLS_1_2' as const),
  };
  return {
    ApiMappingSelectionExpression: '$request.basepath',
    DomainName: fields.domainName,
    DomainNameArn: fields.domainNameArn,
    DomainNameConfigurations: [defined(configuration)],
    ...(mutual && {
      MutualTlsAuthentication: defined({
        TruststoreUri: mutual.truststoreUri,
        TruststoreVersion: mutual.truststoreVersion,
      }),
    }),
    RoutingMode: ROUTING[fields.routingMode ?? 'BASE_PATH_MAPPING_ONLY'],
    Tags: fields.tags,
  };
}

/** A mapping as V2 shows it: the empty path is an empty key. */
export function showApiMapping({ id, basePath, apiId, stage }: MappingRow): ApiMapping {
  // A mapping of V1 without a stage has none here, either [I].
  return { ApiId: apiId, ApiMappingId: id, ApiMappingKey: basePath === NO_BASE_PATH ? '' : basePath, Stage: stage };
}
