import { defined } from '../../simulation/defined.js';
import { readAddress } from '../../simulation/addresses.js';
import { AlibabaError } from '../operation/operation.js';
import { nameOf, weightedKey, zoneOf } from './resolve.js';
import type { AlidnsState, DnsDomainRow, DnsRecordRow } from './state.js';

/** @throws {AlibabaError} `InvalidDomainName.NoExist` */
export function findDomain({ domains }: AlidnsState, name: string): DnsDomainRow {
  const row = domains.get(name.toLowerCase());
  if (!row) throw new AlibabaError('InvalidDomainName.NoExist', 'The specified domain name does not exist.');

  return row;
}

/** @throws {AlibabaError} `DomainRecordNotBelongToUser`, the code of a record that does not exist */
export function getRecord({ records }: AlidnsState, id: string): DnsRecordRow {
  const row = records.get(id);
  if (!row) throw new AlibabaError('DomainRecordNotBelongToUser', 'The domain record does not belong to the user.');

  return row;
}

/** A name as records have it: `api.example.com`, `@.example.com`. @throws {AlibabaError} `InvalidDomainName.NoExist` */
export function splitName(dns: AlidnsState, subDomain: string): Pick<DnsRecordRow, 'rr' | 'domainName'> {
  const name = subDomain.toLowerCase().replace(/^@\./, '');
  const domainName = zoneOf(dns, name);
  if (domainName === undefined) return { rr: '', domainName: findDomain(dns, name).name };

  return { domainName, rr: name === domainName ? '@' : name.slice(0, -domainName.length - 1) };
}

/** The records of one name. */
export function sameNameRecords(
  { records }: AlidnsState,
  { rr, domainName }: Pick<DnsRecordRow, 'rr' | 'domainName'>,
  type?: string,
  line?: string,
): readonly DnsRecordRow[] {
  return [...records.values()].filter(
    (row) =>
      row.rr === rr &&
      row.domainName === domainName &&
      (type === undefined || row.type === type.toUpperCase()) &&
      (line === undefined || row.line === line),
  );
}

const TYPES = ['A', 'AAAA', 'CNAME', 'TXT', 'MX', 'NS', 'SRV', 'CAA'];
const HOST = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*\.?$/;
const RR = /^(?:@|\*|(?:\*\.)?[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?)*)$/;

/**
 * Checks a record. A name with a CNAME has no records of another type on the same line.
 * @throws {AlibabaError} `InvalidRR.Format`, `InvalidValue…`, `InvalidTTL`, `DomainRecordDuplicate`, `DomainRecordConflict`
 * @see https://www.alibabacloud.com/help/en/dns/api-alidns-2015-01-09-adddomainrecord
 */
export function checkRecord(dns: AlidnsState, row: DnsRecordRow, before?: DnsRecordRow): void {
  const refuse = (code: string, message: string): never => {
    throw new AlibabaError(code, message);
  };
  if (!RR.test(row.rr)) refuse('InvalidRR.Format', 'The format of RR is not valid.');
  if (!TYPES.includes(row.type)) refuse('InvalidType', 'The specified parameter Type is not valid.');
  if (row.ttl < 1 || row.ttl > 86_400) refuse('QuotaExceeded.TTL', 'The TTL is out of the range of the edition.');
  if (row.type === 'A' && readAddress(row.value)?.family !== 4)
    refuse('DomainRecordValueInvalid', 'The value is not an IPv4 address.');
  if (row.type === 'CNAME' && !HOST.test(row.value))
    refuse('DomainRecordValueInvalid', 'The value is not a domain name.');
  const others = sameNameRecords(dns, row).filter(({ id, line }) => id !== before?.id && line === row.line);
  if (others.some((one) => one.type === row.type && one.value === row.value)) {
    refuse('DomainRecordDuplicate', 'The domain record has been existed.');
  }
  const isAlias = (one: DnsRecordRow): boolean => one.type === 'CNAME';
  if (row.isEnabled && others.some((one) => one.isEnabled && isAlias(one) !== isAlias(row))) {
    refuse('DomainRecordConflict', 'The domain record conflicts with other records.');
  }
}

/** A record as lists show it. */
export const recordView = ({ weighted }: AlidnsState, row: DnsRecordRow) => ({
  RecordId: row.id,
  DomainName: row.domainName,
  RR: row.rr,
  Type: row.type,
  Value: row.value,
  TTL: row.ttl,
  ...defined({ Priority: row.priority }),
  Line: row.line,
  Status: row.isEnabled ? 'ENABLE' : 'DISABLE',
  Locked: false,
  LbaStatus: weighted.get(weightedKey(nameOf(row), row.type, row.line)) === true,
  Weight: row.weight,
  CreateTimestamp: row.createdAt,
  UpdateTimestamp: row.modifiedAt,
});

/** The public DNS of a new account: no domain. */
export const newAlidns = (): AlidnsState => ({ domains: new Map(), records: new Map(), weighted: new Map() });
