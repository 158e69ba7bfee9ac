import { oneOf, optional, strict } from '../../../forms/form.js';
import { sorted } from '../../../forms/lists.js';
import { flag, optionalDestination, optionalText, raw, text } from '../../../forms/resource-values.js';
import type { NextHop, RouteEntry, RouteTable } from '../../../model/routing.js';
import { routeText } from '../../../words/rule-words.js';
import { part, resource } from '../resource.js';

const routeState = oneOf('active', 'blackhole', 'unknown');

/** See {@link RouteTable}. */
export const routeTables = resource(
  strict<RouteTable>()({
    id: text,
    networkId: text,
    main: flag,
    routes: optional(
      sorted(
        strict<RouteEntry>()({
          cidrBlock: optionalDestination,
          prefixListId: optionalText,
          nextHop: strict<NextHop>()({
            kind: oneOf(
              'local',
              'peering',
              'transit-gateway',
              'virtual-gateway',
              'vpn-gateway',
              'express-connect',
              'interface',
              'instance',
              'nat',
              'internet',
              'endpoint',
              'other',
            ),
            id: optionalText,
            native: optionalText,
          }),
          state: routeState,
          origin: oneOf('local', 'static', 'propagated'),
        }),
        ['cidrBlock', 'prefixListId', 'origin', 'state'],
      ),
    ),
    raw,
  }),
  {
    key: 'id',
    noun: 'route table',
    diffOrder: 6,
    parts: {
      routes: part<RouteEntry>(
        'route',
        routeText,
        ({ cidrBlock, prefixListId, origin }) => `${cidrBlock ?? prefixListId ?? ''} (${origin})`,
      ),
    },
  },
);
