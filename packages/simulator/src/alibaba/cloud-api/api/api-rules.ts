import type { ApiDefinition } from '../state.js';
import type { AlibabaRegionState } from '../../state/region-state.js';
import { textOf } from '../request/json-object.js';
import { say } from '../request/words.js';

/** Names, and methods with paths, are unique within a group. @throws {AlibabaError} `DuplicateApiName`, `DuplicateRequestPath` */
export function checkApi({ cloudApi }: AlibabaRegionState, groupId: string, draft: ApiDefinition, id?: string): void {
  for (const api of cloudApi.apis.values()) {
    if (api.groupId !== groupId || api.id === id) continue;
    if (api.draft.name === draft.name) throw say.duplicate('ApiName');
    if (endpointOf(api.draft) === endpointOf(draft)) throw say.duplicate('RequestPath');
  }
}

function endpointOf({ requestConfig }: ApiDefinition): string {
  return `${textOf(requestConfig, 'RequestHttpMethod').toUpperCase()} ${textOf(requestConfig, 'RequestPath')}`;
}
