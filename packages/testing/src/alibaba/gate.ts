import type { FaultRule } from '../simulation/faults.js';
import { statusUnder, type Outcome, type Result } from '../simulation/outcome.js';
import { PastStates } from '../simulation/past-states.js';
import type { World } from '../simulation/world.js';
import type { AlibabaCaller } from './call.js';
import type { AlibabaDispatcher } from './dispatch.js';
import { groupOf, Locks } from './locks.js';
import type { AnyAlibabaOperation } from './operation.js';
import type { ProductName } from './product.js';
import { AlibabaError } from './service-error.js';
import type { AlibabaState } from './state/alibaba-state.js';
import { AlibabaThrottle } from './throttle.js';
import { denied, gatewayWords } from './words.js';

/** A call that has been read and whose caller is known. */
export interface GatedAlibabaCall {
  readonly operation: AnyAlibabaOperation;
  readonly region: string;
  readonly caller: AlibabaCaller;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A product's name in the journal and in fault rules: `cloudapi`, `ecs`, `vpc`, `slb`, `sts`, `ram`. */
export function journalName(product: ProductName): string {
  return product.toLowerCase();
}

/**
 * What stands between a request and its action, whichever door it comes through: faults, throttling, one write at a time
 * per API group, and the journal.
 */
export class AlibabaGate {
  readonly #throttle = new AlibabaThrottle();
  readonly #past: PastStates<AlibabaState>;
  readonly #locks = new Locks();

  constructor(
    private readonly world: World,
    private readonly dispatcher: AlibabaDispatcher,
    private readonly throttles: boolean,
  ) {
    this.#past = new PastStates(world);
  }

  /** Runs a call and records it. */
  pass(call: GatedAlibabaCall): Outcome<AlibabaError> {
    this.world.settle();
    const { product, name, kind } = call.operation;
    const service = journalName(product);
    const fault = this.world.faults.decide(service, name, kind);
    const outcome = this.#outcome(call, fault);
    const status = outcome.error?.status ?? statusUnder(fault);
    this.record(service, name, status);
    return { ...outcome, status, fault };
  }

  /** Writes a call into the journal that never got to an action. */
  record(service: string, operation: string, status: number): void {
    this.world.journal.record(service, operation, status, this.world.now());
  }

  /** The account is about to change by itself: a timer falls due. */
  beforeChange(): void {
    this.#past.keep(this.dispatcher.state);
  }

  /** Buckets full, nothing held, no past. */
  reset(): void {
    this.#throttle.reset();
    this.#past.reset();
    this.#locks.reset();
  }

  #outcome(call: GatedAlibabaCall, fault: FaultRule | undefined): Result<AlibabaError> {
    const { operation, region, input } = call;
    const failed = (error: AlibabaError | undefined) => ({ output: undefined, error, release: undefined });
    if (fault?.kind === 'reset' || fault?.kind === 'html') return failed(undefined);
    const refusal = fault && refusalOf(fault, call);
    if (refusal) return failed(refusal);
    if (this.throttles && !this.#throttle.admits(operation, region, this.world.now())) {
      return failed(gatewayWords.throttledUser());
    }
    const group = groupOf(operation, region, input);
    const hindrance = group && this.#locks.hindrance(group);
    if (hindrance) return failed(hindrance);
    try {
      const output = this.#run(call, fault);
      return { output, error: undefined, release: group && this.#locks.hold(group) };
    } catch (error) {
      return failed(error instanceof AlibabaError ? error : brokenSimulator(error));
    }
  }

  #run({ operation, region, caller, input }: GatedAlibabaCall, fault: FaultRule | undefined): unknown {
    this.dispatcher.region(region); // born before anything changes, so that a stale read finds it, too
    if (operation.kind === 'write') this.beforeChange();
    const past = this.#past.seenUnder(fault, region);
    return this.dispatcher.run(operation, input, this.dispatcher.context(region, caller, past));
  }
}

function refusalOf(
  { kind, status, code }: FaultRule,
  { operation, caller }: GatedAlibabaCall,
): AlibabaError | undefined {
  const refusals: Partial<Record<FaultRule['kind'], () => AlibabaError>> = {
    throttle: gatewayWords.throttledUser,
    error: gatewayWords.unavailable,
    deny: () => denied(operation, caller),
    expired: gatewayWords.expired,
  };
  const error = refusals[kind]?.();
  if (!error || (status === undefined && code === undefined)) return error;
  return new AlibabaError(code ?? error.code, error.message, status ?? error.status, error.fields);
}

/** A mistake of ours is no answer of the service's: it says whose it is. */
function brokenSimulator(error: unknown): AlibabaError {
  const wrapped = new AlibabaError('InternalError', `The simulator failed: ${String(error)}`, 500);
  wrapped.cause = error;
  return wrapped;
}
