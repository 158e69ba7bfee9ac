import type { AwsCall } from '../../operation/call.js';
import type { ResourceRow, RestApiRow } from '../state.js';
import type { OpenApiDocument } from './document.js';
import type { ImportReport } from './report.js';

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

const COPIED = [
  'resources',
  'authorizers',
  'gatewayResponses',
  'models',
  'requestValidators',
  'documentationParts',
] as const;

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
    documentationParts: kept(api.documentationParts),
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
