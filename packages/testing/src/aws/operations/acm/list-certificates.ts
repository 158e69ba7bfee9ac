import type { ListCertificatesRequest, ListCertificatesResponse } from '@aws-sdk/client-acm';
import { KEY_ALGORITHMS, STATUSES } from '../../acm/limits.js';
import { certificateSummary, statusOf } from '../../acm/views.js';
import type { AwsCall } from '../../call.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import { page } from '../../page.js';
import { ServiceError } from '../../service-error.js';
import type { CertificateRow } from '../../state/acm-state.js';

/** Lists certificates. Without `keyTypes` only those with RSA keys of 1024 and 2048 bits, as the service does. */
export const listCertificates = operation<Given<ListCertificatesRequest>, ListCertificatesResponse>({
  service: 'acm',
  name: 'ListCertificates',
  kind: 'read',
  limits: {
    'CertificateStatuses[]': { values: STATUSES },
    'Includes.keyTypes[]': { values: KEY_ALGORITHMS },
    'Includes.exportOption': { values: ['ENABLED', 'DISABLED'] },
    'Includes.managedBy': { values: ['CLOUDFRONT'] },
    NextToken: { length: [1, 10_000] },
    MaxItems: { range: [1, 1000] },
    SortBy: { values: ['CREATED_AT'] },
    SortOrder: { values: ['ASCENDING', 'DESCENDING'] },
  },
  run: (call, input) => {
    const rows = [...call.state.acm.certificates.values()].filter((row) => wanted(call, row, input));
    if ((input.SortBy === undefined) !== (input.SortOrder === undefined)) {
      throw new ServiceError('InvalidArgsException', 'SortBy and SortOrder must be given together.');
    }
    if (input.SortBy !== undefined) {
      const sign = input.SortOrder === 'DESCENDING' ? -1 : 1;
      rows.sort((a, b) => sign * (a.createdAt.getTime() - b.createdAt.getTime()));
    }
    const { items, next } = page(
      rows,
      { size: input.MaxItems, token: input.NextToken },
      {
        service: 'acm',
        list: 'ListCertificates',
        defaultSize: PAGE_SIZE,
        largest: PAGE_SIZE,
        key: (row) => row.arn,
      },
    );
    return { CertificateSummaryList: items.map((row) => certificateSummary(call, row)), NextToken: next };
  },
});

const PAGE_SIZE = 1000;

/** @see https://docs.aws.amazon.com/acm/latest/APIReference/API_Filters.html */
const USUAL_KEYS: readonly string[] = ['RSA_1024', 'RSA_2048'];

function wanted(call: AwsCall, row: CertificateRow, input: Given<ListCertificatesRequest>): boolean {
  const { CertificateStatuses: statuses = [], Includes: includes = {} } = input;
  const summary = certificateSummary(call, row);
  const uses = (all: readonly string[] | undefined, asked: readonly string[] | undefined): boolean =>
    asked === undefined || asked.length === 0 || asked.some((use) => all?.includes(use));
  return (
    (statuses.length === 0 || statuses.includes(statusOf(call, row))) &&
    (includes.keyTypes ?? USUAL_KEYS).includes(row.keyAlgorithm) &&
    (includes.exportOption ?? row.exportOption) === row.exportOption &&
    includes.managedBy === undefined && // CloudFront manages none of these
    uses(summary.KeyUsages, includes.keyUsage) &&
    uses(summary.ExtendedKeyUsages, includes.extendedKeyUsage)
  );
}
