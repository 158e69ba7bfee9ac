import type { IntegrationView, TargetView } from '../checks/check.js';
import { backendOf, listenerOf } from '../checks/words/backend.js';
import { guardsOf } from '../checks/words/guards.js';

/** The lists of a cloud's own that a backend lets callers in by. */
export interface BackendLists {
  readonly port: number | undefined;
  readonly securityGroupIds: readonly string[];
  /** Access control lists of a CLB listener that lets in only what they hold. */
  readonly accessLists: readonly string[];
}

/** Where entries for a backend go. */
export function groupsOfBackend(integration: IntegrationView, view: TargetView): BackendLists {
  const { ref } = view.spec;
  const given = 'port' in ref ? ref.port : view.target?.port;
  const backend = backendOf(integration, view);
  if (backend === undefined) return { port: given, securityGroupIds: [], accessLists: [] };
  const { guards } = guardsOf(integration, view, backend);
  const securityGroupIds = [...new Set(guards.flatMap(({ groupIds }) => groupIds))];
  if (backend.kind !== 'balancer') return { port: given, securityGroupIds, accessLists: [] };
  const listener = listenerOf(integration.link.region, view, backend);
  const control = listener.is === 'found' ? listener.value.accessControl : undefined;
  return { port: given ?? backend.port, securityGroupIds, accessLists: control?.kind === 'allow' ? control.ids : [] };
}
