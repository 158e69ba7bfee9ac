import { raise } from '../../../simulation/raise.js';
import type {
  CreateNetworkAclEntryRequest,
  IcmpTypeCode,
  NetworkAcl,
  NetworkAclEntry,
  PortRange,
} from '@aws-sdk/client-ec2';
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
import type { TagRow } from '../../state/given.js';
import type { Birthplace } from '../birthplace.js';
import { tagList } from '../request/family.js';
import { MAX_PORT } from '../../../simulation/ports.js';
import { ownValue } from '../../../simulation/own-value.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html */
const HIGHEST_NUMBER = 32_766;

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
    RuleNumber: ruleNumber(need(input.RuleNumber, 'ruleNumber')),
    Egress: need(input.Egress, 'egress'),
    Protocol: protocol,
    RuleAction: action,
    ...blocks(input),
    PortRange: protocol === '6' || protocol === '17' ? ports(input) : undefined,
    IcmpTypeCode: protocol === '1' || protocol === '58' ? icmp(input) : undefined,
  };
}

function blocks(input: CreateNetworkAclEntryRequest): Pick<NetworkAclEntry, 'CidrBlock' | 'Ipv6CidrBlock'> {
  const { CidrBlock, Ipv6CidrBlock } = input;
  if (CidrBlock !== undefined && Ipv6CidrBlock !== undefined) {
    throw invalidCombination('The parameters cidrBlock and ipv6CidrBlock cannot be used together.'); // [U]
  }

  const text = CidrBlock ?? Ipv6CidrBlock ?? raise(missingParameter('cidrBlock or ipv6CidrBlock'));

  const block = parseBlock(text);
  if (block?.family !== (CidrBlock === undefined ? 6 : 4)) {
    const member = CidrBlock === undefined ? 'ipv6CidrBlock' : 'cidrBlock';
    throw invalidMember(member, text, 'This is not a valid CIDR block.');
  }

  return { CidrBlock: CidrBlock && block.text, Ipv6CidrBlock: Ipv6CidrBlock && block.text };
}

function ports(input: CreateNetworkAclEntryRequest): PortRange {
  const From = need(input.PortRange?.From, 'portRange.from');
  const To = need(input.PortRange?.To, 'portRange.to');
  for (const port of [From, To]) {
    if (port < 0 || port > MAX_PORT) throw invalidValue(`TCP/UDP port (${port}) out of range`);
  }
  if (From > To) throw invalidValue(`Invalid port range (${From}:${To})`); // [U]

  return { From, To };
}

function icmp({ IcmpTypeCode: given }: CreateNetworkAclEntryRequest): IcmpTypeCode {
  return { Type: need(given?.Type, 'icmpTypeCode.type'), Code: need(given?.Code, 'icmpTypeCode.code') };
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
    Entries: [...row.entries].sort((a, b) => Number(b.Egress) - Number(a.Egress) || a.RuleNumber - b.RuleNumber),
    Associations: row.associations.map(({ id, subnetId }) => ({
      NetworkAclAssociationId: id,
      NetworkAclId: row.id,
      SubnetId: subnetId,
    })),
    Tags: tagList(row.tags),
  };
}

/** The last rule of every list. It cannot be changed, and denies what no other rule allows. */
const LAST_RULE = 32_767;

/** The last rule of the IPv6 half. */
export const LAST_IPV6_RULE = 32_768;
const FIRST_RULE = 100;
const FIRST_IPV6_RULE = 101;

const entry = (
  RuleNumber: number,
  Egress: boolean,
  RuleAction: 'allow' | 'deny',
  everywhere: Pick<NetworkAclEntryRow, 'CidrBlock' | 'Ipv6CidrBlock'>,
): NetworkAclEntryRow => ({ RuleNumber, Egress, Protocol: '-1', RuleAction, ...everywhere });

/** The rules that end a list: a VPC's lists have those of IPv6 once it has an IPv6 block. */
export function lastEntries(family: 4 | 6): NetworkAclEntryRow[] {
  const [number, everywhere] =
    family === 4 ? [LAST_RULE, { CidrBlock: '0.0.0.0/0' }] : [LAST_IPV6_RULE, { Ipv6CidrBlock: '::/0' }];
  return [true, false].map((egress) => entry(number, egress, 'deny', everywhere));
}

/**
 * The entries that a VPC's list gets with the VPC's first IPv6 block: the last rules, and for an unchanged
 * default list also the rules that allow everything.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
 */
