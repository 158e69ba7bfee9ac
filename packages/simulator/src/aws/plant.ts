import { raise } from '../simulation/raise.js';
import type { TargetHealthReasonEnum, TargetHealthStateEnum } from '@aws-sdk/client-elastic-load-balancing-v2';
import { useVpcLink } from './http-apis/control/vpc-link.js';
import type { AwsCall } from './operation/operation.js';
import { plantLine, type PlantedLine } from './direct-connect/plant.js';
import { adoptInstance } from './ec2/instance/instances.js';
import { canonicalIpv6 } from './ec2/request/text-rules.js';
import { copiesOf, REQUEST_MS, setPeeringStatus } from './ec2/vpc/peerings.js';
import { answerEndpoint } from './ec2/vpc-endpoint/endpoint-services.js';
import { DEFAULT_ATTACHMENT_OPTIONS } from './ec2/transit-gateway/transit-interfaces.js';
import { TRANSIT_MS } from './ec2/transit-gateway/transit-gateways.js';
import type { AuthorizerAnswer } from './http-apis/control/state.js';
import type { PeeringRow } from './ec2/state.js';
import type { TransitGatewayAttachmentRow } from './ec2/transit-gateway/state.js';
import { newAttachment } from './ec2/vpc/network.js';
import { existing, blocks } from './ec2/plant-input.js';

/** What happens outside of the simulated account, so that no call of its own can do it. */
export type Planted =
  | PlantedLine
  /**
   * The device at the other end of a VPN connection. Its tunnels become up or down, and it announces blocks by BGP.
   */
  | {
      readonly kind: 'vpn-device';
      readonly vpnConnectionId: string;
      readonly tunnels: 'UP' | 'DOWN';
      readonly announces?: readonly string[] | undefined;
    }
  /** Another account asks for a peering with one of this account's VPCs. */
  | {
      readonly kind: 'peering-request';
      readonly vpcId: string;
      readonly from: { readonly ownerId: string; readonly vpcId: string; readonly cidrBlock: string };
    }
  /** Another account answers a request for a peering. */
  | {
      readonly kind: 'peering-answer';
      readonly vpcPeeringConnectionId: string;
      readonly answer: 'accept' | 'reject';
      readonly cidrBlock?: string | undefined;
    }
  /** Another account answers the request of an endpoint for a service of it. */
  | { readonly kind: 'endpoint-answer'; readonly vpcEndpointId: string; readonly answer: 'accept' | 'reject' }
  /** Another account, with which a transit gateway is shared, asks to attach a VPC of its own. */
  | {
      readonly kind: 'transit-attachment-request';
      readonly transitGatewayId: string;
      readonly from: { readonly ownerId: string; readonly vpcId: string; readonly cidrBlock: string };
    }
  /**
   * A target answers its health checks in a way of its own; without a state its health is that of its backend and the network again.
   * `shifted`: a zonal shift moves calls away from its zone, or none does.
   */
  | {
      readonly kind: 'target-health';
      readonly targetGroupArn: string;
      readonly targetId: string;
      readonly state?: TargetHealthStateEnum | undefined;
      readonly reason?: TargetHealthReasonEnum | undefined;
      readonly shifted?: boolean | undefined;
    }
  /** An instance runs with an interface as its primary one, unless one has it already; or one that runs gets it as a further one. */
  | { readonly kind: 'instance'; readonly networkInterfaceId: string; readonly instanceId?: string | undefined }
  /** An interface is detached from the machine that used it. */
  | { readonly kind: 'idle-interface'; readonly networkInterfaceId: string }
  /**
   * A route that uses a VPC link is called. The link counts as used, and an INACTIVE link starts to become
   * available again.
   */
  | { readonly kind: 'link-traffic'; readonly vpcLinkId: string }
  /**
   * The function of a Lambda authorizer of an HTTP or REST API allows all calls that reach it, denies them, or cannot be
   * invoked. Without this it allows them.
   */
  | {
      readonly kind: 'authorizer-answer';
      readonly apiId: string;
      readonly authorizerId: string;
      readonly answer: AuthorizerAnswer;
    }
  /** An interface gets a block of addresses for containers, which calls cannot give it in the simulation. */
  | { readonly kind: 'prefix'; readonly networkInterfaceId: string; readonly block: string }
  /** The service gives one of its interfaces, such as a link's, an IPv6 address. */
  | { readonly kind: 'ipv6-address'; readonly networkInterfaceId: string; readonly address: string };

/**
 * Lets something happen in a region that only the world outside can do.
 * @returns the id of what was planted, or of what it happened to
 * @throws {RangeError} when what it refers to does not exist, or a block is none
 */
