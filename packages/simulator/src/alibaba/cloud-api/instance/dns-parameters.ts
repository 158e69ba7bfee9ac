import { required, type Parameter } from '../../operation/operation.js';
import { integer, text } from '../request/parameters.js';

/** Which private domain. */
export const dnsKey = {
  IntranetDomain: required(text),
  Type: { type: 'string', required: true, values: ['A', 'VPC'] },
} as const satisfies Readonly<Record<string, Parameter>>;

/** What CreatePrivateDNS and UpdatePrivateDNS have in common. */
export const dnsParameters = {
  ...dnsKey,
  Records: {
    type: 'list',
    items: { type: 'structure', members: { Record: required(text), Weight: integer } },
  },
} as const satisfies Readonly<Record<string, Parameter>>;

/** The private domains of a request, and their instances. */
export const dnsAssociation = {
  InstanceId: required(text),
  IntranetDomains: { type: 'list', required: true, items: text, length: [1, 100] },
} as const satisfies Readonly<Record<string, Parameter>>;
