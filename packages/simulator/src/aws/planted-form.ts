import { INTERFACE_STATES, type VirtualInterfaceRow } from './direct-connect/state.js';
import type { TargetHealthReasonEnum, TargetHealthStateEnum } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  checkPlanted,
  form,
  isObject,
  isText,
  oneOf,
  optional,
  text,
  type MemberForm,
} from '../simulation/dispatch/planted-members.js';
import { canonicalIpv6, parseBlock } from './ec2/request/text-rules.js';
import type { Planted } from './plant.js';
import type { AuthorizerAnswer } from './http-apis/control/state.js';

type Members<Kind> = Omit<Extract<Planted, { kind: Kind }>, 'kind'>;

const block = form('a CIDR block', isBlock);
const blocks = form('a list of CIDR blocks', (value) => Array.isArray(value) && value.every(isBlock));
const ipv6 = form('an IPv6 address', (value) => isText(value) && canonicalIpv6(value) !== undefined);
const asn = form(
  'a whole number from 1 to 4294967295',
  (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) < 2 ** 32,
);
const flag = form('true or false', (value) => typeof value === 'boolean');
const otherVpc = form(
  'an object of "ownerId" (twelve digits), "vpcId" and "cidrBlock"',
  (value) =>
    isObject(value) &&
    Object.keys(value).length === 3 &&
    isText(value['ownerId']) &&
    /^\d{12}$/.test(value['ownerId']) &&
    isText(value['vpcId']) &&
    /^vpc-[0-9a-f]{8,17}$/.test(value['vpcId']) &&
    isBlock(value['cidrBlock']),
);
const healthState = oneOf<TargetHealthStateEnum>(
  'initial',
  'healthy',
  'unhealthy',
  'unhealthy.draining',
  'unused',
  'draining',
  'unavailable',
);
const healthReason = oneOf<TargetHealthReasonEnum>(
  'Elb.RegistrationInProgress',
  'Elb.InitialHealthChecking',
  'Elb.InternalError',
  'Target.ResponseCodeMismatch',
  'Target.Timeout',
  'Target.FailedHealthChecks',
  'Target.NotRegistered',
  'Target.NotInUse',
  'Target.DeregistrationInProgress',
  'Target.InvalidState',
  'Target.IpUnusable',
  'Target.HealthCheckDisabled',
);
const lineState = oneOf<VirtualInterfaceRow['state']>(...INTERFACE_STATES);

/** The members of each kind. A kind or a member that is added to {@link Planted} needs its row here. */
const FORMS: { readonly [Kind in Planted['kind']]: { readonly [Member in keyof Members<Kind>]-?: MemberForm } } = {
  'vpn-device': { vpnConnectionId: text, tunnels: oneOf('UP', 'DOWN'), announces: optional(blocks) },
  'peering-request': { vpcId: text, from: otherVpc },
  'peering-answer': { vpcPeeringConnectionId: text, answer: oneOf('accept', 'reject'), cidrBlock: optional(block) },
  'endpoint-answer': { vpcEndpointId: text, answer: oneOf('accept', 'reject') },
  'transit-attachment-request': { transitGatewayId: text, from: otherVpc },
  'target-health': {
    targetGroupArn: text,
    targetId: text,
    state: optional(healthState),
    reason: optional(healthReason),
    shifted: optional(flag),
  },
  instance: { networkInterfaceId: text, instanceId: optional(text) },
  'idle-interface': { networkInterfaceId: text },
  'link-traffic': { vpcLinkId: text },
  'authorizer-answer': { apiId: text, authorizerId: text, answer: oneOf<AuthorizerAnswer>('allow', 'deny', 'error') },
  prefix: { networkInterfaceId: text, block },
  'ipv6-address': { networkInterfaceId: text, address: ipv6 },
  'direct-connect-connection': { name: optional(text) },
  'direct-connect-gateway': { name: optional(text), amazonSideAsn: optional(asn) },
  'direct-connect-association': { directConnectGatewayId: text, gatewayId: text, allowedPrefixes: optional(blocks) },
  'virtual-interface': {
    connectionId: optional(text),
    virtualGatewayId: optional(text),
    directConnectGatewayId: optional(text),
    type: optional(oneOf<VirtualInterfaceRow['type']>('private', 'transit')),
    announces: blocks,
    state: optional(lineState),
    bgp: optional(oneOf<VirtualInterfaceRow['bgpStatus']>('up', 'down', 'unknown')),
  },
};

/** The kinds of what can be planted. */
export const PLANTED_KINDS = Object.keys(FORMS).toSorted();

/**
 * A value from outside, if it has the form of something that can be planted.
 * @throws {RangeError} with the member that is wrong and what it has to be
 */
export function plantedOf(value: unknown): Planted {
  return checkPlanted(value, FORMS) as Planted;
}

function isBlock(value: unknown): boolean {
  return isText(value) && parseBlock(value) !== undefined;
}
