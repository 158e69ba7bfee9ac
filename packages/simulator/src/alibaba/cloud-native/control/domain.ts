import { rowBy } from '../../../simulation/raise.js';
import type { AlibabaRegionState } from '../../state/alibaba-state.js';
import { refusals } from './request/parameters.js';
import type { CertificateRow } from './state.js';

/** @throws {AlibabaError} `NotFound.CertificateNotFound` */
export const getCertificate = rowBy(
  ({ apig }: AlibabaRegionState) => apig.certificates,
  (identifier) => refusals.missing('certificate', identifier),
);

/** Whether a certificate is for a name: one with a wildcard is for one label in its place. */
function isForName({ names }: Pick<CertificateRow, 'names'>, name: string): boolean {
  return names.includes(name) || names.includes(name.replace(/^[^.]+/, '*'));
}

/** Why a TLS handshake at a name fails; undefined where it succeeds. */
export function handshakeProblem(row: CertificateRow | undefined, name: string, now: number): string | undefined {
  if (!row) return `${name} has no certificate.`;
  if (!isForName(row, name))
    return `Certificate ${row.identifier} is for ${row.names.join(', ')}, and not for ${name}.`;
  if (now >= row.validUntil) return `Certificate ${row.identifier} has expired.`;

  return now < row.validFrom ? `Certificate ${row.identifier} is not valid yet.` : undefined;
}
