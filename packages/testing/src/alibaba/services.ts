import * as cloudApi from './cloud-api/index.js';
import * as network from './network/index.js';
import { operations as cloudApiActions } from './operations/cloudapi/index.js';
import { operations as ecsActions } from './operations/ecs/index.js';
import { operations as ramActions } from './operations/ram/index.js';
import { operations as slbActions } from './operations/slb/index.js';
import { operations as stsActions } from './operations/sts/index.js';
import { operations as vpcPeerActions } from './operations/vpcpeer/index.js';
import { operations as vpcActions } from './operations/vpc/index.js';
import {
  createAlibabaRegistry,
  type AlibabaRegionBirth,
  type AlibabaRegistry,
  type AlibabaStatePart,
} from './registry.js';
import * as slb from './slb/index.js';
import type { AlibabaRegionState } from './state/region-state.js';
import type { AlibabaTimerHandler } from './timers.js';

/** Every action that is simulated. */
export const alibabaRegistry: AlibabaRegistry = createAlibabaRegistry([
  cloudApiActions,
  ecsActions,
  vpcActions,
  slbActions,
  stsActions,
  ramActions,
  vpcPeerActions,
]);

/** The parts of a region's state. */
const parts: { readonly [K in Exclude<keyof AlibabaRegionState, 'name' | 'zones'>]: AlibabaStatePart<K> } = {
  cloudApi: { newState: cloudApi.newState, timers: cloudApi.timers },
  network: { newState: network.newState, timers: network.timers },
  slb: { newState: slb.newState, timers: slb.timers },
};

/** A region as a new account finds it. */
export function newAlibabaRegion(birth: AlibabaRegionBirth): AlibabaRegionState {
  return {
    name: birth.region,
    cloudApi: parts.cloudApi.newState(birth),
    network: parts.network.newState(birth),
    slb: parts.slb.newState(birth),
  };
}

const timers = new Map<string, AlibabaTimerHandler>(
  Object.values(parts).flatMap((part) => Object.entries(part.timers)),
);

/** What a timer of this kind does. */
export function alibabaTimerHandler(kind: string): AlibabaTimerHandler | undefined {
  return timers.get(kind);
}
