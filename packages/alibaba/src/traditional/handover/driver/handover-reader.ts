import type { CallContext } from '@postern/core/internal/library';
import type { HandoverSource, HandoverRequest } from '../source/source.js';
import type { PurchaseVSwitch } from '../plan/plan-handover.js';
import type { TargetGateway } from '../assess/view.js';
import type { TargetState } from '../audit/target-state.js';
import type { AlibabaOptions } from '../../../options.js';
import type { TargetRequest } from './target/target-state.js';
import { methodsBy } from './load-methods.js';

/** Reads what is handed over. */
export interface HandoverReader {
  /** @throws {CloudError} `NOT_FOUND` where the group does not exist; `PERMISSION_DENIED` where the group itself cannot be read */
  readonly read: (request: HandoverRequest, ctx: CallContext) => Promise<HandoverSource>;
  /** A gateway of APIG that is to be a target. @throws {CloudError} `NOT_FOUND` */
  readonly target: (gatewayId: string, ctx: CallContext) => Promise<TargetGateway>;
  /** Those of the vSwitches that exist: a gateway that is bought gets them. */
  readonly vSwitches: (ids: readonly string[], ctx: CallContext) => Promise<readonly PurchaseVSwitch[]>;
  /** What is on a target, for an audit. @throws {CloudError} `NOT_FOUND` */
  readonly targetState: (request: TargetRequest, ctx: CallContext) => Promise<TargetState>;
}

/**
 * Reads API groups for a hand-over to Cloud-native API Gateway. Options are those of `alibaba`. Its code and the SDK are loaded with
 * the first call.
 * @throws {InvalidInputError} `REGION_MISSING`
 */
export function handoverReader(given: AlibabaOptions = {}): HandoverReader {
  const open = methodsBy('handoverReader', given);
  return {
    read: async (request, ctx) => {
      const { session, readSource } = await open();
      return readSource(session, request, ctx ?? (await newContext()));
    },
    target: async (gatewayId, ctx) => {
      const { session, readTarget } = await open();
      return readTarget(session, gatewayId, ctx ?? (await newContext()));
    },
    vSwitches: async (ids, ctx) => {
      const { session, vSwitchesById } = await open();
      const found = await vSwitchesById(session, ctx ?? (await newContext()), ids);
      return found.map(({ id, networkId }) => ({ id, vpcId: networkId }));
    },
    targetState: async (request, ctx) => {
      const { session, readTargetState } = await open();
      return readTargetState(session, request, ctx ?? (await newContext()));
    },
  };
}

/** What loads core is loaded with the first call. */
async function newContext(): Promise<CallContext> {
  const { createContext } = await import('@postern/core/internal/library');
  return createContext();
}
