import type { AwsCall } from '../../../operation/call.js';
import type { RestApiRow, RestStageRow } from '../../state.js';
import { getDeployment } from '../../find.js';
import { exportedMethod, memberOf } from './method.js';
import { exportedSchemas } from './models.js';
import { exportedSchemes } from './security.js';
import { exportedSettings } from './settings.js';
import type { Export, ExportParts, ExportType } from './task.js';
import { defined, type JsonObject } from '../json.js';

/** How a stage is exported. */
export interface ExportOptions {
  readonly type: ExportType;
  readonly parts: ExportParts;
}

/**
 * What is deployed on a stage, as a document. The working copy and a canary are not part of it; the name, the
 * description and the version are those that the API has now [I].
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-export-api.html
 */
export function exportedDocument(
  call: AwsCall,
  api: RestApiRow,
  { stageName, deploymentId }: RestStageRow,
  { type, parts }: ExportOptions,
): JsonObject {
  const { copy } = getDeployment(api, deploymentId);
  const task: Export = { fields: api.fields, copy, type, parts, models: new Set(), schemes: new Set() };
  const suffix = call.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const host = `${api.fields.id}.execute-api.${call.region}.${suffix}`;
  const info = defined<JsonObject>({
    title: api.fields.name,
    description: api.fields.description,
    version: exportedVersion(api),
  });
  const paths = exportedPaths(task);
  const settings = exportedSettings(task);
  const [schemas, schemes] = [exportedSchemas(task), exportedSchemes(task)];
  if (type === 'oas30') {
    const url = `https://${host}/{basePath}`;
    const servers = [{ url, variables: { basePath: { default: stageName } } }];
    const components = filled({ schemas, securitySchemes: schemes });
    return { openapi: '3.0.1', info, servers, paths, components, ...settings };
  }
  return {
    swagger: '2.0',
    info,
    host,
    basePath: `/${stageName}`,
    schemes: ['https'],
    paths,
    ...filled({ securityDefinitions: schemes, definitions: schemas }),
    ...settings,
  };
}

/** The version of the API, or when it was created where it has none: `2026-06-01T00:00:00Z`. */
export function exportedVersion({ fields: { version, createdDate } }: RestApiRow): string {
  return version ?? (createdDate ?? new Date(0)).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Resources without methods are not part of it. */
function exportedPaths(task: Export): JsonObject {
  const resources = [...task.copy.resources.values()].filter(({ methods }) => methods.size > 0);
  return Object.fromEntries(
    resources.map((resource) => [
      resource.path,
      Object.fromEntries(
        [...resource.methods].map(([verb, method]) => [memberOf(verb), exportedMethod(task, resource, method)]),
      ),
    ]),
  );
}

/** The objects that have members. */
function filled(objects: Readonly<Record<string, JsonObject>>): JsonObject {
  return Object.fromEntries(Object.entries(objects).filter(([, value]) => Object.keys(value).length > 0));
}
