import type { Change, ResourceRecordSet } from '@aws-sdk/client-route-53';
import { ServiceError } from '../operation/operation.js';
import { change, COMMENT, DNS_NAME, family, invalidInput, paged, ZONE_ID, zones } from './request.js';
import type { HostedZoneRow } from './state.js';
import { isIPv4, isIPv6 } from 'node:net';

/** @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html */
const MOST_RECORDS = 10_000;
const RECORD = 'ChangeBatch.Changes[].ResourceRecordSet';
const TYPES = 'SOA A TXT NS CNAME MX NAPTR PTR SRV SPF AAAA CAA DS TLSA SSHFP SVCB HTTPS'.split(' ');

/** Records. Health checks and routing policies are kept, and have no effect. */
export const recordSetOperations = family({
  /** Makes all changes, or none. */
  ChangeResourceRecordSets: {
    limits: {
      HostedZoneId: ZONE_ID,
      'ChangeBatch.Comment': COMMENT,
      'ChangeBatch.Changes': { length: [1, 1000] },
      'ChangeBatch.Changes[].Action': { values: ['CREATE', 'DELETE', 'UPSERT'] },
      [`${RECORD}.Name`]: DNS_NAME,
      [`${RECORD}.Type`]: { values: TYPES },
      [`${RECORD}.SetIdentifier`]: { length: [1, 128] },
      [`${RECORD}.Weight`]: { range: [0, 255] },
      [`${RECORD}.TTL`]: { range: [0, 2_147_483_647] },
      [`${RECORD}.ResourceRecords`]: { length: [1, 400] },
      [`${RECORD}.ResourceRecords[].Value`]: { length: [0, 4000] },
    },
    run(call, { HostedZoneId, ChangeBatch: { Changes = [], Comment } }) {
      const zone = zones.get(call, HostedZoneId);
      const records = new Map(zone.records);
      for (const { Action, ResourceRecordSet } of Changes) checkForm(String(Action), ResourceRecordSet ?? {});
      const problems = Changes.flatMap((one) => [...apply(zone, records, one)]);
      for (const type of ['SOA', 'NS'] as const) {
        if (problems.length === 0 && !records.has(keyOf({ Name: zone.name, Type: type }))) {
          problems.push(
            type === 'SOA'
              ? 'A HostedZone must contain exactly one SOA record.'
              : 'A HostedZone must contain at least one NS record for the zone itself.',
          );
        }
      }
      if (problems.length > 0) throw new ServiceError('InvalidChangeBatch', `[${problems.join(', ')}]`);
      if (records.size > MOST_RECORDS) {
        const message = `Number of records limit of ${MOST_RECORDS} exceeded.`; // [U] words
        throw new ServiceError('InvalidChangeBatch', `[${message}]`);
      }

      zone.records = records;
      return { ChangeInfo: change(call, Comment) };
    },
  },

  /** From a name, a type and a set identifier on; names in the order of their labels reversed. */
  ListResourceRecordSets: {
    limits: { HostedZoneId: ZONE_ID, StartRecordName: { length: [0, 1024] } },
    run(call, input, list) {
      const { HostedZoneId, StartRecordName: name, StartRecordType: type, StartRecordIdentifier: identifier } = input;
      if (type !== undefined && name === undefined) {
        throw invalidInput('The resource record set type cannot be specified without a name.'); // [U] words
      }
      if (identifier !== undefined && type === undefined) {
        throw invalidInput('The set identifier cannot be specified without a name and a type.'); // [U] words
      }

      const rows = [...zones.get(call, HostedZoneId).records.values()].toSorted(compare);
      const from: Place = { Name: dnsName(name ?? ''), Type: type ?? '', SetIdentifier: identifier ?? '' };
      const found = name === undefined ? rows : rows.filter((row) => compare(row, from) >= 0);
      const { items } = paged(found, { size: input.MaxItems }, list, { key: keyOf, largest: 300 });
      const next = found[items.length];
      return {
        ResourceRecordSets: items,
        IsTruncated: next !== undefined,
        NextRecordName: next?.Name,
        NextRecordType: next?.Type,
        NextRecordIdentifier: next?.SetIdentifier,
        MaxItems: Math.min(input.MaxItems ?? 300, 300),
      };
    },
  },
});

