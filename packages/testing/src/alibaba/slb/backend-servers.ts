import type { AlibabaCall } from '../call.js';
import { addressOfInstance } from '../network/network.js';
import type { BackendServerRow, LoadBalancerRow } from '../state/slb-state.js';
import { slbWords } from './errors.js';
import { readJsonItems } from './json-list.js';

/** What one call may name. @see https://help.aliyun.com/document_detail/27632.html */
const MOST_PER_CALL = 20;
const MEMBERS = ['ServerId', 'Weight', 'Type', 'ServerIp', 'Description', 'Port'];

/**
 * Reads backend servers: ECS instances or their interfaces, of the load balancer's VPC.
 * @param text `[{"ServerId":"i-1","Weight":"100","Type":"ecs"}]`
 * @throws {AlibabaError} `InvalidParameter`, `TooManyBackendServers`, `InvalidServerId.NotFound`
 */
export function readBackendServers(call: AlibabaCall, balancer: LoadBalancerRow, text: string): BackendServerRow[] {
  const items = readJsonItems('BackendServers', text, MEMBERS);
  if (items.length === 0) throw slbWords.invalid('The specified parameter BackendServers is not valid.');
  if (items.length > MOST_PER_CALL) throw slbWords.tooManyServers();
  return items.map((item) => {
    const { ServerId: serverId = '', Weight = '100', Type: type = 'ecs', Description: description = '' } = item;
    const weight = Number(Weight);
    if (!Number.isInteger(weight) || weight < 0 || weight > 100) {
      throw slbWords.invalid('The specified parameter Weight is not valid.');
    }
    if (type !== 'ecs' && type !== 'eni') throw slbWords.invalid('The specified parameter Type is not valid.');
    const { serverIp, vpcId } = findServer(call, type, serverId);
    if (balancer.vpcId !== '' && vpcId !== balancer.vpcId) throw slbWords.foreignServer();
    if (item['ServerIp'] !== undefined && item['ServerIp'] !== serverIp) {
      throw slbWords.invalid('The specified parameter ServerIp is not valid.');
    }
    return { serverId, type, weight, description, serverIp };
  });
}

function findServer(
  { state }: AlibabaCall,
  type: 'ecs' | 'eni',
  serverId: string,
): { readonly serverIp: string; readonly vpcId: string } {
  if (type === 'eni') {
    const row = state.network.interfaces.get(serverId);
    if (row) return { serverIp: row.primaryIpAddress, vpcId: row.vpcId };
  }
  const row = type === 'ecs' ? state.network.instances.get(serverId) : undefined;
  const serverIp = row && addressOfInstance(state, row);
  if (!row || serverIp === undefined) throw slbWords.noServer();
  return { serverIp, vpcId: row.vpcId };
}
