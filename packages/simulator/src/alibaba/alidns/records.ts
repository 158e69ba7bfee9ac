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
export function splitName(dns: AlidnsState, subDomain: string): Pick<DnsRecordRow, 'RR' | 'DomainName'> {
  const name = subDomain.toLowerCase().replace(/^@\./, '');
  const DomainName = zoneOf(dns, name);
  if (DomainName === undefined) return { RR: '', DomainName: findDomain(dns, name).name };

  return { DomainName, RR: name === DomainName ? '@' : name.slice(0, -DomainName.length - 1) };
}

export function sameNameRecords(
  { records }: AlidnsState,
  { RR, DomainName }: Pick<DnsRecordRow, 'RR' | 'DomainName'>,
  type?: string,
  line?: string,
): readonly DnsRecordRow[] {
  return [...records.values()].filter(
    (row) =>
      row.RR === RR &&
      row.DomainName === DomainName &&
      (type === undefined || row.Type === type.toUpperCase()) &&
      (line === undefined || row.Line === line),
  );
}

const TYPES = ['A', 'AAAA', 'CNAME', 'TXT', 'MX', 'NS', 'SRV', 'CAA'];
const HOST = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*\.?$/;
const NAME = /^(?:@|\*|(?:\*\.)?[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?)*)$/;

/**
 * Checks a record. A name with a CNAME has no records of another type on the same line.
 * @throws {AlibabaError} `InvalidRR.Format`, `InvalidValue…`, `InvalidTTL`, `DomainRecordDuplicate`, `DomainRecordConflict`
 * @see https://www.alibabacloud.com/help/en/dns/api-alidns-2015-01-09-adddomainrecord
 */
export function checkRecord(dns: AlidnsState, row: DnsRecordRow, before?: DnsRecordRow): void {
  const refuse = (code: string, message: string): never => {
    throw new AlibabaError(code, message);
  };
  if (!NAME.test(row.RR)) refuse('InvalidRR.Format', 'The format of RR is not valid.');
  if (!TYPES.includes(row.Type)) refuse('InvalidType', 'The specified parameter Type is not valid.');
  if (row.TTL < 1 || row.TTL > 86_400) refuse('QuotaExceeded.TTL', 'The TTL is out of the range of the edition.');
  if (row.Type === 'A' && readAddress(row.Value)?.family !== 4)
    refuse('DomainRecordValueInvalid', 'The value is not an IPv4 address.');
  if (row.Type === 'CNAME' && !HOST.test(row.Value))
    refuse('DomainRecordValueInvalid', 'The value is not a domain name.');
  const others = sameNameRecords(dns, row).filter((one) => one.RecordId !== before?.RecordId && one.Line === row.Line);
  if (others.some((one) => one.Type === row.Type && one.Value === row.Value)) {
    refuse('DomainRecordDuplicate', 'The domain record has been existed.');
  }
  const isAlias = (one: DnsRecordRow): boolean => one.Type === 'CNAME';
  if (row.Status === 'ENABLE' && others.some((one) => one.Status === 'ENABLE' && isAlias(one) !== isAlias(row))) {
    refuse('DomainRecordConflict', 'The domain record conflicts with other records.');
  }
}

/** A record as lists show it. */
export function recordView({ weighted }: AlidnsState, row: DnsRecordRow) {
  const { Weight, CreateTimestamp, UpdateTimestamp, ...rest } = row;
  const LbaStatus = weighted.get(weightedKey(nameOf(row), row.Type, row.Line)) === true;
  return { ...rest, LbaStatus, Weight, CreateTimestamp, UpdateTimestamp };
}
