import { stringify } from 'yaml';
import { ServiceError, type AwsCall } from '../../../operation/operation.js';
import { badRequest } from '../words.js';
import type { ResourceRow, RestApiRow } from '../state.js';
import type { OpenApiDocument } from './document.js';

/** What an import could not do. */
export interface ImportReport {
  readonly errors: string[];
  readonly warnings: string[];
}

/**
 * Does a part of an import. If it is refused, the refusal is an error of the whole import, and undefined is returned.
 * What is not simulated refuses the import at once.
 * @param what the beginning of the error: `Unable to put method 'GET' on resource at path '/'`
 */
export function attempt<T>(report: ImportReport, what: string, part: () => T): T | undefined {
  try {
    return part();
  } catch (error) {
    if (!(error instanceof ServiceError) || error.status === 501) throw error;

    report.errors.push(`${what}: ${error.message}`);
    return undefined;
  }
}

/**
 * Refuses an import with errors, or with warnings if the caller wants that.
 * @see https://github.com/ustayready/fireprox/issues/37
 * @see https://github.com/amazon-archives/aws-apigateway-importer/issues/202 (errors and warnings)
 * @throws {ServiceError} BadRequestException
 */
export function checkReport({ errors, warnings }: ImportReport, failOnWarnings: boolean): void {
  const lines = (rows: readonly string[]) => rows.map((row) => `\n\t${row}`).join('');
  if (errors.length > 0) {
    const more = warnings.length > 0 ? `\nAdditionally, these warnings were found:${lines(warnings)}` : '';
    throw badRequest(`Errors found during import:${lines(errors)}${more}`);
  }
  if (failOnWarnings && warnings.length > 0) throw badRequest(`Warnings found during import:${lines(warnings)}`);
}

/** `merge` keeps what the document does not name; `overwrite` does not. */
export type ImportMode = 'merge' | 'overwrite';

/** An import in progress. The API is a copy: nothing of the real one changes before the import has succeeded. */
export interface Import {
  readonly call: AwsCall;
  readonly api: RestApiRow;
  readonly document: OpenApiDocument;
  readonly mode: ImportMode;
  readonly report: ImportReport;
  /** Where a path of the document is in the API. */
  readonly below: (path: string) => string;
}

const COPIED = ['resources', 'authorizers', 'gatewayResponses', 'models', 'requestValidators'] as const;

/**
 * A copy of an API to import into. With `overwrite` it has its root resource only, without methods; resources that are
 * created again have new IDs [I].
 */
export function draftOf(api: RestApiRow, mode: ImportMode): RestApiRow {
  const { rootResourceId } = api.fields;
  const root: ResourceRow = { id: rootResourceId, path: '/', methods: new Map() };
  const kept = <T>(rows: ReadonlyMap<string, T>) => new Map(mode === 'merge' ? rows : []);
  return {
    ...api,
    resources: mode === 'merge' ? new Map(api.resources) : new Map([[rootResourceId, root]]),
    authorizers: kept(api.authorizers),
    gatewayResponses: kept(api.gatewayResponses),
    models: kept(api.models),
    requestValidators: kept(api.requestValidators),
  };
}

/** Puts a draft in the API's place. Deployments and stages stay as they are. */
export function commit(api: RestApiRow, draft: RestApiRow): void {
  api.fields = draft.fields;
  for (const name of COPIED) {
    const [to, from]: [Map<string, unknown>, ReadonlyMap<string, unknown>] = [api[name], draft[name]];
    to.clear();
    for (const [key, row] of from) to.set(key, row);
  }
}

/** A document in YAML, without aliases and folded lines. Members that are undefined are left out. */
export function yamlOf(document: object): string {
  return stringify(JSON.parse(JSON.stringify(document)), { aliasDuplicateObjects: false, lineWidth: 0 });
}
