import { raise } from '../../../../simulation/raise.js';
import { blockHas } from '../../../vpc/request/text-rules.js';
import type { PrivateDnsRow } from '../state.js';
import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import { getInstance } from '../request/find.js';
import { isPrivateAddress } from '../backend/backend-use.js';
import { say } from '../request/parameters.js';
import type { Parameter } from '../../../operation/operation.js';
import { required, text, whole } from '../../../operation/family.js';

/** @see https://help.aliyun.com/document_detail/2747053.html */
const MAX_RECORDS = 20;
export const MAX_DOMAINS = 100;

/** @throws {AlibabaError} `InvalidIntranetDomain` */
export function checkDomain(domain: string): void {
  const isDomain = /^([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$/.test(domain);
  if (!isDomain || domain.length > 253) throw say.invalid('IntranetDomain');
}

/** A record of a request. */
interface RecordInput {
  readonly Record?: string | undefined;
  readonly Weight?: number | undefined;
}

/** @throws {AlibabaError} `NotFoundPrivateDNS` */
export function getPrivateDns({ cloudApi }: AlibabaRegionState, type: string, domain: string): PrivateDnsRow {
  return cloudApi.privateDns.get(`${type}/${domain}`) ?? raise(say.notFound('PrivateDNS'));
}

/**
 * Records of a private domain: private addresses for type A, names of authorizations for type VPC.
 * @throws {AlibabaError} `MissingRecords`, `InvalidRecords`, `DuplicateRecords`, `ExceedLimitRecords`
 */
export function readRecords(type: string, records: readonly RecordInput[] | undefined): PrivateDnsRow['Records'] {
  const rows = (records ?? []).map(({ Record = '', Weight = 100 }) => ({ Record, Weight }));
  if (rows.length > MAX_RECORDS) throw say.exceeded('Records');
  if (type === 'VPC') return rows;
  if (rows.length === 0) throw say.missing('Records');
  if (!rows.every(({ Record, Weight }) => isPrivateAddress(Record) && Weight >= 0 && Weight <= 100)) {
    throw say.invalid('Records');
  }
  if (new Set(rows.map(({ Record }) => Record)).size < rows.length) throw say.duplicate('Records');

  return rows;
}

/**
 * A domain of type A belongs to VPC integration instances, and its records into their accessible blocks; one of type VPC
 * to conventional instances.
 * @throws {AlibabaError} `NotFoundInstance`, `InvalidInstanceId`, `InvalidBackend`
 */
export function checkAssociation(
  state: AlibabaRegionState,
  instanceId: string,
  { Type, Records }: PrivateDnsRow,
): void {
  const { kind, connection } = getInstance(state, instanceId);
  if (kind !== (Type === 'A' ? 'vpc_connect' : 'normal')) {
    throw say.invalid('InstanceId', 'The resolution type of the private domain does not fit the type of the instance.');
  }

  const outside = Records.find(({ Record }) => !connection?.cidrBlocks.some((block) => blockHas(block, Record)));
  if (connection && outside) throw say.unreachable(outside.Record);
}

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
    items: { type: 'structure', members: { Record: required(text), Weight: whole } },
  },
} as const satisfies Readonly<Record<string, Parameter>>;

/** The private domains of a request, and their instances. */
export const dnsAssociation = {
  InstanceId: required(text),
  IntranetDomains: { type: 'list', required: true, items: text, length: [1, 100] },
} as const satisfies Readonly<Record<string, Parameter>>;
