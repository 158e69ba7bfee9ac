import type { CallContext, DriverPlace } from '@postern/core/internal/library';
import type {
  CallPinned,
  HandoverDriver,
  HandoverFigures,
  HandoverSource,
  HandoverSwitchDriver,
  PurchaseVSwitch,
  ResolveName,
  TargetGateway,
} from '@postern/alibaba/internal/handover';
import type { FleetAccount } from '../model.js';

/** What an account and region are read and changed with for hand-overs: `handoverReader` and `handoverDriver` of an adapter. */
export interface HandoverClient {
  readonly reader: {
    readonly read: (
      request: { readonly groupId: string; readonly stages: readonly string[] },
      ctx: CallContext,
    ) => Promise<HandoverSource>;
    readonly target: (gatewayId: string, ctx: CallContext) => Promise<TargetGateway>;
    /** Those of the vSwitches that exist. Without it, the purchase of a gateway in one that does not exist fails. */
    readonly vSwitches?:
      ((ids: readonly string[], ctx: CallContext) => Promise<readonly PurchaseVSwitch[]>) | undefined;
  };
  /** How its gateways are called for a proof. */
  readonly call: CallPinned;
  readonly driver: HandoverDriver & HandoverSwitchDriver & { readonly figures: HandoverFigures };
}

/** What a worker needs for hand-overs. Credentials, and secrets of apps, stay in the worker. */
export interface HandoverAccess {
  /** It assumes the account's role. One for each hand-over: it keeps what it reads of a group. */
  readonly clientOf: (
    place: DriverPlace,
    account: FleetAccount | undefined,
  ) => HandoverClient | Promise<HandoverClient>;
  /** Asks resolvers, for records that the account's DNS does not have. Without it such a record is only named. */
  readonly resolve?: ResolveName | undefined;
}

/** What a worker needs for hand-overs, and the option that gives it. */
export type HandoverAccessTypes = { readonly key: 'handoverAccess'; readonly access: HandoverAccess };
