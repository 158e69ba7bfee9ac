import { transitReasons, type TransitFix } from '../reasons/route.js';
import type { TransitAttachment, TransitGateway, TransitRoute } from '../../../do/model/routing.js';
import type { Missing } from '../../../do/world/views.js';
import { failStep, passStep, blockText, unknownStep, type PathStep } from '../model/step.js';
import { flatAddressMap, piecesOf } from '../model/address-map.js';
import { holds, readSpan, spanText } from '../model/span.js';
import type { Leaving } from './arrival.js';

export const CHECK = 'path/transit';
export const HOP = 'transit gateway';

export const READ_AGAIN =
  'Take the snapshot again with credentials that may read transit gateways, their attachments and route tables.';

/**
 * The result of an attachment's route table for a packet: a step that stops it, or the outgoing attachment. An attachment has a route
 * table or a policy table, which a snapshot does not hold.
 * @see https://docs.aws.amazon.com/vpc/latest/tgw/tgw-policy-tables-concepts.html
 */
export function routeIn(
  gateway: TransitGateway,
  mine: TransitAttachment,
  { to, place: { world } }: Leaving,
  unread: (of: string) => Missing,
): PathStep | { readonly step: PathStep; readonly to: TransitAttachment | undefined } {
  const { id } = gateway;
  if (mine.routeTableId === undefined) {
    const gap = world.index.missing('transitGateways', id) ?? {
      what: `the policy table of ${mine.id}, which has no route table: a policy table routes in its place`,
      remedy: `Look at the policy tables of ${id}. Only where ${mine.id} has none, associate it with a route table.`,
    };
    return unknownStep(CHECK, HOP, { kind: 'transit gateway attachment', id: mine.id }, gap);
  }

  const tableId = mine.routeTableId;
  const what = { kind: 'transit gateway route table', id: tableId };
  const table = gateway.routeTables?.find((one) => one.id === tableId);
  if (table?.routes === undefined) {
    return unknownStep(CHECK, HOP, what, { ...unread(`the routes of ${tableId}`) });
  }

  const blocks = table.routes.flatMap((route) => {
    const span = readSpan(route.cidrBlock);
    return span?.family === to.family ? [{ span, value: { route, span } }] : [];
  });
  const choose = (
    outer: { route: TransitRoute; span: typeof to } | undefined,
    own: { route: TransitRoute; span: typeof to },
  ) => (outer !== undefined && holds(own.span, outer.span) && outer.route.origin === 'static' ? outer : own);
  const parts = piecesOf(flatAddressMap(blocks, choose), to);
  const routes = parts.map(({ value }) => value?.route);
  const [route] = routes;
  if (routes.some((one) => one !== route)) {
    // Parts of the destination have different paths: each is evaluated by itself where its addresses are known.
    return {
      ...unknownStep(CHECK, HOP, what, {
        what: `the route of ${tableId} for each address (there are several)`,
        remedy: `Add a single route for ${blockText({ span: to })} to ${tableId}.`,
      }),
      partly: true,
    };
  }
  if (route === undefined) {
    return failAt(
      tableId,
      `no route for ${spanText(to)}`,
      'TGW_RTB_CANNOT_ROUTE',
      { is: 'add route', block: blockText({ span: to }), table: tableId },
      'transit gateway route table',
    );
  }

  const text = `${route.cidrBlock} → ${route.attachmentIds.join(', ') || 'nowhere'} (${route.origin}${route.state === 'active' ? '' : `, ${route.state}`})`;
  if (route.state === 'blackhole') {
    return failAt(
      tableId,
      text,
      'TGW_RTB_BAD_STATE_ROUTE',
      { is: 'change route', route: route.cidrBlock, table: tableId },
      'transit gateway route',
    );
  }
  if (route.state === 'unknown')
    return unknownStep(CHECK, HOP, what, unread(`the state of ${route.cidrBlock} in ${tableId}`));

  const step: PathStep = passStep(CHECK, HOP, () => ({ kind: 'transit gateway route', id: tableId, text }));
  return { step, to: gateway.attachments?.find((one) => one.id === route.attachmentIds[0]) };
}

export function failAt(
  id: string,
  what: string,
  code: string,
  fix: TransitFix,
  kind = 'transit gateway attachment',
): PathStep {
  return failStep(CHECK, HOP, () => ({
    kind,
    id,
    text: what,
    code,
    ...transitReasons.TRANSIT_CARRIES_NOTHING({ gateway: id, what, fix }),
  }));
}