export function plant(call: AwsCall, planted: Planted): string {
  switch (planted.kind) {
    case 'vpn-device': {
      const row = existing(call.state.ec2.vpnConnections.get(planted.vpnConnectionId), planted.vpnConnectionId);
      for (const tunnel of row.fields.VgwTelemetry) {
        Object.assign(tunnel, { Status: planted.tunnels, LastStatusChange: new Date(call.now) });
      }
      row.learned = blocks(planted.announces ?? row.learned);
      return row.id;
    }
    case 'peering-request':
      return plantRequest(call, planted);
    case 'peering-answer': {
      const { vpcPeeringConnectionId: id, answer, cidrBlock } = planted;
      existing(call.state.ec2.peerings.get(id), id);
      if (cidrBlock !== undefined) {
        const [block = ''] = blocks([cidrBlock]);
        for (const row of copiesOf(call.aws, id)) {
          call.state.ec2.peerings.set(id, { ...row, accepter: { ...row.accepter, cidrBlock: block } });
        }
      }
      setPeeringStatus(call, id, answer === 'accept' ? 'active' : 'rejected');
      return id;
    }
    case 'endpoint-answer': {
      const { vpcEndpointId: id, answer } = planted;
      answerEndpoint(call, existing(call.state.ec2.vpcEndpoints.get(id), id), answer);
      return id;
    }
    case 'transit-attachment-request':
      return plantAttachment(call, planted);
    case 'target-health': {
      const group = existing(call.state.loadBalancing.targetGroups.get(planted.targetGroupArn), planted.targetGroupArn);
      const targets = group.targets.filter(({ id }) => id === planted.targetId);
      existing(targets[0], planted.targetId);
      const { state, reason, shifted } = planted;
      for (const target of targets) {
        target.health = state && { State: state, Reason: reason };
        target.shifted = shifted;
      }
      return planted.targetId;
    }
    case 'instance': {
      const row = existing(call.state.ec2.interfaces.get(planted.networkInterfaceId), planted.networkInterfaceId);
      const others = [...call.state.ec2.interfaces.values()].filter(
        ({ attachment }) => attachment !== undefined && attachment.InstanceId === planted.instanceId,
      );
      if (planted.instanceId !== undefined) existing(others[0], planted.instanceId);
      else if (row.attachment?.InstanceId !== undefined) return row.attachment.InstanceId;
      const instanceId = planted.instanceId ?? call.id('i-');
      row.attachment = newAttachment(call, 'eni-attach-', call.account, {
        InstanceId: instanceId,
        DeviceIndex: planted.instanceId === undefined ? 0 : others.length,
        DeleteOnTermination: true,
      });
      if (planted.instanceId === undefined) adoptInstance(call, instanceId, row);
      return instanceId;
    }
    case 'idle-interface': {
      const row = existing(call.state.ec2.interfaces.get(planted.networkInterfaceId), planted.networkInterfaceId);
      row.attachment = undefined;
      return row.id;
    }
    case 'link-traffic': {
      existing(call.state.apiGateway.vpcLinks.get(planted.vpcLinkId), planted.vpcLinkId);
      useVpcLink(call, planted.vpcLinkId);
      return planted.vpcLinkId;
    }
    case 'authorizer-answer': {
      const { apiId, authorizerId, answer } = planted;
      const { apiGateway, restApi } = call.state;
      existing((apiGateway.apis.get(apiId) ?? restApi.apis.get(apiId))?.authorizers?.get(authorizerId), authorizerId);
      apiGateway.authorizerAnswers.set(`${apiId}/${authorizerId}`, answer);
      return authorizerId;
    }
    case 'prefix': {
      const row = existing(call.state.ec2.interfaces.get(planted.networkInterfaceId), planted.networkInterfaceId);
      const [block = ''] = planted.block.includes(':') ? [planted.block] : blocks([planted.block]);
      row.prefixes = [...(row.prefixes ?? []), block];
      return row.id;
    }
    case 'ipv6-address': {
      const row = existing(call.state.ec2.interfaces.get(planted.networkInterfaceId), planted.networkInterfaceId);
      const address = canonicalIpv6(planted.address) ?? raise(new RangeError(`${planted.address} is no IPv6 address.`));

      row.ipv6Addresses.push(address);
      return row.id;
    }
    default:
      return plantLine(call, planted);
  }
}

function plantRequest(call: AwsCall, { vpcId, from }: Extract<Planted, { kind: 'peering-request' }>): string {
  const vpc = existing(call.state.ec2.vpcs.get(vpcId), vpcId);
  const [cidrBlock = ''] = blocks([from.cidrBlock]);
  const row: PeeringRow = {
    id: call.id('pcx-'),
    requester: { ...from, cidrBlock, region: call.region },
    accepter: { vpcId, ownerId: vpc.ownerId, region: call.region, cidrBlock: vpc.cidrBlock },
    status: 'pending-acceptance',
    expiresAt: new Date(call.now + REQUEST_MS),
    tags: {},
  };
  call.state.ec2.peerings.set(row.id, row);
  call.after(REQUEST_MS, 'ec2.peering-expires', { id: row.id });
  return row.id;
}

function plantAttachment(
  call: AwsCall,
  { transitGatewayId, from }: Extract<Planted, { kind: 'transit-attachment-request' }>,
): string {
  const gateway = existing(call.state.ec2.transitGateways.get(transitGatewayId), transitGatewayId);
  const accepted = gateway.fields.Options.AutoAcceptSharedAttachments === 'enable';
  const row: TransitGatewayAttachmentRow = {
    id: call.id('tgw-attach-'),
    transitGatewayId,
    transitGatewayOwnerId: gateway.ownerId,
    resourceType: 'vpc',
    resourceId: from.vpcId,
    resourceOwnerId: from.ownerId,
    createdAt: new Date(call.now),
    subnetIds: [],
    options: DEFAULT_ATTACHMENT_OPTIONS,
    foreignBlocks: blocks([from.cidrBlock]),
    state: accepted ? 'pending' : 'pendingAcceptance',
    tags: {},
  };
  call.state.ec2.transitGatewayAttachments.set(row.id, row);
  if (accepted) call.after(TRANSIT_MS, 'ec2.transit-gateway-attachment', { id: row.id, to: 'available' });
  return row.id;
}
