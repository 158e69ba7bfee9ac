import { newAlidns } from './alidns/new-alidns.js';
import { newAlibabaRegion } from './services.js';
import type { AlibabaState } from './state/alibaba-state.js';
import type { AlibabaRegionState } from './state/region-state.js';

/** Gives an account that was saved before something was simulated the empty tables for it. */
export function completeState(state: AlibabaState): AlibabaState {
  const {
    peerings = new Map(),
    sessions = new Map(),
    alidns = newAlidns(),
    account,
  }: Partial<AlibabaState> & Pick<AlibabaState, 'account'> = state;
  const regions = [...state.regions].map(([name, region]) => [name, completeRegion(account, name, region)] as const);
  return { ...state, peerings, sessions, alidns, regions: new Map(regions) };
}

function completeRegion(account: string, region: string, saved: AlibabaRegionState): AlibabaRegionState {
  const { cloudApi, network, slb, apig } = newAlibabaRegion({
    region,
    account,
    now: 0,
    id: (prefix) => prefix,
    random: () => 0,
  });
  return {
    ...saved,
    cloudApi: { ...cloudApi, ...saved.cloudApi },
    network: { ...network, ...saved.network },
    slb: { ...slb, ...saved.slb },
    apig: { ...apig, ...saved.apig },
  };
}
