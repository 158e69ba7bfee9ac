import { awsWorld, type Draft, type World } from '../../check/checks/world.js';
import type { ItemOf } from '../../../src/do/world/views.js';

/** The HTTP API of the AWS world on its link, and a second link beside it, in the same subnets. */
export function awsMigrationWorld(change?: (world: World) => void): World {
  return awsWorld((world) => {
    const { region, copy } = world;
    copy('links', 'vlink-1', { id: 'vlink-2', name: 'next' });
    copy('interfaces', 'eni-link-a', { id: 'eni-next-a', linkId: 'vlink-2', addresses: ['10.0.1.11'] });
    copy('interfaces', 'eni-link-b', { id: 'eni-next-b', linkId: 'vlink-2', addresses: ['10.0.2.11'] });
    for (const list of ['allowlists', 'egress'] as const) {
      const [own] = region[list];
      if (own !== undefined) (region[list] as unknown[]).push({ ...structuredClone(own), linkId: 'vlink-2' });
    }
    region.quotas = { 'vpc-links': 10, 'integrations-per-api': 300 };
    change?.(world);
  });
}

/** Gives the second link other subnets, an interface in each. */
export function standIn({ region, the, copy }: World, subnetIds: readonly string[]): void {
  the('links', 'vlink-2').subnetIds = [...subnetIds];
  region.interfaces = region.interfaces.filter(({ linkId }) => linkId !== 'vlink-2');
  for (const id of subnetIds) {
    const address = the('subnets', id).cidrBlock.replace(/0\/24$/, '12');
    const changes: Partial<Draft<ItemOf<'interfaces'>>> = { linkId: 'vlink-2', subnetId: id, addresses: [address] };
    copy('interfaces', 'eni-link-a', { ...changes, id: `eni-${id}` });
  }
}

/** Adds integrations that no route uses. */
export function addIntegrations(world: World, count: number): void {
  const gateway = world.the('gateways', 'api-1');
  for (let at = 0; at < count; at += 1)
    (gateway.integrations ??= []).push({ id: `spare-${String(at).padStart(3, '0')}` });
}

export const AWS_MOVE = { provider: 'aws', api: 'api-1', from: 'vlink-1', to: 'vlink-2' } as const;
