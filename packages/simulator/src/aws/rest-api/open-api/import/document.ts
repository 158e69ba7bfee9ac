import type { AwsCall } from '../../../operation/call.js';
import type { RestApiRow } from '../../state.js';
import { notSimulated } from '../../words.js';
import type { OpenApiDocument } from '../document.js';
import { basePathMode, pathsBelow } from '../base-path.js';
import { commit, draftOf, type Import, type ImportMode } from '../draft.js';
import { checkExtensions } from '../extensions.js';
import { importAuthorizers } from './authorizers.js';
import { apiInfo, importedFields } from './fields.js';
import { importModels } from './models.js';
import { importPaths } from './paths.js';
import { importDocumentation, importGatewayResponses, importValidators } from './settings.js';
import { list, object } from '../json.js';
import { checkReport } from '../report.js';

/** How a document is imported. */
export interface ImportOptions {
  readonly mode: ImportMode;
  readonly failOnWarnings: boolean;
  /** The parameters of the query that have no member of their own. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Imports a document into an API: all of it, or nothing. Deployments stay as they are.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutRestApi.html
 * @returns the warnings
 * @throws {ServiceError} BadRequestException; NotImplemented for what the document has and is not simulated
 */
export function importDocument(
  call: AwsCall,
  api: RestApiRow,
  document: OpenApiDocument,
  { mode, failOnWarnings, parameters }: ImportOptions,
): readonly string[] {
  checkExtensions('api', document.root);
  for (const server of list(document.root['servers'])) checkExtensions('server', object(server));
  const draft = draftOf(api, mode);
  draft.fields = importedFields(call, api.fields, apiInfo(document), mode);
  const below = pathsBelow(document, basePathMode(parameters['basepath']));
  const task: Import = { call, api: draft, document, mode, report: { errors: [], warnings: [] }, below };
  importModels(task);
  importAuthorizers(task);
  importValidators(task);
  importGatewayResponses(task);
  const ignoresDocumentation = parameters['ignore'] === 'documentation';
  if (ignoresDocumentation) for (const [id, part] of api.documentationParts) draft.documentationParts.set(id, part);
  else importDocumentation(task);
  importPaths(task);
  checkReport(task.report, failOnWarnings);
  commit(api, draft);
  return task.report.warnings;
}

/**
 * Refuses parameters of an import that are not simulated.
 * @param known those that the operation has itself
 * @throws {ServiceError} NotImplemented
 */
export function checkParameters(parameters: Readonly<Record<string, string>>, known: readonly string[] = []): void {
  for (const [name, value] of Object.entries(parameters)) {
    const simulated = `${name}=${value}` === 'ignore=documentation' || name === 'basepath' || known.includes(name);
    if (!simulated) throw notSimulated(`The import parameter ${name}=${value}`);
  }
}
