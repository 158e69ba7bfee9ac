import { family } from '../family.js';
import { getApi, getStage } from '../find.js';
import { listPage } from '../list.js';
import { getVersion, versionFields, withVersion } from '../model/documentation-versions.js';
import { PATCH_LIMITS, patched, textMember, type PatchTable } from '../patch.js';
import { badRequest, conflict } from '../words.js';
import type { DocumentationVersionRow } from '../state.js';

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
const TABLE: PatchTable<DocumentationVersionRow['fields']> = { '/description': textMember('description') };

/** Versions of the documentation of an API. The traffic does not depend on them. */
export const documentationVersionOperations = family({
  /** Copies the documentation parts as they are now, for a stage if one is named. */
  CreateDocumentationVersion: {
    holds: ({ restApiId }) => restApiId,
    run(call, { restApiId, documentationVersion: version, stageName, description }) {
      const api = getApi(call, restApiId);
      // [U] both sentences
      if (!/^\S{1,64}$/.test(version)) throw badRequest(`Invalid documentation version identifier: ${version}`);
      if (api.documentationVersions?.has(version)) throw conflict('Documentation version already exists');
      const stage = stageName === undefined ? undefined : getStage(api, stageName);
      const row = {
        fields: versionFields(version, new Date(call.now), description),
        parts: [...api.documentationParts.values()],
      };
      (api.documentationVersions ??= new Map()).set(version, row);
      if (stage) api.stages.set(stage.stageName, withVersion(api, stage, version));
      return row.fields;
    },
  },

  /** Changes the description of a version. */
  UpdateDocumentationVersion: {
    limits: PATCH_LIMITS,
    holds: ({ restApiId }) => restApiId,
    run(call, { restApiId, documentationVersion, patchOperations }) {
      const api = getApi(call, restApiId);
      const row = getVersion(api, documentationVersion);
      const fields = patched(row.fields, patchOperations, TABLE);
      api.documentationVersions?.set(fields.version, { ...row, fields });
      return fields;
    },
  },

  /** Deletes a version. Stages that have it lose it [U]. */
  DeleteDocumentationVersion: {
    holds: ({ restApiId }) => restApiId,
    run(call, { restApiId, documentationVersion }) {
      const api = getApi(call, restApiId);
      const { version } = getVersion(api, documentationVersion).fields;
      api.documentationVersions?.delete(version);
      for (const [name, stage] of api.stages) {
        if (stage.documentationVersion === version) api.stages.set(name, withVersion(api, stage, ''));
      }
      return {};
    },
  },

  /** One version. */
  GetDocumentationVersion: (call, { restApiId, documentationVersion }) =>
    getVersion(getApi(call, restApiId), documentationVersion).fields,

  /** The versions of an API. */
  GetDocumentationVersions(call, input) {
    const rows = [...(getApi(call, input.restApiId).documentationVersions?.values() ?? [])].map(({ fields }) => fields);
    return listPage(rows, input, `GetDocumentationVersions ${input.restApiId}`, ({ version }) => version);
  },
});
