import { oneOf, optional, strict } from '../../../forms/form.js';
import { eachOnce, set, sorted } from '../../../forms/lists.js';
import { destination, optionalFlag, optionalText, raw, text } from '../../../forms/resource-values.js';
import type { TransitAttachment, TransitGateway, TransitRoute, TransitRouteTable } from '../../../model/routing.js';
import { part, resource } from '../resource.js';

const routeState = oneOf('active', 'blackhole', 'unknown');

const transitRoute = part<TransitRoute>(
  'route',
  ({ cidrBlock, attachmentIds, state, origin }) =>
    `${cidrBlock} → ${attachmentIds.join(', ') || state} (${origin}${state === 'active' ? '' : `, ${state}`})`,
);

/** See {@link TransitGateway}. */
export const transitGateways = resource(
  strict<TransitGateway>()({
    id: text,
    state: oneOf('available', 'pending', 'deleted', 'unknown'),
    nativeState: text,
    account: optionalText,
    securityGroupReferences: optionalFlag,
    attachments: optional(
      eachOnce(
        strict<TransitAttachment>()({
          id: text,
          kind: oneOf('network', 'vpn', 'direct-connect', 'peering', 'other'),
          resourceId: optionalText,
          account: optionalText,
          subnetIds: set(text),
          state: oneOf('available', 'pending', 'failed', 'deleted', 'unknown'),
          nativeState: text,
          routeTableId: optionalText,
          securityGroupReferences: optionalFlag,
        }),
        'id',
      ),
    ),
    routeTables: optional(
      eachOnce(
        strict<TransitRouteTable>()({
          id: text,
          routes: optional(
            sorted(
              strict<TransitRoute>()({
                cidrBlock: destination,
                attachmentIds: set(text),
                state: routeState,
                origin: oneOf('static', 'propagated'),
              }),
              ['cidrBlock', 'origin', 'state'],
            ),
          ),
        }),
        'id',
      ),
    ),
    raw,
  }),
  {
    key: 'id',
    noun: 'transit gateway',
    diffOrder: 9,
    parts: {
      attachments: part<TransitAttachment>('attachment', ({ id }) => id),
      routeTables: { noun: 'route table', key: ({ id }) => String(id), parts: { routes: transitRoute } },
    },
  },
);
