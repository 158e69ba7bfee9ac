import { clientToken, newId, isPortRange, seconds } from './request/text-rules.js';
import { readBlock } from '../../simulation/addresses.js';
import { shown, type AlibabaCall, AlibabaError } from '../operation/operation.js';
import type { NetworkAclEntryRow, NetworkAclRow } from './state.js';
import { tagPairs } from './request/tags.js';
import { flag, listOf, neededText, oneOf, type ParameterTable } from '../operation/family.js';

/** The parameters to bind vSwitches to a network ACL, and to unbind them: up to 30 in one call. */
export const BINDING_PARAMETERS = {
  NetworkAclId: neededText,
  Resource: {
    ...listOf({ ResourceType: oneOf('VSwitch'), ResourceId: neededText }),
    required: true,
    length: [1, 30],
  },
  ClientToken: clientToken,
  DryRun: flag,
} satisfies ParameterTable;

/** A rule of a network ACL as callers write it, its address under one name. */
export interface GivenAclEntry {
  readonly cidrIp: string | undefined;
  readonly Description?: string | undefined;
  readonly EntryType?: string | undefined;
  readonly IpVersion?: string | undefined;
  readonly NetworkAclEntryId?: string | undefined;
  readonly NetworkAclEntryName?: string | undefined;
  readonly Policy?: string | undefined;
  readonly Port?: string | undefined;
  readonly Protocol?: string | undefined;
}

const PROTOCOLS = ['all', 'icmp', 'gre', 'tcp', 'udp', 'icmpv6'] as const;

/**
 * Reads the rules of one direction, which replace all that were there. An entry keeps its id where it names it.
 * @throws {AlibabaError} `QuotaExceeded.NetworkAclEntry` [?], `InvalidParameter.…` [?]
 */
export function readAclEntries(call: AlibabaCall, given: readonly GivenAclEntry[]): NetworkAclEntryRow[] {
  if (given.length > call.quota('rules-per-alibaba-network-acl')) {
    throw new AlibabaError('QuotaExceeded.NetworkAclEntry', 'The quota of network ACL entries is exceeded.');
  }

  return given.map((entry) => readAclEntry(call, entry));
}

function readAclEntry(call: AlibabaCall, given: GivenAclEntry): NetworkAclEntryRow {
  const protocol = PROTOCOLS.find((known) => known === given.Protocol?.toLowerCase());
  if (!protocol) throw invalid('Protocol');

  const policy = (['accept', 'drop'] as const).find((known) => known === given.Policy?.toLowerCase());
  if (!policy) throw invalid('Policy');
  if (given.EntryType !== undefined && given.EntryType !== 'custom') throw invalid('EntryType');

  const port = given.Port ?? '-1/-1';
  if (!isPortRange(protocol, port)) throw invalid('Port');

  const block = readBlock(given.cidrIp ?? '');
  if (!block?.exact || !given.cidrIp?.includes('/')) throw invalid('CidrIp');

  const ipVersion = block.family === 4 ? 'IPV4' : 'IPV6';
  if (given.IpVersion !== undefined && given.IpVersion.toUpperCase() !== ipVersion) throw invalid('IpVersion');

  return {
    Description: given.Description ?? '',
    EntryType: 'custom',
    IpVersion: ipVersion,
    NetworkAclEntryId: given.NetworkAclEntryId ?? newId(call, 'nae'),
    NetworkAclEntryName: given.NetworkAclEntryName ?? '',
    Policy: policy,
    Port: port,
    Protocol: protocol,
    cidrBlock: block.text,
  };
}

const invalid = (name: string) =>
  new AlibabaError(
    `InvalidParameter.${name}`,
    `The specified parameter ${name} of the network ACL entry is not valid.`,
  );

/** A network ACL as all its actions answer it, without owner and tags. */
export function networkAclCore({ state, region }: AlibabaCall, row: NetworkAclRow) {
  return {
    CreationTime: seconds(row.createdAt),
    Description: row.description,
    EgressAclEntries: {
      EgressAclEntry: row.egress.map((entry) => ({ ...shown(entry), DestinationCidrIp: entry.cidrBlock })),
    },
    IngressAclEntries: {
      IngressAclEntry: row.ingress.map((entry) => ({ ...shown(entry), SourceCidrIp: entry.cidrBlock })),
    },
    NetworkAclId: row.id,
    NetworkAclName: row.name,
    RegionId: region,
    Resources: {
      Resource: [...state.network.vSwitches.values()]
        .filter(({ networkAclId }) => networkAclId === row.id)
        .map(({ id }) => ({ ResourceId: id, ResourceType: 'VSwitch', Status: 'BINDED' })),
    },
    Status: 'Available',
    VpcId: row.vpcId,
  };
}

/** A network ACL as it is described. */
export function networkAclView(call: AlibabaCall, row: NetworkAclRow) {
  return { ...networkAclCore(call, row), OwnerId: Number(call.account), Tags: { Tag: tagPairs(row.tags) } };
}
