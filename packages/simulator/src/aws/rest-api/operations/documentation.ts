import type { DocumentationPart } from '@aws-sdk/client-api-gateway';
import { API, collection } from '../collection.js';
import { getApi, getStage } from '../request.js';
import {
  checkNoTwin,
  checkPartQuota,
  checkProperties,
  newPart,
  PART_LIMITS,
  partNotFound,
  unknownVersion,
  versionFields,
  withVersion,
} from '../documentation.js';
import { readMember, textMember, type PatchTable } from '../patch.js';
import { notSimulated, badRequest, conflict } from '../words.js';
import type { DocumentationVersionRow } from '../state.js';

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
const TABLE: PatchTable<DocumentationPart> = {
  '/properties': readMember('properties', (value = '') => {
    checkProperties(value);
    return value;
  }),
};

/** Documentation parts: of the API itself, a resource, a method, … The traffic does not depend on them. */
export const documentationOperations = collection({
  name: 'DocumentationPart',
  of: API,
  rows: 'documentationParts',
  key: ['documentationPartId', ({ id }) => id ?? ''],
  unknown: partNotFound,
  hidesOwner: true,
  limits: PART_LIMITS,
  create(call, api, input) {
    checkPartQuota(call, api);
    const row = newPart(call, input);
    checkNoTwin(api, row);
    return row;
  },
  patch: TABLE,
  listLimits: {
    type: PART_LIMITS['location.type'] ?? {},
    locationStatus: { values: ['DOCUMENTED', 'UNDOCUMENTED'] },
  },
  /** By type, path or name. Whether a part of the name is enough is unknown; here it is [U]. */
  listed(rows, { type, path, nameQuery, locationStatus }) {
    if (locationStatus === 'UNDOCUMENTED') throw notSimulated('GetDocumentationParts of undocumented parts');
    return rows.filter(
      ({ location }) =>
        (type === undefined || location?.type === type) &&
        (path === undefined || location?.path === path) &&
        (nameQuery === undefined || location?.name?.includes(nameQuery) === true),
    );
  },
  pages: ({ restApiId, type, path, nameQuery }) =>
    JSON.stringify(['GetDocumentationParts', restApiId, type, path, nameQuery]),
  own: {
    /** Deletes a documentation part. An unknown API has its own sentence here. */
    DeleteDocumentationPart: {
      holds: ({ restApiId }) => restApiId,
      run(call, { restApiId, documentationPartId }) {
        if (!getApi(call, restApiId).documentationParts.delete(documentationPartId)) throw partNotFound();
        return {};
      },
    },
  },
});

/** Versions of the documentation of an API: the parts as they are when one is created. The traffic does not depend on them. */
export const documentationVersionOperations = collection({
  name: 'DocumentationVersion',
  of: API,
  rows: 'documentationVersions',
  key: ['documentationVersion', ({ fields }) => fields.version],
  unknown: unknownVersion,
  create(call, api, { documentationVersion: version, stageName, description }) {
    // [U] both sentences
    if (!/^\S{1,64}$/.test(version)) throw badRequest(`Invalid documentation version identifier: ${version}`);
    if (api.documentationVersions?.has(version)) throw conflict('Documentation version already exists');
    if (stageName !== undefined) getStage(api, stageName);
    const fields = versionFields(version, new Date(call.now), description);
    return { fields, parts: [...api.documentationParts.values()] };
  },
  created(_, api, { fields: { version } }, { stageName }) {
    if (stageName !== undefined) api.stages.set(stageName, withVersion(api, getStage(api, stageName), version));
  },
  patch: { '/description': textMember<DocumentationVersionRow['fields']>('description') },
  /** Stages that have it lose it [U]. */
  deleted(api, { fields: { version } }) {
    for (const [name, stage] of api.stages) {
      if (stage.documentationVersion === version) api.stages.set(name, withVersion(api, stage, ''));
    }
  },
});
