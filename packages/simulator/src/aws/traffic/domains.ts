import { NOWHERE, type Ended, type GatewayAnswer, type GatewayCall } from '../../simulation/traffic/gateway-call.js';
import { NO_BASE_PATH } from '../rest-apis/control/domain/mapping-rules.js';
import type { AwsState, RegionState } from '../state/aws-state.js';
import type { DomainNameRow } from '../rest-apis/control/state.js';
import { type Mapped, callId, joinTarget, splitTarget } from './front.js';
import { httpDate } from '../../simulation/time/time.js';

/** A custom domain name, with the region that it is in. */
export interface Domain {
  readonly region: RegionState;
  readonly row: DomainNameRow;
}

/**
 * The custom domain name that a host is, or the wildcard name that covers it. Private ones are called from inside a VPC
 * only, and are no gateways here.
 */
export function domainOf({ regions }: AwsState, host: string): Domain | undefined {
  const wildcard = `*${host.slice(host.indexOf('.'))}`;
  for (const region of regions.values()) {
    const { domainNames } = region.restApi;
    const row = domainNames.get(host) ?? domainNames.get(wildcard);
    if (row && row.fields.endpointConfiguration?.types?.[0] !== 'PRIVATE') return { region, row };
  }
  return undefined;
}

/**
 * The API and stage that a path of a domain name leads to: the mapping with the longest base path that the path begins with,
 * else the one without a base path. A mapping without a stage leaves it to the next part of the path.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html
 */
export function mappingOf({ mappings }: DomainNameRow, target: string): { id: string; mapped: Mapped } | undefined {
  const { path, query } = splitTarget(target);
  let base = path.slice(1);
  while (!mappings.has(base) && base !== '') base = base.slice(0, Math.max(0, base.lastIndexOf('/')));
  const mapping = mappings.get(base === '' ? NO_BASE_PATH : base);
  if (mapping === undefined) return undefined;

  const { apiId: id } = mapping;
  const rest = rooted(base === '' ? path : path.slice(base.length + 1));
  if (mapping.stage !== undefined) {
    return { id, mapped: { stage: mapping.stage, path: joinTarget({ path: rest, query }) } };
  }

  const end = rest.indexOf('/', 1);
  const [stage, below] = end < 0 ? [rest.slice(1), '/'] : [rest.slice(1, end), rest.slice(end)];
  return { id, mapped: { stage, path: joinTarget({ path: below, query }) } };
}

/**
 * Why a domain name with mutual TLS carries no call. Calls of the simulator have no client certificates: the service ends their TLS
 * handshake, where the simulator answers 403.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
 */
export function closedTo({ fields }: DomainNameRow): string | undefined {
  if (fields.mutualTlsAuthentication === undefined) return undefined;

  return `${fields.domainName} requires a client certificate (mutual TLS), and calls of the simulator have none.`;
}

const rooted = (path: string): string => (path.startsWith('/') ? path : `/${path}`);

const FORBIDDEN = '{"message":"Forbidden"}';

/** What an answer of the front door has from the call. */
interface CallIds {
  readonly now: number;
  readonly random: () => number;
  readonly requestId: () => string;
}

/**
 * No mapping of the domain name fits the path.
 * @see https://repost.aws/knowledge-center/api-gateway-troubleshoot-403-forbidden
 */
export function unmapped({ host, path }: GatewayCall, ids: CallIds): Ended {
  return { answer: forbidden(host, `No base path mapping of ${host} fits ${splitTarget(path).path}.`, ids) };
}

/** The front door knows no API for a call: 403 [I]. */
export function forbidden(
  host: string,
  because: string,
  { now, random, requestId }: CallIds,
  outcome: GatewayAnswer['outcome'] = 'no-stage',
): GatewayAnswer {
  return {
    status: 403,
    headers: {
      date: httpDate(now),
      'content-type': 'application/json',
      'content-length': `${FORBIDDEN.length}`,
      'x-amzn-RequestId': requestId(),
      'x-amzn-ErrorType': 'ForbiddenException',
      'x-amz-apigw-id': callId(random),
    },
    body: FORBIDDEN,
    outcome,
    because,
    trace: { ...NOWHERE, gateway: host },
  };
}
