import type { CloudApiState } from './cloud-api-state.js';
import type { AlibabaNetworkState } from './network-state.js';
import type { SlbState } from './slb-state.js';

/** One region. State is made of maps of plain rows (Dates allowed), and nothing else: it can be saved and loaded. */
export interface AlibabaRegionState {
  readonly name: string;
  readonly cloudApi: CloudApiState;
  /** VPC and ECS: networks, vSwitches, route tables, network ACLs, security groups, instances, interfaces, prefix lists. */
  readonly network: AlibabaNetworkState;
  readonly slb: SlbState;
}
