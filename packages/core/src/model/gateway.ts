import type { Owner } from './owner.js';
import type { Route } from './route.js';

export interface Stage {
  readonly name: string;
  /** Changes reach this stage by themselves. */
  readonly autoDeploy: boolean;
  readonly deploymentId?: string | undefined;
  /** The mark of the newest deployment of ours that this stage carries or has gone beyond: a hash of the routes deployed. */
  readonly deployed?: string | undefined;
}

/** The cloud's own resource between routes and a target, such as an HTTP API's integration; routes may share it, or none use it. */
export interface GatewayIntegration {
  readonly id: string;
  readonly linkId?: string | undefined;
  readonly targetId?: string | undefined;
  readonly owner?: Owner | undefined;
}

/** What callers call: an HTTP API, an API group. Never created or deleted by Postern. */
export interface Gateway {
  readonly id: string;
  readonly name: string;
  readonly kind: 'http-api' | 'rest-api' | 'websocket-api' | 'api-group';
  readonly stages: readonly Stage[];
  readonly routes: readonly Route[];
  /** Those that no route uses, too: they also keep a link from being deleted. */
  readonly integrations?: readonly GatewayIntegration[] | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** The link that all its routes lead through, where a cloud knows but one for a gateway. */
  readonly linkId?: string | undefined;
  /** Why the provider has locked it, where it has: `an overdue bill`. Nothing of it can be changed then. */
  readonly locked?: string | undefined;
  readonly raw: unknown;
}

/** How a spec names a gateway. */
export type GatewayRef =
  | { readonly httpApi: string }
  | { readonly restApi: string }
  | { readonly webSocketApi: string }
  | { readonly apiGroup: string; readonly stages?: readonly string[] | undefined };
