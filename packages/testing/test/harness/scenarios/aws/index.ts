import { parseSpec } from '../../../../../core/test/clouds.js';
import { aws } from '@postern/aws';
import { driversOf } from '@postern/core/internal/library';
import type { Built, Scenario } from '../../../../src/internal/harness.js';
import { asRival } from '../as-rival.js';
import { rarePolls } from '../rare-polls.js';
import { editsOf } from './edits.js';
import { HTTP_API } from './http-api.js';
import type { Specs } from './lines.js';
import { GIVEN_LINKS, LINKS, PORTS, TWO_REGIONS } from './links.js';
import { REST_API } from './rest-api.js';
import { awsShop, FAR_REGION, REGION, type Part } from './shop.js';
import { WEB_SOCKET_API } from './web-socket.js';

/** The scenarios of a table, in a shop with some parts. */
function scenarios(table: Specs, ...parts: readonly Part[]): readonly Scenario[] {
  const regions = parts.includes('far') ? [REGION, FAR_REGION] : [REGION];
  return Object.entries(table).map(([name, specs]): Scenario => ({
    name: `aws: ${name}`,
    settings: { seed: 7, throttle: false },
    build: async (simulation): Promise<Built> => {
      const shop = await awsShop(simulation, parts);
      const adopted = parts.includes('links') ? Object.values(shop.links) : [];
      const texts = specs.map((lines) => lines(shop));
      const rival = parseSpec(asRival(texts.at(-1) ?? ''));
      return { specs: texts.map((text) => parseSpec(text)), rival, adopted, edits: editsOf(shop) };
    },
    drivers: (process) =>
      driversOf(...regions.map((region) => rarePolls(aws({ region, clients: process.clients(region) })))),
  }));
}

/** Scenarios of AWS, by name. */
export const AWS_SCENARIOS: readonly Scenario[] = [
  ...scenarios(HTTP_API),
  ...scenarios(LINKS),
  ...scenarios(PORTS, 'ports'),
  ...scenarios(GIVEN_LINKS, 'links'),
  ...scenarios(TWO_REGIONS, 'far'),
  ...scenarios(REST_API, 'rest'),
  ...scenarios(WEB_SOCKET_API, 'socket'),
];
