/** A custom domain of the group. */
export interface SourceDomain {
  readonly name: string;
  /** The stage that it is bound to. Undefined: the stage that a call names. */
  readonly stage?: string | undefined;
  /** Undefined: it serves HTTP only. */
  readonly certificate?: SourceCertificate | undefined;
  /** Whether HTTP is redirected to HTTPS. */
  readonly redirectsHttp: boolean;
  readonly ocsp: boolean;
  /** Whether callers show a certificate. */
  readonly mutualTls: boolean;
  /** Whether the name in the caller's certificate is passed to the backend. */
  readonly passesClientName: boolean;
  /** Patterns that take parameters from the name. */
  readonly wildcardPatterns: readonly string[];
  readonly webSocket: boolean;
  /** Whether the name is a CNAME of the group's own domain. Undefined: not read. */
  readonly byCname?: boolean | undefined;
  /** `ABNORMAL`: what its owner has to correct. */
  readonly problem?: string | undefined;
}

/** The certificate of a domain. */
export interface SourceCertificate {
  /** The identifier in Certificate Management Service, where it is from there: APIG refers to nothing else. */
  readonly id: string;
  readonly name: string;
  readonly from: 'managed' | 'uploaded' | 'unknown';
  /** ISO 8601. */
  readonly validUntil?: string | undefined;
}