/** Makes one change in a copy of a zone's records, and says what is wrong with it. */
function* apply(
  zone: HostedZoneRow,
  records: Map<string, ResourceRecordSet>,
  { Action, ResourceRecordSet: given }: Change,
): Generator<string> {
  const record = keptRecord(given as ResourceRecordSet);
  const key = keyOf(record);
  const current = records.get(key);
  if (Action === 'DELETE') {
    if (!current) yield `Tried to delete resource record set ${named(record)} but it was not found`;
    else if (!isSame(current, record)) {
      yield `Tried to delete resource record set ${named(record)} but the values provided do not match the current values`;
    }
    records.delete(key);
    return;
  }
  if (Action === 'CREATE' && current) {
    yield `Tried to create resource record set ${named(record)} but it already exists`;
    return;
  }

  yield* problemsOf(zone, records, record);
  records.set(key, record);
}

/** A record set's place in lists. */
interface Place {
  readonly Name?: string | undefined;
  readonly Type?: string | undefined;
  readonly SetIdentifier?: string | undefined;
}

const compare = (a: Place, b: Place): number =>
  inOrder(reversed(a.Name ?? ''), reversed(b.Name ?? '')) ||
  inOrder(a.Type ?? '', b.Type ?? '') ||
  inOrder(a.SetIdentifier ?? '', b.SetIdentifier ?? '');

/** Characters that Route 53 keeps as they are; a backslash begins an escape. */
const PLAIN = /[a-z\d._\\-]/;

/**
 * A name as Route 53 keeps it: lower case, a dot at its end, other characters as octal escapes (`*` is `\052`).
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
 */
