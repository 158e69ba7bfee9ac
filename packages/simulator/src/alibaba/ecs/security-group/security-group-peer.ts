import { readBlock } from '../../../simulation/blocks.js';
import type { AlibabaCall } from '../../operation/call.js';
import { AlibabaError } from '../../operation/service-error.js';
import type { SecurityGroupPeerRow, SecurityGroupRow, SecurityGroupRuleRow } from '../../vpc/state.js';
import { getPrefixList } from '../../vpc/request/lookups.js';

/** The other side of a rule as callers write it; one of them has to be there. */
export interface GivenPeer {
  readonly cidrIp?: string | undefined;
  readonly ipv6CidrIp?: string | undefined;
  readonly groupId?: string | undefined;
  readonly groupOwnerId?: number | string | undefined;
  readonly prefixListId?: string | undefined;
}

/**
 * Reads the other side of a rule.
 * @throws {AlibabaError} in the words of AuthorizeSecurityGroup and AuthorizeSecurityGroupEgress
 */
export function readPeer(
  call: AlibabaCall,
  group: SecurityGroupRow,
  direction: SecurityGroupRuleRow['direction'],
  { cidrIp, ipv6CidrIp, groupId, groupOwnerId, prefixListId }: GivenPeer,
): SecurityGroupPeerRow {
  const side = direction === 'ingress' ? 'Source' : 'Dest';
  if (cidrIp !== undefined && cidrIp !== '') return peerBlock(cidrIp, 4, `${side}CidrIp`);
  if (ipv6CidrIp !== undefined && ipv6CidrIp !== '') return peerBlock(ipv6CidrIp, 6, `Ipv6${side}CidrIp`);
  if (prefixListId !== undefined && prefixListId !== '') {
    return { kind: 'prefixList', prefixListId: getPrefixList(call.state, prefixListId).id };
  }
  if (groupId === undefined || groupId === '') {
    throw new AlibabaError(`MissingParameter.${side}`, `Either ${side}CidrIp or ${side}GroupId must be specified.`);
  }
  return readGroup(call, group, side, groupId, groupOwnerId);
}

function readGroup(
  { state, account }: AlibabaCall,
  group: SecurityGroupRow,
  side: 'Source' | 'Dest',
  groupId: string,
  ownerId: number | string | undefined,
): SecurityGroupPeerRow {
  if (groupId === group.id) {
    throw new AlibabaError(
      'InvalidParamter.Conflict',
      `The specified SecurityGroupId should be different from the ${side}GroupId.`,
      403,
    );
  }
  const other = state.network.securityGroups.get(groupId);
  if (!other || (ownerId !== undefined && String(ownerId) !== account)) {
    const message = `The ${side}GroupId provided does not exist in our records.`;
    throw new AlibabaError(`Invalid${side}GroupId.NotFound`, message, 404);
  }
  if (other.vpcId !== group.vpcId) {
    throw new AlibabaError(
      `Invalid${side}GroupId.Mismatch`,
      `Specified security group and ${side === 'Source' ? 'source' : 'dest'} group are not in the same VPC.`,
    );
  }
  if (group.type === 'enterprise' || other.type === 'enterprise') {
    // [?] the code; that they cannot is documented
    throw new AlibabaError(
      'InvalidOperation.SecurityGroupType',
      'Rules of advanced security groups cannot reference security groups.',
      403,
    );
  }
  return { kind: 'group', groupId, account };
}

/** Host bits are cleared; a single address is a block of one. */
function peerBlock(text: string, family: 4 | 6, name: string): SecurityGroupPeerRow {
  const block = readBlock(text);
  if (block?.family !== family) {
    throw new AlibabaError(`Invalid${name}.Malformed`, `The specified parameter "${name}" is not valid.`);
  }
  const single = block.bits === (family === 4 ? 32 : 128);
  const cidrBlock = single && !text.includes('/') ? block.text.replace(/\/\d+$/, '') : block.text;
  return { kind: family === 4 ? 'block' : 'ipv6Block', cidrBlock };
}
