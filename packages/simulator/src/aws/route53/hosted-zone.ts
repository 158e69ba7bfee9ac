import type { DelegationSet, HostedZone, ResourceRecordSet, VPC } from '@aws-sdk/client-route-53';
import { ServiceError, type AwsCall } from '../operation/operation.js';
import { dnsName, inOrder, reversed, keyOf } from './record-set.js';
import { change, COMMENT, DNS_NAME, family, getChange, paged, ZONE_ID, zones, invalidInput } from './request.js';
import type { HostedZoneRow, ZoneVpcRow } from './state.js';
import { limited } from '../operation/family.js';

/** @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html */
const MOST_VPCS = 300;
const LIMITS = { HostedZoneId: ZONE_ID, Comment: COMMENT };

const hasVpc = ({ vpcs }: HostedZoneRow, vpc: VPC): boolean =>
  vpcs.some(({ VPCId, VPCRegion }) => VPCId === vpc.VPCId && VPCRegion === vpc.VPCRegion);

function privateZone(call: AwsCall, id: string): HostedZoneRow {
  const row = zones.get(call, id);
  if (row.isPrivate) return row;

  const message = `You're trying to associate a VPC with the public hosted zone ${row.id}.`; // [U] words
  throw new ServiceError('PublicZoneVPCAssociation', message);
}

/** A VPC of this account. @throws {ServiceError} `InvalidVPCId` [U] words */
function checkVpc(call: AwsCall, { VPCId, VPCRegion }: VPC): ZoneVpcRow {
  if (VPCId === undefined || VPCRegion === undefined) throw invalidInput('A VPC needs VPCId and VPCRegion.');
  if (call.aws.regions.get(VPCRegion)?.ec2.vpcs.has(VPCId)) return { VPCId, VPCRegion };

  throw new ServiceError('InvalidVPCId', `The VPC ID is invalid: ${VPCId} does not exist in region ${VPCRegion}.`);
}

/** One VPC has one private zone of a name. @throws {ServiceError} `ConflictingDomainExists` */
function refuseSameName(call: AwsCall, name: string, vpc: ZoneVpcRow): void {
  const other = zones.all(call).find((row) => row.name === name && hasVpc(row, vpc));
  if (!other) return;

  const message = `The VPC ${vpc.VPCId} in region ${vpc.VPCRegion} has already been associated with the hosted zone ${other.id} with the same domain name.`;
  throw new ServiceError('ConflictingDomainExists', message);
}

/** @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html */
const MOST_ZONES = 500;
const LABEL = /^[^.]{1,63}$/;

/**
 * Hosted zones, and changes of all kinds. Reusable delegation sets and the signing of zones are not
 * simulated. VPCs of private hosted zones. Those of other accounts are not simulated.
 */
