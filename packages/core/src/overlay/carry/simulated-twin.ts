import type { InputShape } from '../acts/input-shape.js';

/** What a service says when it refuses a call. */
export interface ServiceRefusal {
  readonly code: string;
  readonly message: string;
  /** Not the service says it: the simulated one lacks it. */
  readonly isLacking: boolean;
  /** A value is not in a list of the simulated service. The service may have more by now: the day of the list, and the release notes. */
  readonly newerThan?: KnownValuesOf | undefined;
}

/** A list of the values that a service takes. `day`: ISO 8601. */
export interface KnownValuesOf {
  readonly day: string;
  readonly notes: string;
}

/** A call of a gateway, or a request at a steady rate. */
export interface TwinCall {
  readonly provider: string;
  /** Callers must be authorized: the twin authorizes this one. */
  readonly isGuarded: boolean;
  /** Whether it is for the canary of its stage. Undefined: the stage has none. */
  readonly canary?: boolean | undefined;
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/**
 * What became of a call: `refused` by the gateway, for who calls or how often, which says nothing of its path; `misconfigured`, the gateway
 * answers with an error of its own configuration, wherever the path leads.
 */
export interface TwinAnswer {
  readonly outcome: 'delivered' | 'refused' | 'misconfigured' | 'lost';
  /** Why it was not delivered. */
  readonly because?: string | undefined;
}

/** Calls at a steady rate. */
export interface TwinLoad {
  /** How many were lost so far. */
  readonly lost: () => number;
  readonly end: () => void;
}

/** A simulated cloud with the resources of a snapshot, in this process and in simulated time. Programs bring it; core has none. */
export interface SimulatedTwin {
  /** The input of an operation: `ec2.CreateVpc`. Undefined: it is not simulated. */
  readonly inputOf: (provider: string, operation: string) => InputShape | undefined;
  /** Throws what the service refuses. */
  readonly call: (
    place: { readonly provider: string; readonly region: string },
    operation: string,
    input: object,
  ) => unknown;
  /** What a call threw, where it is a refusal. */
  readonly refusalOf: (error: unknown) => ServiceRefusal | undefined;
  readonly wait: (ms: number) => Promise<void>;
  /** Calls a gateway once. */
  readonly callGateway: (call: TwinCall) => Promise<TwinAnswer>;
  /** Calls a gateway at a steady rate until it is ended. */
  readonly load: (call: TwinCall, perSecond: number) => TwinLoad;
}
