import type { FaultRule } from '../simulation/faults.js';
import { statusUnder, type Outcome, type Result } from '../simulation/outcome.js';
import { PastStates } from '../simulation/past-states.js';
import type { World } from '../simulation/world.js';
import type { Caller, Dispatcher } from './dispatch.js';
import { errorStatus } from './protocols/protocol.js';
import type { ServiceModel } from './protocols/service-model.js';
import { isRegion } from './regions.js';
import type { AnyOperation } from './registry.js';
import { ServiceError } from './service-error.js';
import { signatureError } from './signature-words.js';
import type { AwsState } from './state/aws-state.js';
import { Throttle } from './throttle.js';
import { words } from './words.js';

/** A call that has been read and whose caller is known. */
export interface GatedCall {
  readonly operation: AnyOperation;
  readonly region: string;
  readonly caller: Caller;
  readonly input: unknown;
}

const CONFLICT = 'Unable to complete operation due to concurrent modification. Please try again later.';

/**
 * What stands between a request and its operation, whichever door it comes through: faults, throttling, one write at a
 * time per gateway, and the journal.
 */
export class Gate {
  readonly #throttle = new Throttle();
  readonly #past: PastStates<AwsState>;
  readonly #held = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly dispatcher: Dispatcher,
    private readonly throttles: boolean,
  ) {
    this.#past = new PastStates(world);
  }

  /** Runs a call and records it. */
  pass(call: GatedCall, model: ServiceModel): Outcome<ServiceError> {
    this.world.settle();
    const { service, name } = call.operation;
    const fault = this.world.faults.decide(service, name, call.operation.kind);
    const outcome = this.#outcome(call, fault);
    const status = outcome.error
      ? errorStatus(model, outcome.error)
      : statusUnder(fault, model.operations.get(name)?.traits.http?.[2]);
    this.record(service, name, status);
    return { ...outcome, status, fault };
  }

  /** Writes a call into the journal that never got to an operation. */
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
    this.#held.clear();
  }

  #outcome(call: GatedCall, fault: FaultRule | undefined): Result<ServiceError> {
    const { operation, region, input } = call;
    const failed = (error: ServiceError | undefined) => ({ output: undefined, error, release: undefined });
    if (fault?.kind === 'reset' || fault?.kind === 'html') return failed(undefined);
    if (!isRegion(region)) return failed(signatureError(operation.service, { kind: 'no-such-region' }));
    const refusal = fault && refusalOf(fault, call);
    if (refusal) return failed(refusal);
    if (this.throttles && !this.#throttle.admits(operation, region, input, this.world.now())) {
      return failed(words(operation.service).throttled(operation.name));
    }
    const gateway = (operation.holds as ((input: unknown) => string | undefined) | undefined)?.(input);
    const key = gateway === undefined ? undefined : `${region}/${gateway}`;
    if (key !== undefined && this.#held.has(key)) return failed(new ServiceError('ConflictException', CONFLICT, 409));
    try {
      const output = this.#run(call, fault);
      if (key === undefined) return { output, error: undefined, release: undefined };
      this.#held.add(key);
      return { output, error: undefined, release: () => this.#held.delete(key) };
    } catch (error) {
      return failed(error instanceof ServiceError ? error : brokenSimulator(error));
    }
  }

  #run({ operation, region, caller, input }: GatedCall, fault: FaultRule | undefined): unknown {
    this.dispatcher.region(region); // born before anything changes, so that a stale read finds it, too
    if (operation.kind === 'write') this.beforeChange();
    const past = this.#past.seenUnder(fault, region);
    return this.dispatcher.run(operation, input, this.dispatcher.context(region, caller, past));
  }
}

function refusalOf({ kind, status, code }: FaultRule, { operation, caller }: GatedCall): ServiceError | undefined {
  const say = words(operation.service);
  const refusals: Partial<Record<FaultRule['kind'], () => ServiceError>> = {
    throttle: () => say.throttled(operation.name),
    error: () => say.failed(),
    deny: () =>
      say.denied(
        caller.arn,
        operation.permission ?? `${PREFIXES[operation.service] ?? operation.service}:${operation.name}`,
      ),
    expired: () => say.expired(),
  };
  const error = refusals[kind]?.();
  if (!error || (status === undefined && code === undefined)) return error;
  return new ServiceError(code ?? error.code, error.message, status ?? error.status, error.fields);
}

const PREFIXES: Readonly<Record<string, string>> = {
  apigatewayv2: 'apigateway',
  elasticloadbalancingv2: 'elasticloadbalancing',
};

/** A mistake of ours is no answer of the service's: it says whose it is. */
function brokenSimulator(error: unknown): ServiceError {
  const wrapped = new ServiceError('InternalFailure', `The simulator failed: ${String(error)}`, 500);
  wrapped.cause = error;
  return wrapped;
}