export const hostedZoneOperations = family({
  AssociateVPCWithHostedZone: limited(LIMITS, (call, input) => {
    const row = privateZone(call, input.HostedZoneId);
    const vpc = checkVpc(call, input.VPC);
    if (hasVpc(row, vpc)) return { ChangeInfo: change(call, input.Comment) };

    refuseSameName(call, row.name, vpc);
    if (row.vpcs.length >= MOST_VPCS) {
      throw new ServiceError('LimitsExceeded', `A hosted zone can have at most ${MOST_VPCS} VPCs.`); // [U] words
    }

    row.vpcs = [...row.vpcs, vpc];
    return { ChangeInfo: change(call, input.Comment) };
  }),

  DisassociateVPCFromHostedZone: limited(LIMITS, (call, input) => {
    const row = privateZone(call, input.HostedZoneId);
    const { VPCId: id = '', VPCRegion: region = '' } = input.VPC;
    if (!hasVpc(row, input.VPC)) {
      const message = `The VPC ${id} in region ${region} is not associated with the hosted zone ${row.id}.`; // [U] words
      throw new ServiceError('VPCAssociationNotFound', message, 404);
    }
    if (row.vpcs.length === 1) {
      const message = 'Cannot remove last VPC association for the private zone'; // [U] words
      throw new ServiceError('LastVPCAssociation', message);
    }

    row.vpcs = row.vpcs.filter(({ VPCId }) => VPCId !== id);
    return { ChangeInfo: change(call, input.Comment) };
  }),

  CreateHostedZone: {
    limits: { Name: DNS_NAME, CallerReference: { length: [1, 128] }, 'HostedZoneConfig.Comment': COMMENT },
    run(call, input) {
      if (input.DelegationSetId !== undefined) {
        throw new ServiceError('NotImplemented', 'Reusable delegation sets are not simulated.', 501);
      }

      const name = dnsName(input.Name);
      if (
        !name
          .slice(0, -1)
          .split('.')
          .every((label) => LABEL.test(label)) ||
        name.length > 255
      ) {
        throw new ServiceError('InvalidDomainName', `${input.Name} is not a valid domain name`); // [U] words
      }

      const rows = zones.all(call);
      if (rows.some(({ callerReference }) => callerReference === input.CallerReference)) {
        const message = 'A hosted zone has already been created with the specified caller reference.';
        throw new ServiceError('HostedZoneAlreadyExists', message, 409);
      }
      if (rows.length >= MOST_ZONES) {
        const message = 'Limits Exceeded: MAX_HOSTED_ZONES_BY_OWNER - Cannot create more hosted zones.'; // [U] words
        throw new ServiceError('TooManyHostedZones', message);
      }

      const vpc = input.VPC && checkVpc(call, input.VPC);
      if (vpc) refuseSameName(call, name, vpc);
      const id = `Z0${call.id('', 19, 'base36').toUpperCase()}`;
      const isPrivate = vpc !== undefined;
      const nameServers = isPrivate
        ? nameServersOf(() => 0)
        : nameServersOf((most) => Math.floor(call.random() * most));
      const row = zones.add(call, id, {
        id,
        name,
        callerReference: input.CallerReference,
        isPrivate,
        nameServers,
        comment: input.HostedZoneConfig?.Comment,
        vpcs: vpc ? [vpc] : [],
        tags: {},
        records: new Map(firstRecords(name, nameServers).map((record) => [keyOf(record), record])),
      });
      return {
        HostedZone: zoneView(row),
        ChangeInfo: change(call),
        DelegationSet: delegationSet(row),
        Location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${id}`,
        VPC: vpc,
      };
    },
  },

  GetHostedZone: limited({ Id: ZONE_ID }, (call, { Id }) => {
    const row = zones.get(call, Id);
    const VPCs = row.isPrivate ? [...row.vpcs] : undefined;
    return { HostedZone: zoneView(row), DelegationSet: delegationSet(row), VPCs };
  }),

  ListHostedZones(call, input, list) {
    const type = input.HostedZoneType;
    const rows = zones.all(call).filter(({ isPrivate }) => type !== 'PrivateHostedZone' || isPrivate);
    const { items, next } = paged(rows, { size: input.MaxItems, token: input.Marker || undefined }, list, {
      key: ({ id }) => id,
    });
    return {
      HostedZones: items.map(zoneView),
      // The SDK's schema has it in each answer.
      Marker: input.Marker ?? '',
      IsTruncated: next !== undefined,
      NextMarker: next,
      MaxItems: Math.min(input.MaxItems ?? 100, 100),
    };
  },

  /** From a name on, in the order of the labels reversed; zones of one name by ID. */
  ListHostedZonesByName: {
    limits: { DNSName: { length: [0, 1024] }, HostedZoneId: ZONE_ID },
    run(call, { DNSName, HostedZoneId, MaxItems }, list) {
      const place = ({ name, id }: Pick<HostedZoneRow, 'name' | 'id'>) => `${reversed(name)} ${id}`;
      const from = DNSName === undefined ? '' : place({ name: dnsName(DNSName), id: HostedZoneId ?? '' });
      const rows = zones.all(call).toSorted((a, b) => inOrder(place(a), place(b)));
      const found = rows.filter((row) => place(row) >= from);
      const { items } = paged(found, { size: MaxItems }, list, { key: ({ id }) => id });
      const next = found[items.length];
      return {
        HostedZones: items.map(zoneView),
        DNSName,
        HostedZoneId,
        IsTruncated: next !== undefined,
        NextDNSName: next?.name,
        NextHostedZoneId: next?.id,
        MaxItems: Math.min(MaxItems ?? 100, 100),
      };
    },
  },

  UpdateHostedZoneComment: limited({ Id: ZONE_ID, Comment: COMMENT }, (call, { Id, Comment }) => {
    const row = zones.get(call, Id);
    row.comment = Comment;
    return { HostedZone: zoneView(row) };
  }),

  /** Zones are not signed. */
  GetDNSSEC: limited({ HostedZoneId: ZONE_ID }, (call, input) => {
    if (zones.get(call, input.HostedZoneId).isPrivate) {
      throw new ServiceError('InvalidArgument', 'Operation is unsupported for private hosted zones.'); // [U] end of the words
    }

    return { Status: { ServeSignature: 'NOT_SIGNING' }, KeySigningKeys: [] };
  }),

  DeleteHostedZone: limited({ Id: ZONE_ID }, (call, { Id }) => {
    zones.remove(call, Id, ({ name, records }) => {
      const isRequired = ({ Name, Type }: ResourceRecordSet) => Name === name && (Type === 'SOA' || Type === 'NS');
      if ([...records.values()].every(isRequired)) return;

      const message = 'The specified hosted zone contains non-required resource record sets and so cannot be deleted.';
      throw new ServiceError('HostedZoneNotEmpty', message);
    });
    return { ChangeInfo: change(call) };
  }),

  GetChange: { limits: { Id: { length: [1, 44] } }, run: (call, { Id }) => ({ ChangeInfo: getChange(call, Id) }) },
});

/** Four name servers; those of private zones are always the first of each top-level domain. */
const nameServersOf = (pick: (most: number) => number): string[] =>
  ['com', 'net', 'org', 'co.uk'].map((domain, at) => {
    const [number, group] = [pick(512), pick(64)];
    return `ns-${at * 512 + number}.awsdns-${String(group).padStart(2, '0')}.${domain}`;
  });

/** @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/SOA-NSrecords.html */
function firstRecords(name: string, nameServers: readonly string[]): ResourceRecordSet[] {
  const [first = ''] = nameServers;
  const soa = `${first}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`;
  return [
    { Name: name, Type: 'NS', TTL: 172_800, ResourceRecords: nameServers.map((server) => ({ Value: `${server}.` })) },
    { Name: name, Type: 'SOA', TTL: 900, ResourceRecords: [{ Value: soa }] },
  ];
}

const delegationSet = ({ isPrivate, nameServers }: HostedZoneRow): DelegationSet | undefined =>
  isPrivate ? undefined : { NameServers: [...nameServers] };

const zoneView = (row: HostedZoneRow): HostedZone => ({
  Id: `/hostedzone/${row.id}`,
  Name: row.name,
  CallerReference: row.callerReference,
  Config: { Comment: row.comment, PrivateZone: row.isPrivate },
  ResourceRecordSetCount: row.records.size,
});
