import type { InputShape } from './input-shape.js';

/** What a service says when it refuses a call. */
export interface ServiceRefusal {
  readonly code: string;
  readonly message: string;
  /** Not the service says it: the simulated one lacks it. */
  readonly isLacking: boolean;
}

/** A call of a gateway, or a request at a steady rate. */
export interface TwinCall {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export interface TwinAnswer {
  readonly isDelivered: boolean;
  readonly status: number;
  /** Why it was not delivered. */
  readonly because?: string | undefined;
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
  /** Calls a gateway at a steady rate until it is ended, which says how many calls were made and lost. */
  readonly load: (call: TwinCall, perSecond: number) => () => { readonly calls: number; readonly lost: number };
}
