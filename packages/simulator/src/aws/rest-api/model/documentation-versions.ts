import type { DocumentationVersion } from '@aws-sdk/client-api-gateway';
import { withMember } from '../patch.js';
import { notFound } from '../words.js';
import type { RestApiRow, RestStageRow } from '../state.js';

/** @see https://github.com/deliveryhero/serverless-aws-documentation/pull/174 */
export const unknownVersion = () => notFound('Invalid Documentation version specified');

/** A version as it is shown: without an empty description. */
export function versionFields(
  version: string,
  createdDate: Date,
  description: string | undefined,
): DocumentationVersion & { readonly version: string } {
  return { version, createdDate, ...(description !== undefined && description !== '' && { description }) };
}

/** A stage with a version of the documentation; an empty text takes it away. @throws {ServiceError} NotFoundException [I] */
export function withVersion(api: RestApiRow, stage: RestStageRow, version: string): RestStageRow {
  if (version !== '' && !api.documentationVersions?.has(version)) throw unknownVersion();
  return withMember(stage, 'documentationVersion', version === '' ? undefined : version);
}
