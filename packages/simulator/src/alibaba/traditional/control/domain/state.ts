/** The certificate of a domain. Its private key is compared with it once, and is not kept. */
export interface DomainCertificateRow {
  readonly id: string;
  readonly name: string;
  /** PEM. */
  readonly body: string;
  /** Simulated milliseconds since the epoch. */
  readonly validFrom: number;
  readonly validUntil: number;
}

export interface GroupDomainRow {
  readonly name: string;
  /** `network`: for callers in the client VPC. `intranet`: for API Gateway itself, the self-call domain. `custom`: a user's own. */
  readonly kind: 'public' | 'network' | 'intranet' | 'custom';
  /** Of a user's own one: whether it was found to point to the group's by CNAME. */
  readonly cname?: boolean | undefined;
  /** Of one with an A record: the instance with that address, where the group has left it. */
  readonly leadsTo?: string | undefined;
  /** Of a user's own one: the only stage that it leads to. Undefined: each call chooses. */
  readonly stageName?: string | undefined;
  /** Of a user's own one: it is not called from the internet. */
  readonly isIntranet?: boolean | undefined;
  /** Calls over HTTP are redirected to HTTPS. */
  readonly redirects?: boolean | undefined;
  /** Of a user's own one: why the service found that its owner has to correct it, such as a missing ICP filing. */
  readonly problem?: string | undefined;
  /** Undefined where no call has set one: whether HTTPS is served is not known of a domain of a snapshot. */
  readonly certificate?: DomainCertificateRow | 'none' | undefined;
}
