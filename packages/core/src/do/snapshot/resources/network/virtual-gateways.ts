import { oneOf, optional, strict } from '../../../forms/form.js';
import { eachOnce, set } from '../../../forms/lists.js';
import { block, optionalText, raw, text } from '../../../forms/resource-values.js';
import type { RemoteConnection, VirtualGateway } from '../../../model/routing.js';
import { part, resource } from '../resource.js';

/** See {@link VirtualGateway}. */
export const virtualGateways = resource(
  strict<VirtualGateway>()({
    id: text,
    state: oneOf('available', 'pending', 'deleted', 'unknown'),
    nativeState: text,
    networkIds: set(text),
    connections: optional(
      eachOnce(
        strict<RemoteConnection>()({
          id: text,
          kind: oneOf('vpn', 'direct-connect'),
          state: oneOf('up', 'down', 'unknown'),
          nativeState: text,
          cidrBlocks: optional(set(block)),
          via: optionalText,
        }),
        'id',
      ),
    ),
    raw,
  }),
  {
    key: 'id',
    noun: 'virtual gateway',
    diffOrder: 10,
    parts: { connections: part<RemoteConnection>('connection', ({ id }) => id) },
  },
);
