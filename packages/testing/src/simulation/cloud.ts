import type { WireAnswer, WireRequest } from './wire.js';
import type { Timer } from './timer-queue.js';

/**
 * One simulated cloud behind the port. The front door asks each in turn whether a request is its own; everything else
 * about requests, names and states is the cloud's own affair.
 */
export interface Cloud {
  /** `aws`; timers and saved states carry it. */
  readonly name: string;
  /** Host names that are this cloud's own, beside the loopback ones: `abc123.execute-api.eu-west-1.amazonaws.com`. */
  readonly ownsHost: (host: string) => boolean;
  /** Origins at which `intercept()` answers instead of the real cloud. */
  readonly origins: readonly RegExp[];
  readonly recognises: (request: WireRequest) => boolean;
  /** At once where nothing has to be loaded or verified first. */
  readonly handle: (request: WireRequest) => WireAnswer | Promise<WireAnswer>;
  /** A timer of this cloud falls due. */
  readonly fire: (timer: Timer) => void;
  /** The whole state: maps, dates, plain rows. */
  readonly save: () => unknown;
  /** Whether a decoded state is one of this cloud. @throws {TypeError} when not. */
  readonly check: (state: unknown) => void;
  readonly load: (state: unknown) => void;
  /** As new. */
  readonly reset: () => void;
  /** Whether one of this cloud's links reaches an address and port; undefined for a link that is not its own. */
  readonly connects?: (linkId: string, address: string, port: number) => Reach | undefined;
}

/** Whether something is reached, and what decided it, in a sentence. */
export interface Reach {
  readonly connects: boolean;
  readonly because: string;
}
