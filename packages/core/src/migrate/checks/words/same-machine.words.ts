import type { CheckWords } from '../../../findings/statement.js';
import { arrivalText, holderText, type Arrival, type Holder } from '../../arrival.js';

function networksText(networks: readonly Arrival[]): string {
  return networks.map(arrivalText).join(' and ');
}

/** The texts of `migrate/same-machine`. */
export const migrateSameMachineWords = {
  title: 'Each backend address is the same machine for both links',
  about:
    'A private address identifies a machine only together with the network that calls arrive in. An API with a plain address, a server of a registry and an ' +
    'instance of a Cloud Map service are called by their addresses alone. For a link in another VPC, the same address is another machine, unless routes of both VPCs (a ' +
    'peering, a transit gateway) reach one network. The service compares CIDR blocks, and accepts such a move. For a move within one VPC, only routes that certainly ' +
    'differ are reported here. `path/*` reports what is not known of the path.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
    'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html',
  ],
  says: {
    OTHER_MACHINE: ({
      address,
      oldNetworks,
      newNetworks,
      holder,
      networkId,
      value,
      networkId2,
    }: {
      readonly address: string;
      readonly oldNetworks: readonly Arrival[];
      readonly newNetworks: readonly Arrival[];
      /** What has the address after the move. */
      readonly holder: Holder;
      readonly networkId: string;
      readonly value: string;
      readonly networkId2?: string | undefined;
    }) => {
      const old = networksText(oldNetworks);
      return {
        message: `the network of ${address} is ${old} now and ${networksText(newNetworks)} after the move, where ${holderText(address, holder)}: it is not the same machine`,
        remedy: `Move to a link in ${old}, or add routes to ${networkId} that send ${address} to ${old} (a peering, a transit gateway), or point ${value} to a load balancer or machine in ${networkId2 ?? 'the new network'} that serves the same.`,
      };
    },
    MACHINE_NOT_KNOWN: ({
      address,
      linkId,
      linkId2,
    }: {
      readonly address: string;
      readonly linkId: string;
      readonly linkId2: string;
    }) => `${address} is the same machine for ${linkId} and for ${linkId2}`,
    SAME_MACHINE: ({ address, only }: { readonly address: string; readonly only?: Arrival | undefined }) =>
      `${address} is in ${only === undefined ? '' : arrivalText(only)} for both links`,
  },
} satisfies CheckWords;
