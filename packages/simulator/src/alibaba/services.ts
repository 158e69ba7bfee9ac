import type { RegionBirth } from '../simulation/dispatch/operation.js';
import { createRegistry, newStates, timersOf, type StateParts } from '../simulation/dispatch/registry.js';
import type { AlibabaCall, AnyAlibabaOperation } from './operation/operation.js';
import * as alidns from './alidns/operations.js';
import * as apig from './cloud-native/control/index.js';
import * as cloudApi from './traditional/control/index.js';
import * as cms from './cms/operations.js';
import { instanceTimers } from './ecs/instance.js';
import * as ecs from './ecs/operations/index.js';
import * as ram from './ram/operations.js';
import * as slb from './slb/index.js';
import * as sts from './sts/operations.js';
import * as vpcPeer from './vpc-peer/operations.js';
import { peeringTimers } from './vpc-peer/peerings.js';
import * as vpc from './vpc/index.js';
import { natTimers } from './vpc/operations/nat-gateway.js';
import type { AlibabaRegionState } from './state/alibaba-state.js';

/** Every action that is simulated. */
export const alibabaRegistry = createRegistry(
  ({ product }: AnyAlibabaOperation) => product,
  [cloudApi, apig, ecs, vpc, slb, sts, ram, vpcPeer, alidns, cms].map(({ operations }) => operations),
);

/** The parts of a region's state. */
const parts: StateParts<Omit<AlibabaRegionState, 'name' | 'zones'>, AlibabaCall> = {
  cloudApi,
  network: { newState: vpc.newState, timers: { ...instanceTimers, ...peeringTimers, ...natTimers } },
  slb,
  apig,
};

/** A region as a new account finds it. */
export function newAlibabaRegion(birth: RegionBirth): AlibabaRegionState {
  return { name: birth.region, ...newStates(parts, birth) };
}

/** What falls due, by kind. */
export const alibabaTimers = timersOf(parts);