export function firstIpv6Entries(acl: Pick<NetworkAclRow, 'isDefault' | 'entries'>): NetworkAclEntryRow[] {
  const everywhere = { Ipv6CidrBlock: '::/0' };
  const untouched = [true, false].filter((egress) => {
    const [first, ...more] = acl.entries.filter((row) => row.Egress === egress && row.RuleNumber < LAST_RULE);
    return acl.isDefault && more.length === 0 && first?.RuleNumber === FIRST_RULE && first.RuleAction === 'allow';
  });
  return [...untouched.map((egress) => entry(FIRST_IPV6_RULE, egress, 'allow', everywhere)), ...lastEntries(6)];
}

/**
 * Makes a network ACL. A VPC's default one lets everything pass (rules 100 and 101), one of the user's own nothing.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
 */
export function newNetworkAcl(place: Birthplace, vpcId: string, isDefault: boolean, tags: TagRow): NetworkAclRow {
  const everywhere = { CidrBlock: '0.0.0.0/0' };
  const first = [true, false].map((egress) => entry(FIRST_RULE, egress, 'allow', everywhere));
  const entries = [...(isDefault ? first : []), ...lastEntries(4)];
  if ((place.ec2.vpcs.get(vpcId)?.ipv6CidrBlocks.length ?? 0) > 0)
    entries.push(...firstIpv6Entries({ isDefault, entries }));
  const row: NetworkAclRow = {
    id: place.id('acl-'),
    vpcId,
    ownerId: place.account,
    isDefault,
    entries,
    associations: [],
    tags,
  };
  place.ec2.networkAcls.set(row.id, row);
  return row;
}

/** Protocols that rules call by name; each number has one spelling. */
const NAMES: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' };
const NUMBERS: Readonly<Record<string, string>> = { icmp: '1', tcp: '6', udp: '17', icmpv6: '58', all: '-1' };
const LARGEST = 255;

/**
 * A security group rule's protocol: `tcp`, `udp`, `icmp`, `icmpv6`, `-1`, or the number of another.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 * @throws {ServiceError} `InvalidParameterValue`.
 */
export function ruleProtocol(text: string): string {
  const number = protocolNumber(text);
  if (number === undefined) throw invalidValue(`Invalid value '${text}' for IP protocol. Unknown protocol.`);

  return ownValue(NAMES, number) ?? number;
}

/** A protocol's number (`-1` is all) from its name or number; undefined if it is none. */
export function protocolNumber(text: string): string | undefined {
  const lower = text.toLowerCase();
  const named = ownValue(NUMBERS, lower);
  if (named !== undefined) return named;
  if (text === '-1') return text;

  return /^(?:0|[1-9]\d{0,2})$/.test(text) && Number(text) <= LARGEST ? text : undefined;
}

/** Whether a rule of that protocol has ports (tcp, udp) or types and codes (icmp, icmpv6). */
export function hasPorts(protocol: string): boolean {
  return Object.values(NAMES).includes(protocol);
}

/**
 * A rule's ports, or types and codes; -1 and -1 for protocols without them.
 * @throws {ServiceError} `InvalidParameterValue`.
 */
export function rulePorts(
  protocol: string,
  from: number | undefined,
  to: number | undefined,
): { readonly FromPort: number; readonly ToPort: number } {
  switch (protocol) {
    case 'tcp':
    case 'udp':
      return portRange(protocol, from, to);
    case 'icmp':
      if (from === undefined || to === undefined) {
        throw invalidValue(`Invalid value 'Must specify both from and to ports with ICMP.' for portRange.`);
      }

      return icmpRange(from, to);
    case 'icmpv6':
      return icmpRange(from ?? -1, to ?? -1);
    default:
      return { FromPort: -1, ToPort: -1 };
  }
}

function portRange(protocol: string, from: number | undefined, to: number | undefined) {
  if (from === undefined || to === undefined) {
    throw invalidValue(`Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.`);
  }

  for (const port of [from, to]) {
    if (port < 0 || port > MAX_PORT) throw invalidValue(`TCP/UDP port (${port}) out of range`);
  }
  if (from > to) throw invalidValue(`Invalid ${protocol.toUpperCase()} port range (${from}:${to})`); // [U]

  return { FromPort: from, ToPort: to };
}

function icmpRange(type: number, code: number) {
  for (const value of [type, code]) {
    if (value < -1 || value > LARGEST) throw invalidValue(`ICMP type or code (${value}) out of range`); // [U]
  }
  if (type === -1 && code !== -1) {
    throw invalidValue(`ICMP code (${code}) cannot be specified with all ICMP types`); // [U]
  }

  return { FromPort: type, ToPort: code };
}
