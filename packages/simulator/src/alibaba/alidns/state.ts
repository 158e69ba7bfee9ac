/** Public DNS of an account: it has no regions. Rows are replaced, never changed. */
export const newAlidns = () => ({
  /** Domains by name: `example.com`. */
  domains: new Map<string, DnsDomainRow>(),
  /** By ID. */
  records: new Map<string, DnsRecordRow>(),
  /** Where weights count: `<sub-domain>/<type>/<line>`, as `api.example.com/A/default`. */
  weighted: new Map<string, boolean>(),
});

export type AlidnsState = Readonly<ReturnType<typeof newAlidns>>;

export interface DnsDomainRow {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
}

/** A record as lists show it, but for the status of its weight, which precedes `Weight` there. */
export interface DnsRecordRow {
  /** Digits. */
  readonly RecordId: string;
  readonly DomainName: string;
  /** `api`; `@` for the domain itself. */
  readonly RR: string;
  readonly Type: string;
  readonly Value: string;
  /** Seconds. */
  readonly TTL: number;
  readonly Priority?: number | undefined;
  readonly Line: string;
  readonly Status: 'ENABLE' | 'DISABLE';
  readonly Locked: false;
  readonly Weight: number;
  readonly CreateTimestamp: number;
  readonly UpdateTimestamp: number;
}
