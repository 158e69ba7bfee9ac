import type { CreateNetworkAclEntryRequest, NetworkAcl, NetworkAclEntry } from '@aws-sdk/client-ec2';
import { ServiceError } from '../../operation/operation.js';
import type { NetworkAclEntryRow, NetworkAclRow } from '../state.js';
import {
  parseBlock,
  invalidCombination,
  invalidMember,
  invalidValue,
  missingParameter,
  need,
} from '../request/text-rules.js';
import { protocolNumber } from './protocols.js';
import { tagList } from '../request/tags.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html */
const HIGHEST_NUMBER = 32_766;
const LARGEST_PORT = 65_535;

/** The number of a rule that a user can make. @throws {ServiceError} `InvalidParameterValue`. */
export function ruleNumber(number: number): number {
  if (Number.isInteger(number) && number >= 1 && number <= HIGHEST_NUMBER) return number;

  throw invalidValue(`Invalid value '${number}' for ruleNumber. Must specify a value between 1 and ${HIGHEST_NUMBER}.`);
}

/**
 * The rule that a request describes.
 * @throws {ServiceError} `InvalidParameterValue`, `InvalidParameterCombination`, `MissingParameter`.
 */
export function entryFrom(input: CreateNetworkAclEntryRequest): NetworkAclEntryRow {
  const protocolText = need(input.Protocol, 'protocol');
  const protocol = protocolNumber(protocolText);
  if (protocol === undefined) throw invalidValue(`Invalid value '${protocolText}' for IP protocol. Unknown protocol.`);

  // Case does not matter: Terraform's provider sends `Allow`, as the configuration contains it.
  const action = need<string>(input.RuleAction, 'ruleAction').toLowerCase();
  if (action !== 'allow' && action !== 'deny') throw invalidMember('ruleAction', action, 'It must be allow or deny.');

  return {
    ruleNumber: ruleNumber(need(input.RuleNumber, 'ruleNumber')),
    egress: need(input.Egress, 'egress'),
    protocol,
    action,
    ...blocks(input),
    ...ports(protocol, input),
    ...icmp(protocol, input),
  };
}

function blocks(input: CreateNetworkAclEntryRequest): Pick<NetworkAclEntryRow, 'cidrBlock' | 'ipv6CidrBlock'> {
  const { CidrBlock, Ipv6CidrBlock } = input;
  if (CidrBlock !== undefined && Ipv6CidrBlock !== undefined) {
    throw invalidCombination('The parameters cidrBlock and ipv6CidrBlock cannot be used together.'); // [U]
  }
  if (CidrBlock === undefined && Ipv6CidrBlock === undefined) throw missingParameter('cidrBlock or ipv6CidrBlock');

  const block = parseBlock(CidrBlock ?? Ipv6CidrBlock ?? '');
  if (block?.family !== (CidrBlock === undefined ? 6 : 4)) {
    throw invalidMember(
      CidrBlock === undefined ? 'ipv6CidrBlock' : 'cidrBlock',
      CidrBlock ?? Ipv6CidrBlock ?? '',
      'This is not a valid CIDR block.',
    );
  }

  return {
    cidrBlock: CidrBlock === undefined ? undefined : block.text,
    ipv6CidrBlock: Ipv6CidrBlock === undefined ? undefined : block.text,
  };
}

function ports(protocol: string, input: CreateNetworkAclEntryRequest): Pick<NetworkAclEntryRow, 'fromPort' | 'toPort'> {
  if (protocol !== '6' && protocol !== '17') return { fromPort: undefined, toPort: undefined };

  const from = need(input.PortRange?.From, 'portRange.from');
  const to = need(input.PortRange?.To, 'portRange.to');
  for (const port of [from, to]) {
    if (port < 0 || port > LARGEST_PORT) throw invalidValue(`TCP/UDP port (${port}) out of range`);
  }
  if (from > to) throw invalidValue(`Invalid port range (${from}:${to})`); // [U]

  return { fromPort: from, toPort: to };
}

function icmp(
  protocol: string,
  input: CreateNetworkAclEntryRequest,
): Pick<NetworkAclEntryRow, 'icmpType' | 'icmpCode'> {
  if (protocol !== '1' && protocol !== '58') return { icmpType: undefined, icmpCode: undefined };

  return {
    icmpType: need(input.IcmpTypeCode?.Type, 'icmpTypeCode.type'),
    icmpCode: need(input.IcmpTypeCode?.Code, 'icmpTypeCode.code'),
  };
}

/** What EC2 answers where a list has no rule of that number. */
export function entryNotFound(aclId: string, number: number, egress: boolean): ServiceError {
  return new ServiceError(
    'InvalidNetworkAclEntry.NotFound',
    `The ${egress ? 'egress' : 'ingress'} network acl entry with number ${number} does not exist in network ACL ${aclId}`, // [U]
  );
}

/** A network ACL as the API shows it: outbound rules first, then by number. */
export function networkAclView(row: NetworkAclRow): NetworkAcl {
  return {
    NetworkAclId: row.id,
    VpcId: row.vpcId,
    OwnerId: row.ownerId,
    IsDefault: row.isDefault,
    Entries: [...row.entries]
      .sort((a, b) => Number(b.egress) - Number(a.egress) || a.ruleNumber - b.ruleNumber)
      .map(entryView),
    Associations: row.associations.map(({ id, subnetId }) => ({
      NetworkAclAssociationId: id,
      NetworkAclId: row.id,
      SubnetId: subnetId,
    })),
    Tags: tagList(row.tags),
  };
}

function entryView(row: NetworkAclEntryRow): NetworkAclEntry {
  return {
    RuleNumber: row.ruleNumber,
    Egress: row.egress,
    Protocol: row.protocol,
    RuleAction: row.action,
    CidrBlock: row.cidrBlock,
    Ipv6CidrBlock: row.ipv6CidrBlock,
    PortRange: row.fromPort === undefined ? undefined : { From: row.fromPort, To: row.toPort },
    IcmpTypeCode: row.icmpType === undefined ? undefined : { Type: row.icmpType, Code: row.icmpCode },
  };
}
