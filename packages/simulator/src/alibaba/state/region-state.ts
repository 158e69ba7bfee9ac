import type { ApigState } from '../cloud-native/control/state.js';
import type { CloudApiState } from '../traditional/control/state.js';
import type { AlibabaNetworkState } from '../vpc/state.js';
import type { SlbState } from '../slb/state.js';

/** One region. State is made of maps of plain rows (Dates allowed), and nothing else: it can be saved and loaded. */
export interface AlibabaRegionState {
  readonly name: string;
  /** The zones of a region that was made from a snapshot, and those where API Gateway has instances. */
  readonly zones?: { readonly all: readonly string[]; readonly served: readonly string[] } | undefined;
  readonly cloudApi: CloudApiState;
  /** VPC and ECS: networks, vSwitches, route tables, network ACLs, security groups, instances, interfaces, prefix lists. */
  readonly network: AlibabaNetworkState;
  readonly slb: SlbState;
  /** Cloud-native API Gateway. */
  readonly apig: ApigState;
}
