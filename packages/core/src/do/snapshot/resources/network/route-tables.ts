import { strict } from '../../../forms/form.js';
import { routeTableShape, type RouteEntry, type RouteTable } from '../../../model/routing.js';
import { routeText } from '../../../words/rule-words.js';
import { part, resource } from '../resource.js';

/** See {@link RouteTable}. */
export const routeTables = resource(strict<RouteTable>()(routeTableShape), {
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
});
