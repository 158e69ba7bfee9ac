import type * as ecs from '@alicloud/ecs20140526';
import type * as vpc from '@alicloud/vpc20160428';
import { type AlibabaCall, type AnyAlibabaOperation, AlibabaError } from '../../operation/operation.js';
import { familyOf, type Family, type OwnFamily } from '../../operation/family.js';
import type { ProductName } from '../../operation/product.js';
import type { ParameterTable } from '../../operation/parameters.js';

type Tables = Readonly<Record<string, ParameterTable>>;

/**
 * Actions of ECS. `DryRun` and `ClientToken`, where they have them, need no code of their own.
 * @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-overview (each action: `api-ecs-2014-05-26-<name>`)
 */
export const ecsFamily: <P extends Tables>(members: Family<typeof ecs, P>) => readonly AnyAlibabaOperation[] =
  networkFamily('Ecs');

/**
 * Actions of VPC, as {@link ecsFamily}.
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-overview (each action: `api-vpc-2016-04-28-<name>`)
 */
export const vpcFamily: <P extends Tables>(members: Family<typeof vpc, P>) => readonly AnyAlibabaOperation[] =
  networkFamily('Vpc');

/**
 * Actions of CLB, as {@link ecsFamily}. It has no package on npm: the types are our own.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-overview (each action: `api-slb-2014-05-15-<name>`)
 */
export const slbFamily: OwnFamily = networkFamily('Slb');

/**
 * Actions of VPC peering, as {@link ecsFamily}. It has no package on npm: the types are our own.
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpcpeer-2022-01-01-overview (each action: `api-vpcpeer-2022-01-01-<name>`)
 */
export const peerFamily: OwnFamily = networkFamily('VpcPeer');

type Run = (call: AlibabaCall, input: never) => unknown;

/** Actions of a product on the network. */
export function networkFamily(product: ProductName) {
  return familyOf(product, (run, name) => (call, input) => {
    const { DryRun, ClientToken, ...rest }: { readonly DryRun?: boolean; readonly ClientToken?: string } = input;
    if (DryRun === true) return rehearse(call, input, run);
    if (ClientToken === undefined || ClientToken === '') return run(call, input);

    return once(call, `${product}.${name}/${ClientToken}`, JSON.stringify(rest), () => run(call, input));
  });
}

/**
 * A dry run performs everything on a copy of the region, and then reports that as an error.
 * @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-runinstances (DryRun)
 */
function rehearse(call: AlibabaCall, input: never, run: Run): never {
  run({ ...call, state: structuredClone(call.state), after: () => undefined }, input);
  throw new AlibabaError('DryRunOperation', 'Request validation has been passed with DryRun flag set.');
}

/**
 * The same token with the same parameters gets the same answer, and nothing is done twice.
 * @see https://www.alibabacloud.com/help/en/ecs/developer-reference/how-to-ensure-idempotence
 */
function once({ state }: AlibabaCall, key: string, input: string, run: () => unknown): unknown {
  const { clientTokens } = state.network;
  const used = clientTokens.get(key);
  if (used) {
    if (used.input === input) return JSON.parse(used.output);

    throw new AlibabaError(
      'IdempotentParameterMismatch',
      'Request uses a client token in a previous request but is not identical to that request.',
    );
  }

  const output = run();
  clientTokens.set(key, { input, output: JSON.stringify(output) });
  return output;
}
