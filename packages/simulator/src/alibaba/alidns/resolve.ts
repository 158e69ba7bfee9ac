import type { AlibabaState } from '../state/alibaba-state.js';
import type { AlidnsState, DnsRecordRow } from './state.js';

/** The name that a record is of: `api.example.com`. */
export const nameOf = ({ RR, DomainName }: Pick<DnsRecordRow, 'RR' | 'DomainName'>): string =>
  RR === '@' ? DomainName : `${RR}.${DomainName}`;

/** The key of {@link AlidnsState.weighted}. */
export const weightedKey = (name: string, type: string, line = 'default'): string => `${name}/${type}/${line}`;

/** The domain of this account that a name is in; undefined: its records are not here. */
export function zoneOf({ domains }: AlidnsState, name: string): string | undefined {
  const labels = name.split('.');
  for (let at = 0; at < labels.length - 1; at += 1) {
    const domain = labels.slice(at).join('.');
    if (domains.has(domain)) return domain;
  }
  return undefined;
}

/** The records of a name that are answered, or those of the wildcard in its place; with the weight of each. */
export function recordsOf(
  dns: AlidnsState,
  name: string,
): readonly { readonly row: DnsRecordRow; readonly weight: number }[] {
  const zone = zoneOf(dns, name);
  if (zone === undefined) return [];

  const enabled = [...dns.records.values()].filter((row) => row.DomainName === zone && row.Status === 'ENABLE');
  const at = (wanted: string) => enabled.filter((row) => nameOf(row) === wanted && ANSWERED.has(row.Type));
  const own = at(name);
  const found = own.length > 0 ? own : at(name.replace(/^[^.]+/, '*'));
  // Without weights all answers are equal.
  return found.map((row) => ({
    row,
    weight: dns.weighted.get(weightedKey(nameOf(row), row.Type, row.Line)) === true ? row.Weight : 1,
  }));
}

const ANSWERED = new Set(['A', 'CNAME']);

/** How many names lead to each other at most. */
const LONGEST_CHAIN = 8;

/** All addresses that a name may resolve to in the records of this account. */
export function addressesOfName({ alidns }: AlibabaState, name: string): readonly string[] {
  const addresses = new Set<string>();
  const visit = (host: string, left: number): void => {
    for (const { row } of left > 0 ? recordsOf(alidns, host) : []) {
      if (row.Type === 'A') addresses.add(row.Value);
      else visit(row.Value, left - 1);
    }
  };
  visit(name.toLowerCase(), LONGEST_CHAIN);
  return [...addresses];
}
