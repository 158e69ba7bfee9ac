import { ServiceError } from '../../operation/service-error.js';
import type { PrefixListRow } from '../state.js';

/** Changes are refused unless they were made from the list's current version. @throws {ServiceError} `PrefixListVersionMismatch`. */
export function checkVersion(row: PrefixListRow, version: number): void {
  if (version === row.version) return;
  throw new ServiceError(
    'PrefixListVersionMismatch',
    `The specified prefix list version ${version} does not match the current version ${row.version}.`, // [U] sentence
  );
}

/** What EC2 answers where a list has no such version. */
export function versionNotFound(id: string, version: number): ServiceError {
  return new ServiceError(
    'InvalidPrefixListVersion.NotFound',
    `Version ${version} of prefix list ${id} does not exist.`,
  ); // [U]
}
