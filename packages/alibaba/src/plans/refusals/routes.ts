import { fail } from '@postern/core/checks';
import { contains } from '@postern/core/kinds';
import { cidrOf, ifCertain, OTHER, pairOf, refusals, textOf, type Refusals } from '@postern/core/overlay';
import { ALIBABA } from '../rows/id-forms.js';
import { isExact } from './blocks.js';

const TYPE = 'alicloud_route_entry';
/** @see https://www.alibabacloud.com/help/en/vpc/user-guide/route-table-overview */
const RESERVED = '100.64.0.0/10';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-createrouteentry */
const entries: Refusals = refusals(
  [TYPE],
  {
    BLOCK_FORM: fail('{block} is not a block without host bits', 'Write a block in CIDR notation.'),
    ROUTE_RESERVED: fail('{block} is in {reserved}, which Alibaba Cloud reserves', 'Write another destination.'),
    ROUTE_TWICE: fail(
      `${OTHER} is for {block} in the same route table: CreateRouteEntry answers RouterEntryConflict.Duplicated`,
      '[if isOwn: Undo what replaces it: it cannot exist twice.|Remove one of the two.]',
    ),
    ROUTE_INSIDE: fail(
      '{block} is in {own}, the block of {subnet}: such calls are always routed directly',
      'Remove it.',
    ),
  },
  function* ({ view, about, others, draft }, say) {
    const block = view.needed('destination_cidrblock');
    const prefix = cidrOf(block);
    if (!isExact(block)) yield say.BLOCK_FORM(about, { block });
    if (prefix === undefined) return;

    const reserved = cidrOf(RESERVED);
    if (reserved !== undefined && prefix.address.family === 4 && contains(reserved, prefix))
      yield say.ROUTE_RESERVED(about, { block, reserved: RESERVED });
    const table = view.neededRef('route_table_id', ALIBABA.table);
    const other = others(TYPE).find(
      (one) =>
        textOf(one, 'destination_cidrblock') === block &&
        ifCertain(() => one.ref('route_table_id', ALIBABA.table)) === table,
    );
    if (other !== undefined) yield say.ROUTE_TWICE(about, { block, ...pairOf({ view }, other) });
    const network = draft.get('routeTables', table)?.networkId;
    const subnet = draft.all('subnets').find((one) => {
      const outer = cidrOf(one.cidrBlock);
      return one.networkId === network && outer?.address.family === prefix.address.family && contains(outer, prefix);
    });
    if (subnet !== undefined) yield say.ROUTE_INSIDE(about, { block, own: subnet.cidrBlock, subnet: subnet.id });
  },
);

export const routeRefusals: readonly Refusals[] = [entries];
