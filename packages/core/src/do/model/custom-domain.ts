import { ignoredForPaths, none, oneOf, optional, strict, type Infer } from '../forms/form.js';
import { set, sorted } from '../forms/lists.js';
import { optionalFlag, optionalText, raw, text } from '../forms/resource-values.js';

const domainMappingShape = {
  /** Undefined: not reported. */
  mappingId: optionalText,
  /** The base path without its first slash: `orders/v1`. Empty: every path that no other mapping has. */
  path: text,
  gatewayId: text,
  /** Undefined: each call names it, in the next part of its path or in a header. */
  stage: optionalText,
};

/** Where a base path of a custom domain leads to. */
export interface DomainMapping extends Infer<typeof domainMappingShape> {}

export const customDomainShape = {
  /** Its name: `api.example.com`, or `*.example.com`. */
  id: text,
  /** Undefined: not read. */
  mappings: optional(sorted(strict<DomainMapping>()(domainMappingShape), ['path', 'gatewayId'], { once: ['path'] })),
  /** Rules that no snapshot has decide before mappings, or in their place. */
  hasRules: optionalFlag,
  /** `regional` and `edge`: called from the internet; `intranet`: from networks only. Undefined: not reported. */
  endpoint: none(oneOf('regional', 'edge', 'intranet')),
  /** The certificates that callers get. Empty: it has none. Undefined: not reported. */
  certificateIds: optional(set(text)),
  /** The end of its certificate, where the domain itself shows it; else see the list of certificates. */
  certificateEnd: optionalText,
  /** The cloud's own state: `AVAILABLE`, `ABNORMAL`. */
  nativeState: ignoredForPaths(optionalText),
  /** Whether calls by it are answered, as far as the cloud's state says. Undefined: a state that is not documented. */
  usable: optionalFlag,
  /** The cloud's own name of it: `TLS_1_2`. */
  tlsPolicy: optionalText,
  /** Whether callers must have a certificate. */
  mutualTls: optionalFlag,
  /** Whether calls over HTTP are redirected to HTTPS. */
  redirects: optionalFlag,
  raw,
};

/** A user's own domain, and the gateways that its paths lead to. */
export interface CustomDomain extends Infer<typeof customDomainShape> {}
