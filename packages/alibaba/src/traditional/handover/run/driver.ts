import type { CallContext } from '@postern/core/internal/library';
import type { HandoverPlan } from '../plan/fingerprint.js';
import type {
  PlannedConsumer,
  PlannedDomain,
  PlannedGateway,
  PlannedPolicy,
  PlannedRoute,
  PlannedRule,
  PlannedService,
  PlannedStage,
} from '../plan/plan-values.js';
import type { HandoverSource } from '../source/source.js';

/** A policy that is attached: those of the plan, and the one that asks for a signature. */
export type BuiltPolicy = Omit<PlannedPolicy, 'class'> & { readonly class: PlannedPolicy['class'] | 'Authentication' };

/** One object of the target. `name` is unique among those of its kind on a stage. */
export type HandoverObject =
  | { readonly kind: 'gateway'; readonly name: string; readonly planned: PlannedGateway }
  | { readonly kind: 'rule'; readonly name: string; readonly planned: PlannedRule }
  | { readonly kind: 'service'; readonly name: string; readonly planned: PlannedService }
  | { readonly kind: 'domain'; readonly name: string; readonly planned: PlannedDomain }
  | { readonly kind: 'api'; readonly name: string; readonly planned: PlannedStage['api'] }
  | {
      readonly kind: 'route';
      readonly name: string;
      readonly planned: PlannedRoute;
      readonly domains: readonly string[];
    }
  | {
      readonly kind: 'policy';
      readonly name: string;
      readonly planned: BuiltPolicy;
      readonly on: 'service' | 'route';
      /** The name of that service or route. */
      readonly of: string;
      readonly route?: PlannedRoute | undefined;
    }
  | { readonly kind: 'publication'; readonly name: string }
  | { readonly kind: 'consumer'; readonly name: string; readonly planned: PlannedConsumer }
  | {
      readonly kind: 'authorization';
      readonly name: string;
      readonly consumer: string;
      /** Names of routes: those that one call authorizes. */
      readonly routes: readonly string[];
    };

/** The kinds of objects that a hand-over creates. */
export type HandoverKind = HandoverObject['kind'];

/** The object of a hand-over of one kind. */
export type ObjectOf<K extends HandoverKind> = Extract<HandoverObject, { readonly kind: K }>;

/** Where an object is built, and what was built before it. */
export interface HandoverPlace {
  /** The ID of the hand-over. Marks hold it. */
  readonly handover: string;
  readonly groupId: string;
  readonly stage: string;
  /** The ID of what was built before. Throws for what was not, which is a defect of the order. */
  readonly idOf: (kind: HandoverKind, name: string) => string;
  /** Of the gateway and the HTTP API of the stage. */
  readonly gatewayId: string;
  readonly apiId: string;
  /** Whether it exists, as far as it was looked for. */
  readonly knows: (kind: HandoverKind, name: string) => boolean;
  /** Whether this run created it: what belongs to it cannot exist from before. */
  readonly isNew: (kind: HandoverKind, name: string) => boolean;
  /** What was read under a key is not read again for the stage, except where `fresh`. What failed is. */
  readonly once: <T>(key: string, read: () => Promise<T>, fresh?: boolean) => Promise<T>;
}

/** What exists under the name or the mark of an object. */
export interface FoundObject {
  readonly id: string;
  /** Members that differ from the plan, by name, without values. */
  readonly differs: readonly string[];
  /** Whether it carries the mark, or is of a kind that has none. */
  readonly isOurs: boolean;
}

/** What came of deleting an object. `kept`: for a reason, in a sentence without a final stop. */
export type RemoveAnswer =
  { readonly state: 'removed' | 'pending' } | { readonly state: 'kept'; readonly reason: string };

/**
 * What a hand-over needs of a cloud. Nothing of the classic service is changed, and no record of DNS. No answer and no error
 * contains a secret.
 */
export interface HandoverDriver {
  readonly account: (ctx: CallContext) => Promise<string>;
  /** The group as it is now. Values of stage variables are given again: no operation returns them, and no plan keeps them. */
  readonly source: (
    plan: HandoverPlan,
    variables: HandoverSource['variables'],
    ctx: CallContext,
  ) => Promise<HandoverSource>;
  /** `fresh`: after an answer that was lost. What was read for the stage before may not show what that call created. */
  readonly find: (
    object: HandoverObject,
    place: HandoverPlace,
    ctx: CallContext,
    fresh?: boolean,
  ) => Promise<FoundObject | undefined>;
  /** Creates it with its mark, in one call. Secrets are read from the classic service and passed. Returns its ID. */
  readonly create: (object: HandoverObject, place: HandoverPlace, ctx: CallContext) => Promise<string>;
  /** Sets what one call cannot, and returns whether it is usable. Safe to repeat. */
  readonly settle: (
    object: HandoverObject,
    id: string,
    place: HandoverPlace,
    ctx: CallContext,
  ) => Promise<'done' | 'pending'>;
  /**
   * Deletes an object that the hand-over built, and only that: what holds something of another owner is kept. Safe to repeat; the answer
   * is `pending` while it has to be called again.
   */
  readonly remove: (
    object: HandoverObject,
    id: string,
    place: HandoverPlace,
    ctx: CallContext,
  ) => Promise<RemoveAnswer>;
  /** The address at which the gateway is called before DNS leads to it; undefined: it has none that answers. */
  readonly address: (gatewayId: string, ctx: CallContext) => Promise<string | undefined>;
  /** What the target itself reports about the backend of a service. */
  readonly health: (serviceId: string, ctx: CallContext) => Promise<'healthy' | 'unhealthy' | 'unknown'>;
  /** Headers of a call as an app signs it. Its secret is read and dropped. */
  readonly sign: (
    appId: string,
    call: { readonly method: string; readonly path: string; readonly at: number; readonly nonce: string },
    ctx: CallContext,
  ) => Promise<Readonly<Record<string, string>>>;
  /** The longest time for which lists may not show what was created, in milliseconds. */
  readonly stalenessMs: number;
}
