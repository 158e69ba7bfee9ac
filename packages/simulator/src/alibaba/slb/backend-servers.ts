import { defined } from '../../simulation/defined.js';
import type { AlibabaCall } from '../operation/operation.js';
import { addressOfInstance } from '../vpc/network.js';
import type { BackendServerRow, LoadBalancerRow } from './state.js';
import { slbWords, readJsonItems } from './request.js';
import { isPort } from '../../simulation/ports.js';

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

  return readServers(call, balancer, items);
}

/**
 * Reads the servers of a vServer group, each with its port. The list may be empty.
 * @param text `[{"ServerId":"i-1","Port":"8080","Weight":"100","Type":"ecs"}]`
 * @throws {AlibabaError} `InvalidParameter`, `TooManyBackendServers`, `InvalidServerId.NotFound`
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-createvservergroup
 */
export function readGroupServers(call: AlibabaCall, balancer: LoadBalancerRow, text: string): BackendServerRow[] {
  const items = readJsonItems('BackendServers', text, MEMBERS);
  const ports = items.map((item) => Number(item['Port']));
  if (!ports.every(isPort)) {
    throw slbWords.invalid('The specified parameter Port is not valid.'); // [?] the words
  }

  return readServers(call, balancer, items, ports);
}

function readServers(
  call: AlibabaCall,
  balancer: LoadBalancerRow,
  items: readonly Readonly<Record<string, string>>[],
  ports?: readonly number[],
): BackendServerRow[] {
  if (items.length > MOST_PER_CALL) throw slbWords.tooManyServers();

  return items.map((item, index) => {
    const { ServerId = '', Type = 'ecs', Description = '' } = item;
    const Weight = Number(item['Weight'] ?? '100');
    if (!Number.isInteger(Weight) || Weight < 0 || Weight > 100) {
      throw slbWords.invalid('The specified parameter Weight is not valid.');
    }
    if (Type !== 'ecs' && Type !== 'eni') throw slbWords.invalid('The specified parameter Type is not valid.');

    const { serverIp, vpcId } = findServer(call, Type, ServerId);
    if (balancer.VpcId !== '' && vpcId !== balancer.VpcId) throw slbWords.foreignServer();
    if (item['ServerIp'] !== undefined && item['ServerIp'] !== serverIp) {
      throw slbWords.invalid('The specified parameter ServerIp is not valid.');
    }

    return { ServerId, ...defined({ Port: ports?.[index] }), Type, Weight, Description, serverIp };
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
