import type { DeclaredLink, SpecFault } from '@postern/core/internal/kinds';
import type { DeclaredKind } from '../../cloud/keys.js';

/** What a spec may not say of a gateway. */
export const GATEWAY_DECLARED: DeclaredKind = { faults: gatewayFaults };

/** A gateway has the group that the service creates, and no block of its own. */
function gatewayFaults(link: DeclaredLink): readonly SpecFault[] {
  return ['securityGroups', 'instanceCidr'].flatMap((key): readonly SpecFault[] => {
    if (link[key] === undefined) return [];

    const remedy = `Remove ${key}, or declare a link of another kind.`;
    return [{ code: 'INVALID_SPEC', message: `an apig-gateway has no ${key}`, remedy, path: [key], key: true }];
  });
}