export function dnsName(name: string): string {
  const escaped = [...name.toLowerCase()].map((character) =>
    PLAIN.test(character) ? character : `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
  return name.endsWith('.') ? escaped.join('') : `${escaped.join('')}.`;
}

/** Whether a name is that of a zone, or below it. */
const isWithin = (name: string, zone: string): boolean => name === zone || name.endsWith(`.${zone}`);

/**
 * Names in the order of lists: with their labels reversed, `com.example.www.`
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html
 */
export function reversed(name: string): string {
  return `${name.replace(/\.$/, '').split('.').toReversed().join('.')}.`;
}

export const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const keyOf = ({ Name, Type, SetIdentifier }: ResourceRecordSet): string =>
  `${Name ?? ''} ${Type ?? ''} ${SetIdentifier ?? ''}`;

/** `name='www.example.com.', type='A'`, as the service's sentences name a record set. */
const named = ({ Name, Type, SetIdentifier }: ResourceRecordSet): string =>
  `[name='${Name}', type='${Type}'${SetIdentifier === undefined ? '' : `, set-identifier='${SetIdentifier}'`}]`;

function keptRecord(record: ResourceRecordSet): ResourceRecordSet {
  const { AliasTarget: alias } = record;
  const target = alias && { AliasTarget: { ...alias, DNSName: dnsName(alias.DNSName ?? '') } };
  return { ...record, Name: dnsName(record.Name ?? ''), ...target };
}

/** Whether two record sets have the same values; the order of values does not matter. */
function isSame(one: ResourceRecordSet, other: ResourceRecordSet): boolean {
  const text = (record: ResourceRecordSet) => {
    const values = record.ResourceRecords?.map(({ Value }) => Value).toSorted();
    const given = Object.entries({ ...record, ResourceRecords: values }).filter(([, value]) => value !== undefined);
    return JSON.stringify(given.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  };
  return text(one) === text(other);
}

/** Members of a routing policy other than the simple one. */
const ROUTING = [
  'Weight',
  'Region',
  'GeoLocation',
  'Failover',
  'MultiValueAnswer',
  'CidrRoutingConfig',
  'GeoProximityLocation',
] as const;

/** @throws {ServiceError} `InvalidInput`, in words that reports of the service's users quote */
function checkForm(action: string, record: ResourceRecordSet): void {
  const { Name, Type, SetIdentifier } = record;
  const values = record.TTL !== undefined && record.ResourceRecords !== undefined;
  const isAlias = record.AliasTarget !== undefined;
  const some = record.TTL !== undefined || record.ResourceRecords !== undefined;
  const where = `in Change with [Action=${action}, Name=${Name}, Type=${Type}, SetIdentifier=${SetIdentifier ?? 'null'}]`;
  if (!isAlias && !values) throw invalidInput(`${EXPECTED}, but found none ${where}`);
  if (isAlias && some) throw invalidInput(`${EXPECTED}, but found more than one ${where}`);

  const routed = ROUTING.some((member) => record[member] !== undefined);
  if (routed === (SetIdentifier !== undefined)) return;

  throw invalidInput(
    routed
      ? `Invalid request: Missing field 'SetIdentifier' ${where}`
      : `Invalid request: Expected exactly one of [Weight, Region, Failover, GeoLocation, MultiValueAnswer, GeoProximityLocation, or CidrRoutingConfig], but found none ${where}`,
  ); // [U] words of both
}
const EXPECTED =
  'Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId]';

/** What is wrong with a record set in a zone, as `InvalidChangeBatch` says it. */
function* problemsOf(
  zone: HostedZoneRow,
  records: ReadonlyMap<string, ResourceRecordSet>,
  record: ResourceRecordSet,
): Generator<string> {
  const { Name: name = '', Type: type, AliasTarget: alias } = record;
  if (!isWithin(name, zone.name)) yield `RRSet with DNS name ${name} is not permitted in zone ${zone.name}`;
  const about = `RRSet of type ${type} with DNS name ${name} is not permitted`;
  if (type === 'CNAME' && name === zone.name) yield `${about} at apex in zone ${zone.name}`;
  const others = [...records.values()].filter((other) => other.Name === name && keyOf(other) !== keyOf(record));
  const conflict = others.find((other) => (other.Type === 'CNAME') !== (type === 'CNAME'));
  if (conflict) {
    // two spaces, as the service writes it
    yield `${about} because a conflicting RRSet of type  ${conflict.Type} with the same DNS name already exists in zone ${zone.name}`;
  }
  const mixed = others.some(
    (other) => other.Type === type && (other.SetIdentifier === undefined) !== (record.SetIdentifier === undefined),
  );
  if (mixed)
    yield `RRSet with DNS name ${name}, type ${type}, SetIdentifier ${record.SetIdentifier ?? 'null'} cannot be created as a non multi-value RRSet exists with the same name and type.`; // [U] words
  if (alias?.HostedZoneId === zone.id) {
    const target = `Tried to create an alias that targets ${alias.DNSName}, type ${type} in zone ${zone.id}, but`;
    if (!isWithin(alias.DNSName ?? '', zone.name))
      yield `${target} the alias target name does not lie within the target zone`;
    if (![...records.values()].some((other) => other.Name === alias.DNSName && other.Type === type))
      yield `${target} that target was not found`;
  }
  yield* valueProblems(record);
}

function* valueProblems({ Type, ResourceRecords = [] }: ResourceRecordSet): Generator<string> {
  const values = ResourceRecords.map(({ Value = '' }) => Value);
  for (const value of values) {
    const problem = valueProblem(Type ?? '', value);
    if (problem !== undefined) yield `Invalid Resource Record: 'FATAL problem: ${problem} encountered with '${value}''`;
  }
  const second = values.find((value, at) => values.indexOf(value) !== at);
  if (second !== undefined) yield `Duplicate Resource Record: '${second}'`;
}

/** Addresses and texts are checked. Values of other types are kept as they are given. */
function valueProblem(type: string, value: string): string | undefined {
  if (type === 'A' && !isIPv4(value)) return 'ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)';
  if (type === 'AAAA' && !isIPv6(value)) return 'AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)';
  if ((type === 'TXT' || type === 'SPF') && !/^"[\s\S]*"$/.test(value.trim())) {
    return 'InvalidCharacterString (Value should be enclosed in quotation marks)';
  }

  return undefined;
}
