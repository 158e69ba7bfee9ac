import type { DocumentationVersion } from '@aws-sdk/client-api-gateway';
import { withMember } from '../patch.js';
import { notFound } from '../words.js';
import type { DocumentationVersionRow, RestApiRow, RestStageRow } from '../state.js';

/**
 * @see https://github.com/deliveryhero/serverless-aws-documentation/pull/174
 * @throws {ServiceError} NotFoundException
 */
export function getVersion({ documentationVersions }: RestApiRow, version: string): DocumentationVersionRow {
  const row = documentationVersions?.get(version);
  if (!row) throw notFound('Invalid Documentation version specified');
  return row;
}

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
  if (version !== '') getVersion(api, version);
  return withMember(stage, 'documentationVersion', version === '' ? undefined : version);
}
