import { API, collection } from '../collection.js';
import { getStage } from '../find.js';
import { unknownVersion, versionFields, withVersion } from '../model/documentation-versions.js';
import { textMember } from '../patch.js';
import { badRequest, conflict } from '../words.js';
import type { DocumentationVersionRow } from '../state.js';

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
