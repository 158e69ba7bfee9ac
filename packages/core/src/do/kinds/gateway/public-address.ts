import type { Gateway } from '../../model/gateway.js';
import type { GatewayKind } from '../../model/gateway-kind.js';
import { APIG_STAGE } from './apig-stage.js';
import { partitionOf } from '../arn.js';

/** Where callers reach a stage of a gateway. */
export interface PublicAddress {
  /** What paths of routes follow: `https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/v1`. */
  readonly base: string;
  /** What names the stage, where the address does not. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Why callers cannot reach it so. */
export interface NoAddress {
  readonly because: string;
  readonly remedy: string;
}

/** How gateways of a kind are reached. */
interface Reached {
  /** The gateway's own name, with `https://`. */
  readonly own: (gateway: Gateway, region: string) => string | NoAddress;
  /** Where a call names its stage: after the gateway's own name, where it is not `unnamed`, or in a header. */
  readonly stage: { readonly in: 'path'; readonly unnamed?: string } | { readonly in: 'header'; readonly name: string };
}

const OTHER_NAME = 'Name the custom domain that callers use: --host GATEWAY=NAME (`hosts` in a program).';

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html */
const NO_OWN_NAME: Readonly<Record<NonNullable<Gateway['endpoint']>, NoAddress>> = {
  disabled: { because: 'the default endpoint of the API is disabled', remedy: OTHER_NAME },
  private: {
    because: 'the API is private: only callers inside of a VPC reach it',
    remedy: 'Call it from inside of the VPC with --host GATEWAY=NAME, or use the test call of the cloud.',
  },
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-call-api.html; of other partitions [U]. */
const DOMAINS: Readonly<Record<string, string>> = {
  'aws-cn': 'amazonaws.com.cn',
  'aws-iso': 'c2s.ic.gov',
  'aws-iso-b': 'sc2s.sgov.gov',
};

function executeApi({ id, endpoint }: Gateway, region: string): string | NoAddress {
  if (endpoint !== undefined) return NO_OWN_NAME[endpoint];
  return `https://${id}.execute-api.${region}.${DOMAINS[partitionOf(region)] ?? 'amazonaws.com'}`;
}

/** A custom domain may have no certificate, or point elsewhere. The group's own name has neither fault. */
function groupDomain({ settings }: Gateway): string | NoAddress {
  const own = settings?.domains.find(({ kind }) => kind === 'public')?.name;
  if (own === undefined) return { because: 'the API group has no public domain', remedy: OTHER_NAME };
  return `https://${own}${(settings?.basePath ?? '').replace(/\/+$/, '')}`;
}

/** A gateway's own name answers 1,000 calls a day, over HTTP; callers use a custom domain. */
function gatewayDomain({ settings }: Gateway): string | NoAddress {
  const own = settings?.domains.find(({ kind }) => kind === 'public')?.name;
  if (own === undefined) return { because: 'the HTTP API has no public domain of its gateway', remedy: OTHER_NAME };
  return `http://${own}${(settings?.basePath ?? '').replace(/\/+$/, '')}`;
}

/**
 * How gateways of each kind are reached.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/call-an-api
 */
const REACHED: Readonly<Record<GatewayKind, Reached>> = {
  'http-api': { own: executeApi, stage: { in: 'path', unnamed: '$default' } },
  'rest-api': { own: executeApi, stage: { in: 'path' } },
  'websocket-api': {
    own: () => ({
      because: 'routes of a WebSocket API receive messages of an open connection, not requests',
      remedy: 'Connect to the API with a WebSocket client.',
    }),
    stage: { in: 'path' },
  },
  'api-group': { own: groupDomain, stage: { in: 'header', name: 'x-ca-stage' } },
  'apig-http-api': { own: gatewayDomain, stage: { in: 'path', unnamed: APIG_STAGE } },
};

/** A kind of gateway whose public address no rule gives. */
const NOT_REACHED: Reached = {
  own: ({ kind }) => ({ because: `no rule gives the public address of a gateway of kind ${kind}`, remedy: OTHER_NAME }),
  stage: { in: 'path' },
};

/** The address of one stage of a gateway in a region. */
export function publicAddress(gateway: Gateway, region: string, stage: string): PublicAddress | NoAddress {
  const { own, stage: named } = REACHED[gateway.kind] ?? NOT_REACHED;
  const base = own(gateway, region);
  if (typeof base !== 'string') return base;
  if (named.in === 'header') return { base, headers: { [named.name]: stage } };
  return { base: stage === named.unnamed ? base : `${base}/${stage}` };
}

/** The same where callers use another name, `api.example.com/v1`: a base path takes the place of a stage in the path. */
export function namedAddress({ kind }: Pick<Gateway, 'kind'>, name: string, stage: string): PublicAddress {
  const { stage: named } = REACHED[kind] ?? NOT_REACHED;
  const base = (/^https?:\/\//.test(name) ? name : `https://${name}`).replace(/\/+$/, '');
  return { base, ...(named.in === 'header' ? { headers: { [named.name]: stage } } : {}) };
}

/** Whether a call by another name shows the stage that it is for. */
export function nameHidesStage({ kind }: Pick<Gateway, 'kind'>): boolean {
  return (REACHED[kind] ?? NOT_REACHED).stage.in === 'path';
}
