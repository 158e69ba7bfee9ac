/** Public DNS of an account: it has no regions. Rows are replaced, never changed. */
export interface AlidnsState {
  /** Domains by name: `example.com`. */
  readonly domains: Map<string, DnsDomainRow>;
  /** By ID. */
  readonly records: Map<string, DnsRecordRow>;
  /** Where weights count: `<sub-domain>/<type>/<line>`, as `api.example.com/A/default`. */
  readonly weighted: Map<string, boolean>;
}

export interface DnsDomainRow {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
}

export interface DnsRecordRow {
  /** Digits. */
  readonly id: string;
  readonly domainName: string;
  /** `api`; `@` for the domain itself. */
  readonly rr: string;
  readonly type: string;
  readonly value: string;
  /** Seconds. */
  readonly ttl: number;
  readonly priority: number | undefined;
  readonly line: string;
  readonly isEnabled: boolean;
  readonly weight: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
}
