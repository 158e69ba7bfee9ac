import { strict } from '../../../forms/form.js';
import {
  transitGatewayShape,
  type TransitAttachment,
  type TransitGateway,
  type TransitRoute,
} from '../../../model/routing.js';
import { part, resource } from '../resource.js';

const transitRoute = part<TransitRoute>(
  'route',
  ({ cidrBlock, attachmentIds, state, origin }) =>
    `${cidrBlock} → ${attachmentIds.join(', ') || state} (${origin}${state === 'active' ? '' : `, ${state}`})`,
);

/** See {@link TransitGateway}. */
export const transitGateways = resource(strict<TransitGateway>()(transitGatewayShape), {
  key: 'id',
  noun: 'transit gateway',
  diffOrder: 9,
  parts: {
    attachments: part<TransitAttachment>('attachment', ({ id }) => id),
    routeTables: { noun: 'route table', key: ({ id }) => String(id), parts: { routes: transitRoute } },
  },
});
