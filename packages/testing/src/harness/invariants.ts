import type { Simulation } from '../simulation/simulate.js';
import type { Inventory } from './inventory.js';
import type { Place } from './places.js';

/** Something that must hold, and does not. */
export interface Violation {
  readonly invariant: Invariant;
  readonly because: string;
  /** When it was found. */
  readonly moment: number;
}

/** What must hold in every trial. */
export const INVARIANTS = {
  'no-lost-call': 'a call of a route that worked is delivered',
  'no-unready-link': 'no route of the spec leads to a link that is not ready',
  'foreign-unchanged': 'resources of others do not change',
  explained: 'each change has a record of its step in the journal before it',
  converges: 'when faults stop, a run ends without failures, and the next plan changes nothing',
  'same-end': 'the resources are those of a trial without faults',
  'nothing-left': 'after a destroy no resource of the spec is left',
  'typed-errors': 'runs end with errors of Postern only',
} as const;

/** One of {@link INVARIANTS}. */
export type Invariant = keyof typeof INVARIANTS;

type Row = Readonly<Record<string, unknown>>;

/** States of a link over which calls pass, or which only calls end. */
const READY: ReadonlySet<unknown> = new Set(['AVAILABLE', 'INACTIVE']);

/**
 * Why a route leads to a link that is not ready; undefined where none does. HTTP and WebSocket APIs of AWS; what was there at the
 * start is left out.
 */
export function unreadyLink(simulation: Simulation, places: readonly Place[], start: Inventory): string | undefined {
  for (const { provider, region } of places) {
    if (provider !== 'aws') continue;
    const list = (operation: string, input: Row = {}): readonly Row[] =>
      (simulation.call({ service: 'apigatewayv2', operation, region }, input) as { readonly Items?: readonly Row[] })
        .Items ?? [];
    const states = new Map(list('GetVpcLinks').map((row) => [row['VpcLinkId'], row['VpcLinkStatus']]));
    for (const { ApiId } of list('GetApis')) {
      const integrations = new Map(list('GetIntegrations', { ApiId }).map((row) => [row['IntegrationId'], row]));
      for (const route of list('GetRoutes', { ApiId })) {
        if (start.has(`Route ${String(route['RouteId'])}`)) continue;
        const integration = integrations.get(String(route['Target']).replace('integrations/', ''));
        if (integration?.['ConnectionType'] !== 'VPC_LINK') continue;
        const state = states.get(integration['ConnectionId']);
        if (!READY.has(state)) {
          return `${String(route['RouteKey'])} leads to link ${String(integration['ConnectionId'])}: ${String(state)}`;
        }
      }
    }
  }
  return undefined;
}
