import type { AlibabaRegionState } from '../../state/region-state.js';

/**
 * Whether what is in use can be deleted: gateways with services, services and domains of routes. No source says, so it is refused by
 * default; `plant` of `apig-deletions` allows it.
 */
export const mayDelete = ({ apig }: AlibabaRegionState): boolean => apig.settings.get('deletions') === 'allowed';
