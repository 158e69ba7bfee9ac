import type { Change, ResourceRecordSet } from '@aws-sdk/client-route-53';
import { ServiceError } from '../operation/operation.js';
import { dnsName, inOrder, reversed, checkForm, isSame, keptRecord, keyOf, named, problemsOf } from './record-rules.js';
import { change, COMMENT, DNS_NAME, family, invalidInput, paged, ZONE_ID, zones } from './request.js';
import type { HostedZoneRow } from './state.js';

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
