import type { ApiDefinition, ApiRow } from '../state.js';
import type { AlibabaRegionState } from '../../state/region-state.js';
import { STAGES } from '../request/parameters.js';

/** Where an API is published: a row per stage. */
export function deployedInfos({ online }: ApiRow) {
  return STAGES.map((StageName) => {
    const version = online.get(StageName);
    return version === undefined
      ? { StageName, DeployedStatus: 'NONDEPLOYED' }
      : { StageName, DeployedStatus: 'DEPLOYED', EffectiveVersion: version };
  });
}

/** Whether an API has a named backend, and which. */
export function backendConfigView({ cloudApi }: AlibabaRegionState, { backendEnable, backendId }: ApiDefinition) {
  const backend = cloudApi.backends.get(backendId);
  const config = { BackendId: backendId, BackendName: backend?.name ?? '', BackendType: backend?.type ?? '' };
  return { BackendEnable: backendEnable, ...(backendEnable && { BackendConfig: config }) };
}
