import type { Gaps, Scope, CallContext, Gateway, Stage } from '@postern/core/internal/adapter';
import type { Session } from '../client/session.js';
import type { BackendPort, Backends } from './integration-target.js';

/**
 * A gateway that was read. Integrations of some kinds name a load balancer and a port, so where they lead is
 * complete only with links and listeners.
 */
export interface GatewayRead {
  /** The targets that it names by their IDs. */
  readonly targetIds: readonly string[];
  /** Whether the load balancer of an integration is known only from its V1 link. */
  readonly namesBalancerLink: boolean;
  /** The ports of load balancers that it names. */
  readonly backends: (known: Pick<Backends, 'balancersOf'>) => readonly BackendPort[];
  readonly complete: (known: Backends) => Gateway;
}

/** What an observation asks of gateways, and with what it reads them. */
export interface GatewayReading {
  readonly session: Session;
  /**
   * The owner whose deployments count, in the form in which the mark of a deployment begins: `shop` or
   * `shop@orders-7f3k2q`.
   */
  readonly deployer: string | undefined;
  /** Whether all uses of backends are asked for. */
  readonly uses: boolean;
  /** Whether all that the stages of a gateway serve is asked for: each costs one export. */
  readonly isWhole: (gatewayId: string) => boolean;
  /** The stages whose deployments are asked for beside those. */
  readonly served: NonNullable<Scope['served']>;
  readonly gaps: Gaps;
  readonly ctx: CallContext;
}

/** An API in a list. */
export interface ListedGateway {
  readonly id: string;
  readonly name: string;
  /** Reads what the list does not have. */
  readonly read: (reading: GatewayReading) => Promise<GatewayRead | undefined>;
}

/** How the APIs of one product are read: what its wing brings to observations. */
export interface GatewayReader {
  /** The members of a reference that name its APIs: `httpApi`, `webSocketApi`. */
  readonly refs: readonly string[];
  /** What a gap calls its list. */
  readonly called: string;
  /** All APIs of the region. */
  readonly list: (session: Session, ctx: CallContext) => Promise<readonly ListedGateway[]>;
  /** One API; undefined where it does not exist. */
  readonly read: (id: string, reading: GatewayReading) => Promise<GatewayRead | undefined>;
  /** The targets of all integrations that use a link. */
  readonly targetsOfLink: (session: Session, linkId: string, ctx: CallContext) => Promise<readonly string[]>;
  /** What only checks ask of stages, and other lists hold. */
  readonly stageFacts?: (
    session: Session,
    gateways: readonly Gateway[],
    gaps: Gaps,
    ctx: CallContext,
  ) => Promise<StageFacts>;
}

/** What other lists say of a stage. */
export type StageFacts = (gateway: Gateway, stage: Stage) => Partial<Stage>;
