import type { AlibabaCall } from '../../call.js';
import type { AlibabaOperation } from '../../operation.js';
import type { ProductName } from '../../product.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/** An official model on the wire, with the members that the action demands. */
export type Given<T, K extends keyof Wire<T> = never> = Readonly<Wire<T>> & {
  readonly [P in K]-?: NonNullable<Wire<T>[P]>;
};

type Definition<P, B> = Omit<AlibabaOperation<P, B>, 'product'>;

/** An action of ECS. `DryRun` and `ClientToken`, where it has them, need no code of its own. */
export function ecsAction<P extends object, B>(definition: Definition<P, B>): AlibabaOperation<P, B> {
  return networkAction('Ecs', definition);
}

/** An action of VPC, as {@link ecsAction}. */
export function vpcAction<P extends object, B>(definition: Definition<P, B>): AlibabaOperation<P, B> {
  return networkAction('Vpc', definition);
}

/** An action of CLB, as {@link ecsAction}. */
export function slbAction<P extends object, B>(definition: Definition<P, B>): AlibabaOperation<P, B> {
  return networkAction('Slb', definition);
}

/** An action of VPC peering, as {@link ecsAction}. */
export function peerAction<P extends object, B>(definition: Definition<P, B>): AlibabaOperation<P, B> {
  return networkAction('VpcPeer', definition);
}

function networkAction<P extends object, B>(
  product: ProductName,
  definition: Definition<P, B>,
): AlibabaOperation<P, B> {
  return {
    ...definition,
    product,
    run: (call, input) => {
      const { DryRun, ClientToken, ...rest } = input as { readonly DryRun?: boolean; readonly ClientToken?: string };
      if (DryRun === true) return rehearse(call, input, definition);
      if (ClientToken === undefined || ClientToken === '') return definition.run(call, input);
      const key = `${product}.${definition.name}/${ClientToken}`;
      return once(call, key, JSON.stringify(rest), () => definition.run(call, input));
    },
  };
}

/**
 * A dry run performs everything on a copy of the region, and then reports that as an error.
 * @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-runinstances (DryRun)
 */
function rehearse<P, B>(call: AlibabaCall, input: P, { run }: Definition<P, B>): never {
  run({ ...call, state: structuredClone(call.state), after: () => undefined }, input);
  throw new AlibabaError('DryRunOperation', 'Request validation has been passed with DryRun flag set.');
}

/**
 * The same token with the same parameters gets the same answer, and nothing is done twice.
 * @see https://www.alibabacloud.com/help/en/ecs/developer-reference/how-to-ensure-idempotence
 */
function once<B>({ state }: AlibabaCall, key: string, input: string, run: () => B): B {
  const { clientTokens } = state.network;
  const used = clientTokens.get(key);
  if (used) {
    if (used.input === input) return JSON.parse(used.output) as B;
    throw new AlibabaError(
      'IdempotentParameterMismatch',
      'Request uses a client token in a previous request but is not identical to that request.',
    );
  }
  const output = run();
  clientTokens.set(key, { input, output: JSON.stringify(output) });
  return output;
}
