import type { RegionBirth } from '../simulation/dispatch/operation.js';
import { createRegistry, newStates, timersOf, type StateParts } from '../simulation/dispatch/registry.js';
import type { AlibabaCall } from './call.js';
import * as cloudApi from './cloud-api/index.js';
import * as network from './network/index.js';
import type { AnyAlibabaOperation } from './operation.js';
import { operations as cloudApiActions } from './operations/cloudapi/index.js';
import { operations as ecsActions } from './operations/ecs/index.js';
import { operations as ramActions } from './operations/ram.js';
import { operations as slbActions } from './operations/slb/index.js';
import { operations as stsActions } from './operations/sts.js';
import { operations as vpcPeerActions } from './operations/vpcpeer.js';
import { operations as vpcActions } from './operations/vpc/index.js';
import * as slb from './slb/index.js';
import type { AlibabaRegionState } from './state/region-state.js';

/** Every action that is simulated. */
export const alibabaRegistry = createRegistry(
  ({ product }: AnyAlibabaOperation) => product,
  [cloudApiActions, ecsActions, vpcActions, slbActions, stsActions, ramActions, vpcPeerActions],
);

/** The parts of a region's state. */
const parts: StateParts<Omit<AlibabaRegionState, 'name' | 'zones'>, AlibabaCall> = { cloudApi, network, slb };

/** A region as a new account finds it. */
export function newAlibabaRegion(birth: RegionBirth): AlibabaRegionState {
  return { name: birth.region, ...newStates(parts, birth) };
}

/** What falls due, by kind. */
export const alibabaTimers = timersOf(parts);
