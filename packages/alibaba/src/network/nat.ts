import type { CallContext, Egress } from '@postern/core';
import { contains, parsePrefix } from '@postern/core/cidr';
import type { Answer } from '../apis/actions.js';
import { eachOf } from '../client/call-params.js';
import { collectNumbered } from '../client/pages.js';
import type { Session } from '../client/session.js';
import { VPC_PAGE } from '../limits.js';

type NatOutput = NonNullable<NonNullable<Answer<'Vpc', 'DescribeNatGateways'>['NatGateways']>['NatGateway']>[number];
type EntryOutput = NonNullable<
  NonNullable<Answer<'Vpc', 'DescribeSnatTableEntries'>['SnatTableEntries']>['SnatTableEntry']
>[number];

/** The SNAT entries of NAT gateways with public addresses. */
export interface SnatEntry {
  readonly natGatewayId: string;
  /** Of an entry for a vSwitch; else a block is given. */
  readonly vSwitchId?: string | undefined;
  readonly cidrBlock?: string | undefined;
  /** The public addresses that calls come from. */
  readonly addresses: readonly string[];
}

/** The entries of the NAT gateways of some VPCs: one list of the gateways, and one of the entries of each. */
export async function listSnatEntries(
  session: Session,
  ctx: CallContext,
  vpcIds: readonly string[],
): Promise<readonly SnatEntry[]> {
  const all = await collectNumbered(
    ctx,
    { what: 'NAT gateways', operation: 'DescribeNatGateways' },
    ({ NatGatewayId = '' }: NatOutput) => NatGatewayId,
    async (page) => {
      const answer = await session.call(ctx, 'Vpc', 'DescribeNatGateways', {
        PageNumber: page,
        PageSize: VPC_PAGE,
      });
      return { items: answer.NatGateways?.NatGateway, total: answer.TotalCount };
    },
  );
  // One of the type VPC NAT translates to private addresses.
  const wanted = all.filter(
    ({ VpcId = '', NetworkType = 'internet' }) => vpcIds.includes(VpcId) && NetworkType !== 'intranet',
  );
  const entries = await eachOf(wanted, async ({ NatGatewayId = '' }) => {
    const rows = await collectNumbered(
      ctx,
      { what: `SNAT entries of ${NatGatewayId}`, operation: 'DescribeSnatTableEntries' },
      ({ SnatEntryId = '' }: EntryOutput) => SnatEntryId,
      async (page) => {
        const answer = await session.call(ctx, 'Vpc', 'DescribeSnatTableEntries', {
          NatGatewayId,
          PageNumber: page,
          PageSize: VPC_PAGE,
        });
        return { items: answer.SnatTableEntries?.SnatTableEntry, total: answer.TotalCount };
      },
    );
    return rows.map(({ SourceVSwitchId, SourceCIDR, SnatIp = '' }) => ({
      natGatewayId: NatGatewayId,
      vSwitchId: SourceVSwitchId || undefined,
      cidrBlock: SourceCIDR || undefined,
      addresses: SnatIp.split(',').filter((address) => address !== ''),
    }));
  });
  return entries.flat();
}

/** What public backends see of vSwitches: the entries for them, or for a block that has all of their addresses. */
export function publicSourcesOf(
  entries: readonly SnatEntry[],
  subnets: readonly { readonly id: string; readonly cidrBlock: string }[],
): NonNullable<Egress['publicSources']> {
  return subnets.flatMap(({ id: subnetId, cidrBlock }) =>
    entries
      .filter((entry) =>
        entry.vSwitchId === undefined ? covers(entry.cidrBlock, cidrBlock) : entry.vSwitchId === subnetId,
      )
      .map(({ natGatewayId, addresses }) => ({ subnetId, natGatewayId, addresses })),
  );
}

function covers(block: string | undefined, of: string): boolean {
  return block !== undefined && of !== '' && contains(parsePrefix(block), parsePrefix(of));
}
